"""Linear optima: angles as scipy has them, errors as the singular values say, and both reached."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from explorer.analysis import lineartruth, pca, ppca
from explorer.analysis.lineartruth import Optimum
from explorer.data.dataset import Preparation
from explorer.data.opening import open_dataset
from explorer.errors import ModelError
from explorer.models.autoencoder import build
from explorer.models.config import ModelConfig
from explorer.models.likelihoods import LINKS
from explorer.models.likelihoods.gaussian import LOG_SIGMA_FLOOR, LearnedGaussian
from tests.fakes import LinearModel, toy_dataset


@pytest.mark.parametrize("shapes", [(3, 3), (2, 5), (5, 2), (1, 1)])
def test_angles_are_scipys(shapes: tuple[int, int]) -> None:
    scipy_linalg = pytest.importorskip("scipy.linalg")
    rng = np.random.default_rng(0)
    one, other = (rng.normal(size=(20, k)) for k in shapes)
    found = lineartruth.subspace_angles(one, other)
    assert found == pytest.approx(scipy_linalg.subspace_angles(one, other), abs=1e-12)


def test_tiny_angles_are_seen() -> None:
    one = np.eye(10)[:, :2]
    other = one.copy()
    other[5, 1] = 1e-9
    found = lineartruth.subspace_angles(one @ np.array([[2.0, 1.0], [0.0, 3.0]]), other)
    assert found == pytest.approx(np.array([1e-9, 0.0]), abs=1e-13)


def test_best_error_is_that_of_the_left_singular_values() -> None:
    dataset = toy_dataset(60)
    rows = dataset.unit(dataset.train_index).astype(float)
    values = np.linalg.svd(rows - rows.mean(axis=0), compute_uv=False)
    found = lineartruth.eckart_young(pca.fit(dataset, 5), 2)
    assert found == pytest.approx((values[2:] ** 2).sum() / rows.size, rel=1e-6)


def test_evidence_is_torchs() -> None:
    rng = np.random.default_rng(0)
    rows, mean, weights = rng.normal(size=(9, 6)), rng.normal(size=6), rng.normal(size=(6, 2))
    normal = torch.distributions.MultivariateNormal(
        torch.from_numpy(mean), torch.from_numpy(weights @ weights.T + 0.3 * np.eye(6))
    )
    wanted = normal.log_prob(torch.from_numpy(rows)).numpy()
    assert lineartruth.gaussian_evidence(rows, mean, weights, 0.3) == pytest.approx(wanted)


def at_optimum(*, noise: bool) -> tuple[LinearModel, Preparation, Optimum]:
    """A linear model of the digits on its optimum, turned; with ``noise`` that of the VAE."""
    dataset = open_dataset("digits")
    fitted = pca.fit(dataset, 10)
    model = LinearModel(dataset.preparation)
    sigma2 = ppca.noise_variance(fitted, 2) if noise else 0.0
    turn = np.linalg.qr(np.random.default_rng(0).normal(size=(2, 2)))[0]
    weights = fitted.components[:2].T * np.sqrt(fitted.variance[:2] - sigma2) @ turn
    inverse = np.linalg.solve(weights.T @ weights + sigma2 * np.eye(2), weights.T)
    down, up = model.encoder.layers[1], model.decoder[0]
    up.weight.copy_(torch.tensor(weights))
    up.bias.copy_(torch.tensor(fitted.mean))
    down.weight.copy_(torch.tensor(inverse))
    down.bias.copy_(torch.tensor(-inverse @ fitted.mean))
    if noise:
        model.likelihood = LearnedGaussian(LINKS["identity"])
        above = np.log(np.expm1(0.5 * np.log(sigma2) - LOG_SIGMA_FLOOR))  # softplus, undone
        model.likelihood.free.data.fill_((above + LOG_SIGMA_FLOOR) / LearnedGaussian.lr_scale)
    best = lineartruth.optimum(dataset, fitted, 2)
    return model.float().requires_grad_(False), dataset.preparation, best


def test_turned_pca_is_the_optimum_of_the_linear_autoencoder() -> None:
    truth = lineartruth.watch(*at_optimum(noise=False))
    assert truth.ratio == pytest.approx(1.0, abs=1e-5)
    assert truth.angles == pytest.approx(np.zeros(2), abs=1e-5)
    assert truth.evidence is None


def test_ppca_is_the_optimum_of_the_linear_vae() -> None:
    truth = lineartruth.watch(*at_optimum(noise=True))
    assert truth.evidence == pytest.approx(truth.best_evidence, abs=1e-3)
    assert truth.sigma2 == pytest.approx(truth.best_sigma2, rel=1e-4)
    assert truth.angles == pytest.approx(np.zeros(2), abs=1e-5)
    assert truth.ratio > 1.0  # the prior draws codes inwards


def test_off_the_optimum_all_figures_are_worse() -> None:
    model, made_for, best = at_optimum(noise=True)
    model.decoder[0].weight.add_(0.05 * torch.randn(64, 2, generator=torch.Generator()))
    truth = lineartruth.watch(model, made_for, best)
    assert truth.evidence is not None and truth.best_evidence is not None
    assert truth.evidence < truth.best_evidence - 0.01 and truth.angles.max() > 0.01


def test_a_bent_decoder_is_refused() -> None:
    dataset = toy_dataset(20)
    model = build(ModelConfig(hidden=16), dataset.preparation, seed=0).eval()
    best = lineartruth.optimum(dataset, pca.fit(dataset, 2), 2)
    with pytest.raises(ModelError, match="linear"):
        lineartruth.watch(model, dataset.preparation, best)


def test_the_optimum_is_of_the_data_alone() -> None:
    """Held against the definition: the mean density of probabilistic PCA, and PCA's own error."""
    dataset = open_dataset("digits")
    fitted = pca.fit(dataset, 3)
    best = lineartruth.optimum(dataset, fitted, 2)
    rows = dataset.unit(dataset.train_index)
    assert best.evidence == pytest.approx(ppca.log_likelihood(fitted, 2, rows).mean())
    assert best.mse == lineartruth.eckart_young(fitted, 2)
    assert best.components.shape == (64, 2)


def test_what_pca_explains_wholly_has_no_error_to_be_held_against() -> None:
    data = toy_dataset(10)  # 8 samples have 7 directions
    assert lineartruth.eckart_young(pca.fit(data, 7), 7) == pytest.approx(0.0, abs=1e-9)
    assert lineartruth.eckart_young(pca.fit(data, 7), 7) >= 0.0
    truth = lineartruth.LinearTruth(mse=0.5, best_mse=0.0, angles=np.zeros(1))
    assert truth.ratio is None and replace(truth, best_mse=0.25).ratio == 2.0


def test_a_linear_autoencoder_has_no_evidence_and_a_linear_decoder_is_read_exactly() -> None:
    model, _, _ = at_optimum(noise=False)
    mean, weights = lineartruth.affine(model)
    np.testing.assert_allclose(mean, model.decoder[0].bias, atol=1e-6)
    np.testing.assert_allclose(weights, model.decoder[0].weight, atol=1e-6)
