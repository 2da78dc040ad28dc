"""Principal component analysis: the linear autoencoder every model is held against.

Numpy only, so that the window shows it before torch is there. The rows, bytes or standardised
numbers, are read in chunks and never stand in memory as wider floats all at once. Notation and
signs: theory, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from explorer.data.dataset import Bytes, Dataset, Floats
from explorer.errors import DataError
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]
Values = Floats | Doubles

EXACT_SIDE = 2048  # a covariance or Gram matrix up to this side is decomposed exactly
CHUNK_VALUES = 2**20  # floats that stand in memory at once while the bytes are read
EXACT_SUM = 2**24  # integers up to here are exact in float32
PASSES, SETTLED = 16, 1e-7  # of the subspace iteration: at most, and when it may stop


@dataclass(frozen=True, eq=False)
class Pca:
    """The first k directions of greatest variance, read-only.

    mean: (D,) and components: (k, D) orthonormal, float32, in the model's units ([0, 1] for
    pictures), H, W, C order.
    variance: (k,) float64, falling, scaled by n (not n - 1); total_variance: of all D directions.
    n: training samples. Beyond the rank of the data the variance is 0 and the direction arbitrary.
    """

    mean: Floats
    components: Floats
    variance: Doubles
    total_variance: float
    n: int

    def __post_init__(self) -> None:
        self.mean.flags.writeable = False
        self.components.flags.writeable = False
        self.variance.flags.writeable = False

    def __len__(self) -> int:
        return len(self.components)

    def project(self, rows: Floats) -> Floats:
        """Scores of rows in the model's units: (b, D) -> (b, k) float32."""
        centred: Floats = rows - self.mean
        scores: Floats = centred @ self.components.T
        return scores

    def reconstruct(self, scores: Floats, axes: tuple[int, ...] | None = None) -> Floats:
        """Rows whose scores are given on ``axes`` (the first j by default), 0 elsewhere.

        (b, j) -> (b, D) float32, not clipped: a linear decoder leaves [0, 1]. An axis beyond the
        last component, as a plane of data of one column has, changes nothing.
        """
        j = np.arange(scores.shape[1]) if axes is None else np.array(axes, np.int64)
        there = j < len(self)
        some = np.asarray(scores, np.float32)[:, there]
        rows: Floats = some @ self.components[j[there]] + self.mean
        return rows

    def share(self, axes: tuple[int, ...]) -> float:
        """Of the total variance that the components on ``axes`` explain together."""
        return float(sum(self.ratio[axis] for axis in axes if axis < len(self)))

    @cached_property
    def ratio(self) -> Doubles:
        """Share of the total variance that each component explains: (k,); 0 for constant data."""
        if self.total_variance <= 0.0:
            return np.zeros(len(self.variance))
        return self.variance / self.total_variance


def on_axes(scores: Floats, axes: tuple[int, ...]) -> Floats:
    """Scores on some axes, 0 on those beyond the last component: (m, k) -> (m, j) float32."""
    placed = np.zeros((len(scores), len(axes)), np.float32)
    for column, axis in enumerate(axes):
        if axis < scores.shape[1]:
            placed[:, column] = scores[:, axis]
    return placed


def fit(dataset: Dataset, k: int, task: Task = NO_TASK) -> Pca:
    """The first min(k, D) components of the training split.

    Exact, by an eigendecomposition of the covariance or Gram matrix, where the smaller of n and D
    is at most 2048; otherwise by randomised subspace iteration (Halko, Martinsson & Tropp 2011).
    Raises DataError where there is nothing to fit on, Cancelled when stopped.
    """
    index = dataset.train_index
    if len(index) == 0:
        raise DataError("there are no training samples for PCA", where=dataset.name)
    source = _Rows(dataset.x, index, dataset.preparation.levels, task)
    k = min(k, source.features)
    if source.features <= EXACT_SIDE:
        method = _by_covariance
    else:
        method = _by_gram if source.n <= EXACT_SIDE else _by_subspace
    with threadpool_limits(
        1, "blas"
    ):  # its threads spin, and take the cores from what follows the pointer
        mean, variance, components, total = method(source, k)
    task.progress(1.0, "principal components")
    signed = _with_signs(components).astype(np.float32)
    return Pca(mean.astype(np.float32), signed, variance, total, source.n)


Fitted = tuple[Doubles, Doubles, Doubles, float]  # mean (D,), variance (k,), components (k, D)


class _Rows:
    """The training part, a chunk at a time: bytes as float32 counted from mid-grey, or float64.

    Bytes lie in -levels/2..levels/2, so that float32 sums the products of 1024 rows exactly.
    Standardised numbers are summed in float64.
    """

    def __init__(
        self, x: Bytes | Floats, index: NDArray[np.int64], levels: int, task: Task
    ) -> None:
        self._flat = x.reshape(len(x), -1)
        self._index = index
        self._task = task
        are_bytes = x.dtype == np.uint8
        self._middle = np.float32(levels // 2 if are_bytes else 0)
        self.dtype: type[np.floating[Any]] = np.float32 if are_bytes else np.float64
        self.levels = float(levels)
        self.n = len(index)
        self.features = self._flat.shape[1]
        self.exact = EXACT_SUM // (levels - levels // 2) ** 2 if are_bytes else EXACT_SUM

    def chunks(self, most: int | None = None) -> Iterator[tuple[slice, Values]]:
        """(which rows, (b, D) floats), with b at most ``most``."""
        size = max(1, CHUNK_VALUES // self.features)
        size = size if most is None else min(size, most)
        for start in range(0, self.n, size):
            self._task.check()
            self._task.progress(start / self.n, "principal components")
            part = slice(start, min(start + size, self.n))
            yield part, self._flat[self._index[part]].astype(self.dtype) - self._middle

    def columns(self, most: int) -> Iterator[tuple[slice, Values]]:
        """(which columns, (n, c) floats), with c at most ``most``."""
        size = max(1, min(most, CHUNK_VALUES // self.n))
        for start in range(0, self.features, size):
            self._task.check()
            self._task.progress(start / self.features, "principal components")
            part = slice(start, min(start + size, self.features))
            yield part, self._flat[self._index, part].astype(self.dtype) - self._middle

    def mean(self) -> Doubles:
        """(D,) as the chunks count."""
        total = np.zeros(self.features)
        for _, rows in self.chunks(self.exact):
            total += rows.sum(axis=0)
        return total / self.n

    def unit(self, mean: Doubles) -> Doubles:
        """A mean as the chunks count in the model's units: (D,) -> (D,)."""
        return (mean + self._middle) / self.levels


def _by_covariance(source: _Rows, k: int) -> Fitted:
    """From X^T X: sums of products, of bytes exact in float32 a chunk, and in float64 overall."""
    product = np.zeros((source.features, source.features))
    total = np.zeros(source.features)
    for _, rows in source.chunks(source.exact):
        product += rows.T @ rows
        total += rows.sum(axis=0)
    mean = total / source.n
    covariance = (product / source.n - np.outer(mean, mean)) / source.levels**2  # (D, D)
    variance, vectors = _leading(covariance, k)
    return source.unit(mean), variance, vectors.T, float(np.trace(covariance))


def _by_gram(source: _Rows, k: int) -> Fitted:
    """From X X^T, for fewer samples than features; the components are X^T U / S."""
    gram = np.zeros((source.n, source.n))
    for _, columns in source.columns(source.exact):
        gram += columns @ columns.T
    gram -= gram.mean(axis=0)
    gram -= gram.mean(axis=1)[:, None]
    gram /= source.n * source.levels**2
    variance, left = _leading(gram, min(k, source.n))
    mean, components = np.empty(source.features), np.empty((len(variance), source.features))
    for part, columns in source.columns(source.features):
        mean[part] = columns.mean(axis=0, dtype=np.float64)
        components[:, part] = left.T @ (columns - mean[part])
    full = np.zeros(k)
    full[: len(variance)] = variance
    return source.unit(mean), full, _orthonormal(components, full, k), float(np.trace(gram))


def _by_subspace(source: _Rows, k: int) -> Fitted:
    """Subspace iteration from a random start, k // 2 + 10 directions wider than asked for."""
    mean = source.mean()
    width = min(k + k // 2 + 10, source.n, source.features)
    basis = np.random.default_rng(0).standard_normal((source.features, width))
    before = np.zeros(k)
    for _ in range(PASSES):
        basis = np.linalg.qr(basis)[0]  # (D, l)
        small, image, total = _applied(source, mean, basis)
        variance, vectors = _leading(small, k)
        if np.abs(variance - before).max() <= SETTLED * max(variance[0], np.finfo(float).tiny):
            break
        before, kept, basis = variance, basis, image
    else:
        basis = kept
    return source.unit(mean), variance, (basis @ vectors).T, total


def _applied(source: _Rows, mean: Doubles, basis: Doubles) -> tuple[Doubles, Doubles, float]:
    """One pass over the data: Q^T C Q (l, l), C Q (D, l) and the trace of the covariance C."""
    narrow, offset = basis.astype(source.dtype), mean.astype(source.dtype)
    small, image, total = np.zeros((basis.shape[1],) * 2), np.zeros(basis.shape), 0.0
    for _, chunk in source.chunks():
        rows = chunk - offset
        scores = rows @ narrow  # (b, l)
        small += scores.T @ scores
        image += rows.T @ scores
        total += float(np.einsum("ij,ij->", rows, rows))
    scale = source.n * source.levels**2
    return small / scale, image / scale, total / scale


def _leading(symmetric: Doubles, k: int) -> tuple[Doubles, Doubles]:
    """The k largest eigenvalues, falling and not below 0, and their vectors (side, k)."""
    values, vectors = np.linalg.eigh(symmetric)
    return values[::-1][:k].clip(0.0), vectors[:, ::-1][:, :k]


def _orthonormal(rows: Doubles, variance: Doubles, k: int) -> Doubles:
    """``rows`` scaled to length 1; from the rank of the data on, any directions at right angles."""
    rank = int((variance > variance[0] * 1e-12).sum()) if variance[0] > 0.0 else 0
    found: Doubles = rows[:rank] / np.linalg.norm(rows[:rank], axis=1, keepdims=True)
    if rank == k:
        return found
    free = np.random.default_rng(0).standard_normal((k - rank, rows.shape[1]))
    complete: Doubles = np.linalg.qr(np.concatenate([found, free]).T)[0].T  # (k, D)
    complete[:rank] = found
    return complete


def _with_signs(components: Doubles) -> Doubles:
    """Each component turned so that its entry of largest magnitude is positive."""
    largest = np.abs(components).argmax(axis=1)
    signs = np.sign(components[np.arange(len(components)), largest])
    turned: Doubles = components * signs[:, None]
    return turned
