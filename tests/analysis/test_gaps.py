"""The gaps of a model whose gaps are known, and of models that lack some."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis.gaps import gaps, prior_of
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset


def snapshot(preset: str) -> ModelSnapshot:
    config, made_for = ModelConfig(preset, hidden=16), toy_dataset(5).preparation
    return ModelSnapshot(preset, config, made_for, weights_of(build(config, made_for, seed=0)))


@pytest.mark.parametrize("preset", ["vae", "full-cov-vae", "gmm-vae"])
def test_gaps_of_gaussian_posteriors(preset: str) -> None:
    found = gaps(snapshot(preset), toy_dataset(20), np.arange(20))
    numbers = {key: value for key, value in found.items() if isinstance(value, (int, float))}
    assert numbers.keys() == found.keys() and np.isfinite(list(numbers.values())).all()
    assert numbers["amortisation_gap"] >= 0.0
    assert -0.1 <= numbers["mutual_information"] <= np.log(20) + 1e-9
    assert 0.0 <= numbers["holes"] <= 1.0


def test_a_plain_autoencoder_has_none() -> None:
    assert set(gaps(snapshot("ae"), toy_dataset(20), np.arange(20)).values()) == {None}


def test_a_learned_prior_is_asked_itself() -> None:
    model = build(ModelConfig("gmm-vae", hidden=16), toy_dataset(5).preparation, seed=0).eval()
    log_prior, draws = prior_of(model, 50)
    with torch.no_grad():
        wanted = model.prior.log_prob(torch.from_numpy(draws).float()).numpy()
    assert draws.shape == (50, 2)
    assert log_prior(draws) == pytest.approx(wanted, abs=1e-5)
