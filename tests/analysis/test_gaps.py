"""The gaps of a model whose gaps are known, and of models that lack some."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis import amortisation, evidence
from explorer.analysis.aggregate import cholesky
from explorer.analysis.basis import Values
from explorer.analysis.gaps import gaps, prior_of
from explorer.data.dataset import Dataset
from explorer.models import autoencoder
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.encoding import ALL, encode
from tests.fakes import toy_dataset


def snapshot(preset: str) -> ModelSnapshot:
    config, made_for = ModelConfig(preset, hidden=16), toy_dataset(5).preparation
    return ModelSnapshot(preset, config, made_for, weights_of(build(config, made_for, seed=0)))


def gaps_of(snapshot: ModelSnapshot, dataset: Dataset) -> Values:
    model = autoencoder.from_snapshot(snapshot)
    codes = encode(model, dataset, tilts=ALL)
    return gaps(model, dataset, np.arange(len(dataset)), codes)


@pytest.mark.parametrize("preset", ["vae", "full-cov-vae", "gmm-vae"])
def test_gaps_of_gaussian_posteriors(preset: str) -> None:
    found = gaps_of(snapshot(preset), toy_dataset(20))
    numbers = {key: value for key, value in found.items() if isinstance(value, (int, float))}
    assert numbers.keys() == found.keys() and np.isfinite(list(numbers.values())).all()
    assert numbers["amortisation_gap"] >= 0.0
    assert -0.1 <= numbers["mutual_information"] <= np.log(20) + 1e-9
    assert 0.0 <= numbers["holes"] <= 1.0


@pytest.mark.parametrize("d", [2, 3, 4, 7])
@pytest.mark.parametrize("preset", ["vae", "full-cov-vae"])
def test_information_and_kl_to_the_prior_are_the_kl(
    preset: str, d: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hoffman & Johnson 2016: of the posteriors as they are, whatever the dimension."""
    monkeypatch.setattr(amortisation, "refine", lambda *a, **k: None)  # of no interest, and slow
    model, data = leaning(preset, d), toy_dataset(40)
    index = np.arange(40)
    found = gaps_of(model, data)
    measured = evidence.measure(autoencoder.from_snapshot(model), data, index, 2)
    assert measured is not None
    parts = [float(found[key]) for key in ("mutual_information", "kl_to_prior")]  # type: ignore[arg-type]
    errors = [float(found[f"{key}_error"]) for key in ("mutual_information", "kl_to_prior")]  # type: ignore[arg-type]
    assert sum(parts) == pytest.approx(measured.kl.mean(), abs=4.0 * sum(errors))


def leaning(preset: str, d: int) -> ModelSnapshot:
    """Posteriors far from round, where the preset has any: its lean is not 0."""
    config, made_for = ModelConfig(preset, hidden=16, latent_dim=d), toy_dataset(5).preparation
    model = build(config, made_for, seed=0)
    lean = getattr(model.posterior, "lean", None)
    if lean is not None:
        torch.nn.init.constant_(lean.linear.bias, 1.5)
    return ModelSnapshot(preset, config, made_for, weights_of(model))


def test_a_covariance_without_a_root_is_mended() -> None:
    """float32 rounds a narrow one: no crash, and nearly the same."""
    narrow = np.array([[[1.0, 1.0], [1.0, 1.0 - 1e-7]], [[4.0, 0.0], [0.0, 1.0]]], np.float32)
    with pytest.raises(np.linalg.LinAlgError):
        np.linalg.cholesky(narrow.astype(np.float64))
    root = cholesky(narrow)
    assert root @ root.swapaxes(1, 2) == pytest.approx(narrow, abs=1e-5)


def test_a_plain_autoencoder_has_none() -> None:
    assert set(gaps_of(snapshot("ae"), toy_dataset(20)).values()) == {None}


def test_a_learned_prior_is_asked_itself() -> None:
    model = build(ModelConfig("gmm-vae", hidden=16), toy_dataset(5).preparation, seed=0).eval()
    log_prior, draws = prior_of(model, 50)
    with torch.no_grad():
        wanted = model.prior.log_prob(torch.from_numpy(draws).float()).numpy()
    assert draws.shape == (50, 2)
    assert log_prior(draws) == pytest.approx(wanted, abs=1e-5)
