"""Question: what becomes of a sample that is noisy or has a hole, restored by model and by PCA?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.pca import Pca
from explorer.compute.live import live
from explorer.compute.question import Question, questions
from explorer.data.binarising import fixed_draw
from explorer.data.dataset import Bytes, Dataset, Floats, Preparation
from explorer.data.kinds import kind_of
from explorer.data.pictures.drawing import LARGE, drawn
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import NO_TASK, Task

Mask = NDArray[np.bool_]

VEIL = 0.12  # how much darker the places are drawn that are hidden
STARTS = 64  # codes that filling in starts from


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


@questions.register("restore")
@dataclass(frozen=True, eq=False)
class Restore(Question[Restored]):
    """Damage a sample and restore it.

    known: (H, W) bool, False where it is to be filled in; or None to remove noise:
    ``noise`` of the kind ``noise_kind`` (`explorer.models.noises`), drawn from ``seed``.
    """

    does = "restore the sample"
    about = ("model", "dataset", "sample")
    quiet = True

    model: ModelSnapshot
    dataset: Dataset
    sample: int
    pca: Pca | None
    codes: Codes | None
    noise: float = 0.0
    noise_kind: str = "gaussian"
    known: Mask | None = None
    seed: int = 0

    def answer(self, task: Task = NO_TASK) -> Restored:
        """The sample as it is measured damaged, restored by the model, and by PCA."""
        return _restored(replace(self, dataset=fixed_draw(self.dataset)), task)


def _restored(question: Restore, task: Task) -> Restored:
    from explorer.analysis.reconstructions import squared_errors

    data, sample, known = question.dataset, question.sample, question.known
    row, kept = data.unit(np.array([sample])), data.preparation
    original = data.picture(sample, LARGE)
    if known is not None and known.all():
        alone = (row[0], None, None, None)
        return Restored(sample, original, None, None, None, None, None, None, rows=alone)
    made = _noise(question, row) if known is None else _hole(question, row, task)
    damaged, restored, linear = made
    where = _looked_at(question, row.shape[1])

    def error(other: Floats) -> float:
        return float(squared_errors(row[:, where], other[:, where])[0])

    shown = damaged if known is None else np.where(where, np.nan, damaged)
    return Restored(
        index=sample,
        original=original,
        damaged=_veiled(_drawn(damaged, kept), known, kept),
        restored=_drawn(restored, kept),
        linear=None if linear is None else _drawn(linear, kept),
        damaged_mse=error(damaged),
        restored_mse=error(restored),
        linear_mse=None if linear is None else error(linear),
        k=_components(question),
        rows=(row[0], shown[0], restored[0], None if linear is None else linear[0]),
    )


def _components(question: Restore) -> int:
    return 0 if question.pca is None else min(question.model.config.latent_dim, len(question.pca))


def _looked_at(question: Restore, features: int) -> Mask:
    if question.known is None:
        return np.ones(features, bool)
    return np.repeat(~question.known.ravel(), question.dataset.preparation.channels)


def _noise(question: Restore, row: Floats) -> tuple[Floats, Floats, Floats | None]:
    from explorer.analysis.applications import restoring

    kept, kind = question.dataset.preparation, question.noise_kind
    noisy = restoring.corrupted(row, kept, kind, question.noise, question.seed)
    restored = restoring.denoise(live(question.model), noisy, kept)
    linear = None
    if question.pca is not None:
        scores = question.pca.project(noisy)[:, : _components(question)]
        linear = question.pca.reconstruct(scores).astype(np.float32)
    return noisy, restored, linear


def _hole(question: Restore, row: Floats, task: Task) -> tuple[Floats, Floats, Floats | None]:
    from explorer.analysis.applications import restoring

    assert question.known is not None
    kept, known = question.dataset.preparation, question.known
    hole = np.repeat(~known.ravel(), kept.channels)
    blank = np.where(hole, kind_of(kept).blank, row).astype(np.float32)
    filled = restoring.inpaint(live(question.model), blank, known, kept, _starts(question), task)
    linear = None
    if question.pca is not None:
        linear = restoring.pca_inpaint(
            question.pca, blank, known, kept.channels, _components(question)
        )
    return blank, filled.rows, linear


def _starts(question: Restore) -> Floats:
    """Codes of training samples, or draws from N(0, I): (S, d)."""
    rng = np.random.default_rng(question.seed)
    codes = question.codes
    if codes is None or not len(codes.mean):
        return rng.standard_normal((STARTS, question.model.config.latent_dim)).astype(np.float32)
    train = np.flatnonzero(~question.dataset.test[codes.index])
    some = train if len(train) else np.arange(len(codes.mean))
    picked = rng.choice(some, min(STARTS, len(some)), replace=False)
    return np.array(codes.mean[picked], np.float32)


def _drawn(rows: Floats, preparation: Preparation) -> Bytes:
    return drawn(rows[0].astype(np.float32), preparation, LARGE)


def _veiled(picture: Bytes, known: Mask | None, preparation: Preparation) -> Bytes:
    """A drawing with a shade where samples of a signal, or columns of a table, are hidden."""
    across = kind_of(preparation).drawn_along
    if known is None or across is None:
        return picture
    places = np.arange(picture.shape[across]) * known.size // picture.shape[across]
    hidden = np.expand_dims(~known.ravel()[places], 1 - across)[..., None]  # (1, W, 1) or (H, 1, 1)
    return (picture * np.where(hidden, 1.0 - VEIL, 1.0)).astype(np.uint8)
