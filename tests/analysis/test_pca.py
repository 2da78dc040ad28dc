"""PCA against scikit-learn, published values and its own promises."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

from explorer.analysis import pca, ppca
from explorer.analysis.pca import Pca
from explorer.data.dataset import Dataset, Preparation
from explorer.errors import Cancelled, DataError
from explorer.task import Task
from tests.fakes import constant_dataset, toy_dataset


@pytest.fixture(scope="module")
def digits() -> Dataset:
    from sklearn.datasets import load_digits

    x = load_digits().images.astype(np.uint8)[..., None]
    return Dataset("digits", x, Preparation(8, 8, 1, 0, 16, 16), np.zeros(len(x), bool))


@pytest.fixture(scope="module")
def fitted(digits: Dataset) -> Pca:
    return pca.fit(digits)


def random_dataset(n: int, side: int, channels: int = 3) -> Dataset:
    rng = np.random.default_rng(0)
    falling = np.exp(-np.arange(40) / 8)
    flat = rng.normal(size=(n, 40)) * falling @ rng.normal(size=(40, side * side * channels))
    x = (flat / np.abs(flat).max() * 127 + 128).astype(np.uint8)
    x = x.reshape(n, side, side, channels)
    return Dataset("random", x, Preparation(side, side, channels), np.zeros(n, bool))


def sklearn_components(dataset: Dataset, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Components with our signs (k, D) and variances scaled by n (k,)."""
    from sklearn.decomposition import PCA

    n = len(dataset)
    peer = PCA(k, svd_solver="full").fit(dataset.unit(slice(None)).astype(np.float64))
    components = peer.components_
    largest = np.abs(components).argmax(1)
    signs = np.sign(components[np.arange(k), largest])
    return components * signs[:, None], peer.explained_variance_ * (n - 1) / n


@pytest.mark.parametrize(("k", "mse"), [(2, 0.05243), (8, 0.02391), (16, 0.01104)])
def test_digits_have_the_known_errors(digits: Dataset, fitted: Pca, k: int, mse: float) -> None:
    rows = digits.unit(slice(None))
    back = fitted.reconstruct(fitted.project(rows)[:, :k])
    assert np.mean((back - rows) ** 2) == pytest.approx(mse, abs=5e-6)


def test_error_is_the_variance_left_out(digits: Dataset, fitted: Pca) -> None:
    rows = digits.unit(slice(None))
    back = fitted.reconstruct(fitted.project(rows)[:, :5])
    left = fitted.total_variance - fitted.variance[:5].sum()
    assert ((back - rows) ** 2).sum() / len(rows) == pytest.approx(left, rel=1e-5)


def test_equals_sklearn(digits: Dataset, fitted: Pca) -> None:
    components, variance = sklearn_components(digits, 60)
    assert np.abs(fitted.components[:60] - components).max() < 1e-5
    assert np.abs(fitted.variance[:60] - variance).max() < 1e-5


@pytest.mark.parametrize("way", ["covariance", "gram", "subspace"])
def test_each_way_equals_sklearn(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    n, side = {"covariance": (300, 8), "gram": (80, 16), "subspace": (300, 16)}[way]
    monkeypatch.setattr(pca, "EXACT_SIDE", 200)
    monkeypatch.setattr(pca, "CHUNK_VALUES", 20_000)
    dataset = random_dataset(n, side)
    components, variance = sklearn_components(dataset, 12)
    found = pca.fit(dataset, 12)
    assert np.abs(found.components - components).max() < 1e-5
    assert np.abs(found.variance - variance).max() < 1e-5


@pytest.mark.parametrize(
    "dataset",
    [constant_dataset(1), constant_dataset(5, 7), random_dataset(3, 8), random_dataset(6, 28)],
    ids=["one sample", "constant", "fewer samples than k", "gram"],
)
def test_directions_beyond_the_rank_are_orthonormal_and_empty(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pca, "EXACT_SIDE", 300)
    found = pca.fit(dataset, 10)
    assert found.components.shape == (10, dataset.preparation.features)
    assert np.abs(found.components @ found.components.T - np.eye(10)).max() < 1e-5
    assert np.all(found.variance[len(dataset) :] < 1e-12)
    assert np.isfinite(found.ratio).all()
    rows = dataset.unit(slice(None))
    assert np.abs(found.reconstruct(found.project(rows)) - rows).max() < 1e-5


def test_largest_entry_is_positive_and_variances_fall(fitted: Pca) -> None:
    largest = np.abs(fitted.components).argmax(1)
    assert (fitted.components[np.arange(len(fitted)), largest] > 0).all()
    assert (np.diff(fitted.variance) <= 1e-15).all()
    assert fitted.ratio.sum() == pytest.approx(1.0)


def test_is_fitted_on_the_training_part_only() -> None:
    dataset = toy_dataset(60)
    train = dataset.train_index
    alone = Dataset("train", dataset.x[train], dataset.preparation, np.zeros(len(train), bool))
    assert np.array_equal(pca.fit(dataset, 4).components, pca.fit(alone, 4).components)


def test_axes_choose_the_components(fitted: Pca) -> None:
    point = np.array([[0.3, -0.2]], np.float32)
    full = np.zeros((1, 8), np.float32)
    full[0, 2], full[0, 7] = 0.3, -0.2
    chosen = fitted.reconstruct(point, axes=(2, 7))
    assert np.allclose(chosen, fitted.reconstruct(full), atol=1e-6)


def test_never_holds_the_data_as_floats() -> None:
    x = np.random.default_rng(0).integers(0, 256, (20_000, 28, 28, 1), dtype=np.uint8)
    dataset = Dataset("large", x, Preparation(28, 28), np.zeros(len(x), bool))
    tracemalloc.start()
    pca.fit(dataset, 2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 45e6  # the floats would take 63e6; numpy 2.5 counts its work on 784 x 784, too


def test_cancels_and_needs_samples() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        pca.fit(toy_dataset(), 2, task)
    whole = toy_dataset(10)
    empty = Dataset("held out", whole.x, whole.preparation, np.ones(10, bool))
    with pytest.raises(DataError, match="no training samples"):
        pca.fit(empty)


def test_imports_neither_torch_nor_sklearn() -> None:
    code = (
        "import sys, explorer.analysis.pca; sys.exit(any(m in sys.modules for m in "
        "('torch', 'sklearn', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_probabilistic_pca_has_the_known_evidence(digits: Dataset, fitted: Pca) -> None:
    assert ppca.noise_variance(fitted, 2) == pytest.approx(0.054117, abs=5e-7)
    values = ppca.log_likelihood(fitted, 2, digits.unit(slice(None)))
    assert values.mean() == pytest.approx(0.005707, abs=1e-6)


def test_probabilistic_pca_is_a_gaussian(digits: Dataset, fitted: Pca) -> None:
    import torch

    sigma2 = ppca.noise_variance(fitted, 3)
    parts = fitted.components[:3].astype(np.float64)
    cov = parts.T * (fitted.variance[:3] - sigma2) @ parts + sigma2 * np.eye(64)
    mean = torch.from_numpy(fitted.mean.astype(np.float64))
    normal = torch.distributions.MultivariateNormal(mean, torch.from_numpy(cov))
    rows = digits.unit(slice(0, 20))
    expected = normal.log_prob(torch.from_numpy(rows.astype(np.float64))).numpy()
    assert np.abs(ppca.log_likelihood(fitted, 3, rows) - expected).max() < 1e-4


def test_probabilistic_pca_needs_noise() -> None:
    with pytest.raises(DataError, match="noise"):
        ppca.noise_variance(pca.fit(constant_dataset(5), 2), 2)


@pytest.mark.parametrize(("n", "length"), [(300, 40), (60, 2500), (2300, 2200)])
def test_floats_agree_with_sklearn(n: int, length: int) -> None:
    """By covariance, Gram matrix and subspace iteration: to 1e-5, projections too."""
    from sklearn.decomposition import PCA

    rng = np.random.default_rng(0)
    latent = rng.normal(size=(n, 6)) * 2.0 ** -np.arange(6)
    x = latent @ rng.normal(size=(6, length)) + 0.01 * rng.normal(size=(n, length)) + 3.0
    rows = x.astype(np.float32).reshape(n, 1, length, 1)
    kept = Preparation(1, length, 1, levels=1, kind="signals")
    test = np.arange(n) % 10 == 0
    dataset = Dataset("floats", rows, kept, test)
    found = pca.fit(dataset, 4)
    train = dataset.unit(dataset.train_index).astype(np.float64)
    peer = PCA(4, svd_solver="full" if n < 2000 else "covariance_eigh").fit(train)
    largest = np.abs(peer.components_).argmax(1)
    signs = np.sign(peer.components_[np.arange(4), largest])[:, None]
    np.testing.assert_allclose(found.components, peer.components_ * signs, atol=1e-5)
    variance = peer.explained_variance_ * (len(train) - 1) / len(train)
    np.testing.assert_allclose(found.variance, variance, rtol=1e-5)
    np.testing.assert_allclose(found.total_variance, train.var(axis=0).sum(), rtol=1e-5)
    scores = peer.transform(train) * signs.T
    away = np.abs(found.project(dataset.unit(dataset.train_index)) - scores)
    assert away.max() < 1e-5 * np.abs(scores).max()
