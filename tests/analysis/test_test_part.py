"""Nothing that is fitted or chosen knows the test part: whatever lies in it, it stays the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.analysis.evidence.modes import bank_of
from explorer.analysis.latent import mixtures
from explorer.app.training.proposing import config_for_data
from explorer.compute.analyses.encode import FindCodes
from explorer.compute.analyses.sample import DrawSamples
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import from_snapshot
from explorer.training.config import TrainingConfig
from tests.compute.small import DATA, snapshot

TORN = np.random.default_rng(5).integers(0, 256, DATA.x.shape, np.uint8)


def other_test_part() -> Dataset:
    """The same training part beside noise with other labels."""
    x = np.where(DATA.test[:, None, None, None], TORN, DATA.x).astype(np.uint8)
    assert DATA.labels is not None
    labels = np.where(DATA.test, (DATA.labels + 1) % len(DATA.classes), DATA.labels)
    return replace(DATA, x=x, labels=labels)


def _pca(data: Dataset) -> Any:
    found = pca.fit(data, 4)
    return found.mean, found.components, found.variance


def _bank(data: Dataset) -> Any:
    found = bank_of(from_snapshot(snapshot("vae")), data)
    return found.z.numpy(), found.raw.numpy()


def _mixture(data: Dataset) -> Any:
    codes = FindCodes(snapshot("vae"), data).answer()
    return (DrawSamples(snapshot("vae"), data, n=6, codes=codes).answer().z,)


def _settings(data: Dataset) -> Any:
    found = config_for_data(TrainingConfig(), data)
    return found.epochs, found.batch_size


@pytest.mark.parametrize("made", [_pca, _bank, _mixture, _settings])
def test_the_test_part_has_no_say(
    made: Callable[[Dataset], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mixtures, "COMPONENTS", (1, 2))
    for one, other in zip(made(DATA), made(other_test_part()), strict=True):
        np.testing.assert_array_equal(one, other)
