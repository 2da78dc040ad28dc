"""Questions about a model's codes, for the window: how they are used, what each would draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis import codebook
from explorer.analysis.codebook import CodeUse
from explorer.compute import live
from explorer.data.dataset import Bytes, Floats
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import Task

CHUNK = 32  # pictures between two looks at the task


@dataclass(frozen=True, eq=False)
class UseRequest:
    """How often ``codes``, the codes of its data, hold each code of ``model``; None: no data."""

    model: ModelSnapshot
    codes: Codes | None


@dataclass(frozen=True, eq=False)
class Use:
    """The answer, for the model of that id."""

    model_id: str
    use: CodeUse


@dataclass(frozen=True, eq=False)
class PaletteRequest:
    """What z: (d,) would draw with each of the codes at ``position``."""

    model: ModelSnapshot
    z: Floats
    position: int


@dataclass(frozen=True, eq=False)
class Palette:
    """pictures: K of (H, W, C) uint8, one for each code in its number's order."""

    model_id: str
    position: int
    pictures: tuple[Bytes, ...]


def has_codebook(model: ModelSnapshot) -> bool:
    """Whether z stands for codes from a book."""
    return "posterior.codebook.free" in model.weights


def use(request: UseRequest, task: Task) -> Use:
    """The book, and the grid of each sample."""
    codes = codebook.book_of(live(request.model))
    assert codes is not None
    d = request.model.config.latent_dim
    mean = np.zeros((0, d), np.float32) if request.codes is None else request.codes.mean
    return Use(request.model.id, codebook.of_codes(mean, codes))


def palette(request: PaletteRequest, task: Task) -> Palette:
    """K decoded pictures, in chunks."""
    from explorer.analysis.passes import decoded
    from explorer.data.drawing import drawn

    model = live(request.model)
    codes = codebook.book_of(model)
    assert codes is not None
    index = np.tile(codebook.nearest(np.asarray(request.z, np.float32), codes), (len(codes), 1))
    index[:, request.position] = np.arange(len(codes))
    z = codebook.placed(index, codes)
    pictures: list[Bytes] = []
    for start in range(0, len(z), CHUNK):
        task.check()
        rows = decoded(model, z[start : start + CHUNK])
        pictures += [drawn(row, request.model.preparation) for row in rows]
    return Palette(request.model.id, request.position, tuple(pictures))
