"""PCA against scikit-learn, published values and its own promises."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from typing import Any

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
    return pca.fit(digits, 64)


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
        pca.fit(empty, 2)


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


def test_shares_are_of_the_whole_variance(fitted: Pca) -> None:
    np.testing.assert_allclose(fitted.ratio, fitted.variance / fitted.total_variance)
    assert fitted.share((0, 2)) == pytest.approx(fitted.ratio[0] + fitted.ratio[2])
    assert fitted.share((1, 64, 99)) == pytest.approx(fitted.ratio[1])  # beyond the last: nothing
    assert fitted.share((63,)) == fitted.ratio[63] and fitted.share(()) == 0.0
    nothing = pca.fit(constant_dataset(5), 2)
    assert nothing.share((0, 1)) == 0.0 and (nothing.ratio == 0).all()


def test_axes_beyond_the_last_component_change_nothing(fitted: Pca) -> None:
    scores = np.array([[1.0, 2.0, 3.0]], np.float32)
    placed = pca.on_axes(scores, (2, 0, 3, 9))
    assert placed.tolist() == [[3.0, 1.0, 0.0, 0.0]] and placed.dtype == np.float32
    point = np.array([[0.3, 5.0, -0.2]], np.float32)
    with_far = fitted.reconstruct(point, axes=(1, 64, 3))
    np.testing.assert_allclose(with_far, fitted.reconstruct(point[:, [0, 2]], axes=(1, 3)))


def test_no_more_components_than_features_and_they_cannot_be_written(digits: Dataset) -> None:
    found = pca.fit(digits, 99)
    assert len(found) == 64 and found.n == 1797
    for array in (found.mean, found.components, found.variance):
        assert not array.flags.writeable
    assert (found.mean.dtype, found.variance.dtype) == (np.float32, np.float64)
    wanted = digits.unit(slice(None)).astype(float)
    np.testing.assert_allclose(found.mean, wanted.mean(axis=0), atol=1e-7)
    assert found.total_variance == pytest.approx(wanted.var(axis=0).sum(), rel=1e-12)


@pytest.mark.parametrize(
    ("features", "n", "way"),
    [(9, 30, "_by_covariance"), (20, 30, "_by_covariance"), (21, 20, "_by_gram"),
     (21, 21, "_by_subspace")],
)  # fmt: skip
def test_the_smaller_side_decides_the_way(
    features: int, n: int, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them give the same; the exact ones where a side of 20 allows it."""
    monkeypatch.setattr(pca, "EXACT_SIDE", 20)
    taken: list[str] = []
    for name in ("_by_covariance", "_by_gram", "_by_subspace"):
        plain = getattr(pca, name)

        def noted(source: pca._Rows, k: int, name: str = name, plain: Any = plain) -> Any:
            taken.append(name)
            return plain(source, k)

        monkeypatch.setattr(pca, name, noted)
    rows = np.random.default_rng(0).normal(size=(n, 1, features, 1)).astype(np.float32)
    kept = Preparation(1, features, levels=1, kind="table")
    found = pca.fit(Dataset("t", rows, kept, np.zeros(n, bool)), 3)
    assert taken == [way]
    wanted = np.linalg.svd(rows[:, 0, :, 0] - rows[:, 0, :, 0].mean(axis=0), compute_uv=False)
    np.testing.assert_allclose(found.variance, wanted[:3] ** 2 / n, rtol=1e-4)


@pytest.mark.parametrize("values", [1, 30, 64, 200, 10**6])
def test_however_it_is_cut_into_chunks_it_is_the_same(
    values: int, digits: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = Dataset("some", digits.x[:50].copy(), digits.preparation, np.arange(50) % 5 == 0)
    train = digits.unit(slice(0, 50)).astype(float)[np.arange(50) % 5 != 0]
    exact = np.linalg.svd(train - train.mean(axis=0), compute_uv=False)[:5] ** 2 / 40
    monkeypatch.setattr(pca, "CHUNK_VALUES", values)
    for side in (2048, 45, 30):  # by covariance, Gram matrix, subspace iteration
        monkeypatch.setattr(pca, "EXACT_SIDE", side)
        found = pca.fit(some, 5)
        np.testing.assert_allclose(found.variance, exact, rtol=1e-6)
        np.testing.assert_allclose(found.mean, train.mean(axis=0), atol=1e-7)
        assert found.total_variance == pytest.approx(train.var(axis=0).sum(), rel=1e-6)


def test_sums_of_bytes_are_exact_however_many() -> None:
    """float32 holds whole numbers up to 2**24: no more rows are summed at once than that allows."""
    for level in (0, 255):
        x = np.full((4000, 1, 2, 1), level, np.uint8)
        x[::2, 0, 1] = 255 - level
        found = pca.fit(Dataset("ends", x, Preparation(1, 2), np.zeros(4000, bool)), 2)
        assert found.total_variance == 0.25 and found.variance.tolist() == [0.25, 0.0]
        assert found.mean.tolist() == [level / 255, 0.5]
    x = np.random.default_rng(0).integers(0, 256, (20_000, 1, 2, 1), np.uint8)
    found = pca.fit(Dataset("any", x, Preparation(1, 2), np.zeros(20_000, bool)), 2)
    exact = (x / 255).var(axis=0).sum()
    assert found.total_variance == pytest.approx(exact, rel=1e-12)


def test_a_fit_tells_how_far_it_is(digits: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    some = Dataset("some", digits.x[:40].copy(), digits.preparation, np.zeros(40, bool))
    monkeypatch.setattr(pca, "CHUNK_VALUES", 10 * 64)
    told: list[tuple[float | None, str]] = []
    pca.fit(some, 2, Task(lambda fraction, text: told.append((fraction, text)), interval=0))
    assert told == [(share, "principal components") for share in (0, 0.25, 0.5, 0.75, 1.0)]
    monkeypatch.setattr(pca, "EXACT_SIDE", 45)
    told.clear()
    pca.fit(some, 2, Task(lambda fraction, text: told.append((fraction, text)), interval=0))
    assert told[:4] == [(share / 64, "principal components") for share in (0, 16, 32, 48)]


def test_directions_that_have_settled_are_not_looked_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Data of rank 5 are whole in the first directions that are looked at; noise never settles."""
    monkeypatch.setattr(pca, "EXACT_SIDE", 100)
    passes, applied = [], pca._applied

    def counted(*given: Any) -> Any:
        passes.append(1)
        return applied(*given)

    monkeypatch.setattr(pca, "_applied", counted)
    rng = np.random.default_rng(0)
    low = rng.normal(size=(300, 5)) @ rng.normal(size=(5, 300))
    for rows, settles in ((low, True), (rng.normal(size=(300, 300)), False)):
        x = rows.reshape(300, 1, 300, 1).astype(np.float32)
        data = Dataset(
            "rows", x, Preparation(1, 300, levels=1, kind="signals"), np.zeros(300, bool)
        )
        passes.clear()
        pca.fit(data, 3)
        assert (len(passes) <= 3) == settles
