"""What a model is good for: odd samples found, noise removed, holes filled, few labels spread."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.pca import Pca
from explorer.compute import live
from explorer.data.binarising import settled
from explorer.data.dataset import Bytes, Dataset, Floats, Preparation
from explorer.data.drawing import LARGE, drawn
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import Task

Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]

VEIL = 0.12  # how much darker the places are drawn that are hidden
STARTS = 64  # codes that filling in starts from


@dataclass(frozen=True, eq=False)
class RestoreRequest:
    """Damage sample ``index`` and restore it.

    known: (H, W) bool, False where it is to be filled in; or None to remove noise of sigma
    ``noise``, in the units of x.
    """

    model: ModelSnapshot
    dataset: Dataset
    index: int
    pca: Pca | None
    codes: Codes | None
    noise: float = 0.0
    known: Mask | None = None
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Restored:
    """Pictures (H, W, C) uint8 and MSE per feature against the original.

    Where a hole was filled, the errors are of the places in the hole; where nothing is hidden,
    there is the original and nothing else. linear: PCA's, of ``k`` components: as many as the model
    has latent dimensions, or as many as there are. rows: the same four as (D,) in the model's
    units, NaN where something is hidden; None for those that are not there.
    """

    index: int
    original: Bytes
    damaged: Bytes | None
    restored: Bytes | None
    linear: Bytes | None
    damaged_mse: float | None
    restored_mse: float | None
    linear_mse: float | None
    k: int = 0
    rows: tuple[Floats | None, ...] = (None, None, None, None)


def restore(request: RestoreRequest, task: Task) -> Restored:
    """The sample as it is measured damaged, restored by the model, and by PCA."""
    from explorer.analysis.reconstructions import squared_errors

    data = settled(request.dataset)
    request = replace(request, dataset=data)
    row = data.unit(np.array([request.index]))
    kept = data.preparation
    original = _drawn(row, kept) if kept.is_float else data.picture(request.index)
    if request.known is not None and request.known.all():
        alone = (row[0], None, None, None)
        return Restored(request.index, original, None, None, None, None, None, None, rows=alone)
    damage = _noise(request, row) if request.known is None else _hole(request, row, task)
    damaged, restored, linear = damage
    where = _looked_at(request, row.shape[1])

    def error(other: Floats) -> float:
        return float(squared_errors(row[:, where], other[:, where])[0])

    return Restored(
        index=request.index,
        original=original,
        damaged=_veiled(_drawn(damaged, kept), request.known, kept),
        restored=_drawn(restored, kept),
        linear=None if linear is None else _drawn(linear, kept),
        damaged_mse=error(damaged),
        restored_mse=error(restored),
        linear_mse=None if linear is None else error(linear),
        k=_components(request),
        rows=(
            row[0],
            np.where(where, np.nan, damaged)[0] if request.known is not None else damaged[0],
            restored[0],
            None if linear is None else linear[0],
        ),
    )


def _components(request: RestoreRequest) -> int:
    return 0 if request.pca is None else min(request.model.config.latent_dim, len(request.pca))


def _looked_at(request: RestoreRequest, features: int) -> Mask:
    if request.known is None:
        return np.ones(features, bool)
    return np.repeat(~request.known.ravel(), request.dataset.preparation.channels)


def _noise(request: RestoreRequest, row: Floats) -> tuple[Floats, Floats, Floats | None]:
    from explorer.analysis import restoring

    eps = np.random.default_rng(request.seed).standard_normal(row.shape)
    noisy = (row + request.noise * eps).astype(np.float32)
    restored = restoring.denoise(live(request.model), noisy, request.dataset.preparation)
    linear = None
    if request.pca is not None:
        scores = request.pca.project(noisy)[:, : _components(request)]
        linear = request.pca.reconstruct(scores).astype(np.float32)
    return noisy, restored, linear


def _hole(request: RestoreRequest, row: Floats, task: Task) -> tuple[Floats, Floats, Floats | None]:
    from explorer.analysis import restoring

    assert request.known is not None
    kept, known = request.dataset.preparation, request.known
    hole = np.repeat(~known.ravel(), kept.channels)
    blank = np.where(hole, 0.0 if kept.is_float else 0.5, row).astype(np.float32)
    filled = restoring.inpaint(live(request.model), blank, known, kept, _starts(request), task)
    linear = None
    if request.pca is not None:
        linear = restoring.pca_inpaint(
            request.pca, blank, known, kept.channels, _components(request)
        )
    return blank, filled.rows, linear


def _starts(request: RestoreRequest) -> Floats:
    """Codes of training samples, or draws from N(0, I): (S, d)."""
    rng = np.random.default_rng(request.seed)
    codes = request.codes
    if codes is None or not len(codes.mean):
        return rng.standard_normal((STARTS, request.model.config.latent_dim)).astype(np.float32)
    train = np.flatnonzero(~request.dataset.test[codes.index])
    some = train if len(train) else np.arange(len(codes.mean))
    picked = rng.choice(some, min(STARTS, len(some)), replace=False)
    return np.array(codes.mean[picked], np.float32)


def _drawn(rows: Floats, preparation: Preparation) -> Bytes:
    return drawn(rows[0].astype(np.float32), preparation, LARGE)


def _veiled(picture: Bytes, known: Mask | None, preparation: Preparation) -> Bytes:
    """A drawing with a shade where samples of a signal, or columns of a table, are hidden."""
    if known is None or not preparation.is_float:
        return picture
    across = 1 if preparation.kind == "signals" else 0  # a table's columns lie below one another
    places = np.arange(picture.shape[across]) * known.size // picture.shape[across]
    hidden = np.expand_dims(~known.ravel()[places], 1 - across)[..., None]  # (1, W, 1) or (H, 1, 1)
    return (picture * np.where(hidden, 1.0 - VEIL, 1.0)).astype(np.uint8)


@dataclass(frozen=True, eq=False)
class LabelsRequest:
    """Accuracies with few labels per class on codes, on PCA scores and on raw features."""

    model: ModelSnapshot
    dataset: Dataset
    repeats: int = 3


@dataclass(frozen=True)
class Line:
    """points: (labels per class, accuracy, its deviation over repeats) each."""

    features: str
    method: str
    points: tuple[tuple[int, float, float], ...]


def few_labels(request: LabelsRequest, task: Task) -> tuple[Line, ...]:
    """Linear probe, nearest neighbours and a small head. Raises DataError without labels."""
    from explorer.analysis import semisupervised
    from explorer.analysis.basis import measured_on

    data = measured_on(request.dataset)
    curve = semisupervised.probe(live(request.model), data, task, repeats=request.repeats)
    names = dict.fromkeys((p.features, p.method) for p in curve.points)
    return tuple(
        Line(features, method, tuple(
            (p.labels_per_class, p.accuracy, p.deviation) for p in curve.points
            if (p.features, p.method) == (features, method)
        ))
        for features, method in names
    )  # fmt: skip
