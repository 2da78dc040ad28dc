"""A model is checked whole before it takes the place of another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from explorer.compute.encoding.codes import FindCodes
from explorer.compute.live import decode_rows
from explorer.compute.opening import OpenRequest, check, open_source
from explorer.errors import CheckpointError, ModelError
from explorer.models import checkpoint
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.task import NO_TASK
from tests.fakes import toy_dataset

DATA = toy_dataset(60)
CONFIG = ModelConfig(hidden=16, likelihood="gaussian-learned")


def model(seed: int = 0) -> ModelSnapshot:
    weights = weights_of(build(CONFIG, DATA.preparation, seed=seed))
    data = {"source": "nowhere", "hash": DATA.content_hash}
    return ModelSnapshot("m", CONFIG, DATA.preparation, weights, data=data)


def scaled(name: str, factor: float) -> ModelSnapshot:
    """With the weights whose names begin with ``name`` made huge, though finite."""
    whole = model()
    big = np.float32(factor)
    weights = {n: w * big if n.startswith(name) else w for n, w in whole.weights.items()}
    return replace(whole, weights=weights)


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (replace(model(), config=replace(CONFIG, latent_dim=3)), "weights do not fit the model"),
        (replace(model(), config=replace(CONFIG, preset="ae")), "weights do not fit the model"),
        (scaled("decoder", 1e38), "what it decodes is not finite"),
    ],
)
def test_a_model_that_cannot_be_shown_is_refused_as_it_is_opened(
    tmp_path: Path, spoilt: ModelSnapshot, words: str
) -> None:
    checkpoint.save(tmp_path, spoilt)
    checkpoint.load(tmp_path)  # which is content with files that fit each other
    with pytest.raises(CheckpointError, match=words) as caught:
        open_source(OpenRequest(str(tmp_path)), NO_TASK)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize(
    ("factor", "words"), [(1e38, "not finite"), (1e8, "too far out to be plotted")]
)
def test_codes_must_be_such_that_they_can_be_plotted(factor: float, words: str) -> None:
    far = scaled("encoder", factor)
    with pytest.raises(CheckpointError, match=words):
        check(far, DATA)
    with pytest.raises(ModelError, match=words):
        FindCodes(far, DATA).answer()


def test_a_good_model_passes() -> None:
    check(model(), DATA)
    check(model())


def test_two_models_that_claim_one_id_are_two_models() -> None:
    z = np.ones((1, 2), np.float32)
    first, second = (decode_rows(model(seed), z) for seed in (0, 1))
    assert not np.array_equal(first, second)


def test_codes_that_were_saved_are_not_found_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first picture of the bundled data waits for no search."""

    def searched(*_: object) -> None:
        raise AssertionError("the codes lie beside the model")

    monkeypatch.setattr("explorer.compute.encoding.codes.FindCodes.answer", searched)
    opened = open_source(OpenRequest("digits"), NO_TASK)
    assert opened.codes is not None and opened.dataset is not None
    assert len(opened.codes.index) == len(opened.dataset)
