"""Question: what does the model draw along a path? And how that leaves as a file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis.latent import paths
from explorer.analysis.latent.paths import LatentPath
from explorer.compute.live import live
from explorer.compute.question import Question, questions
from explorer.data.dataset import Bytes, Floats, Preparation
from explorer.data.pictures.drawing import drawn
from explorer.export.pixels import enlarged
from explorer.export.things import Columns, Thing
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task

CHUNK = 32  # pictures that a drag, which is answered in the same lane, may have to wait for
GIF_SIDE = 256  # px that a picture in a file is high, about


@dataclass(frozen=True, eq=False)
class PathPictures:
    """z: (count, d) at equal steps of ``route``; images: (count, H, W, C) uint8, decoded there.

    length: sum |z_{i+1} - z_i| of the route.
    """

    route: Floats
    z: Floats
    images: Bytes
    length: float


@questions.register("path pictures")
@dataclass(frozen=True, eq=False)
class DecodePath(Question[PathPictures]):
    """Decode ``count`` points at equal steps of a path.

    route: (k, d) the way that it takes, where its points alone do not say (`FindRoute`).
    """

    does = "draw the pictures along the path"
    about = ("path", "model")
    lane = "live"
    quiet = True
    cached = True

    path: LatentPath
    model: ModelSnapshot
    count: int
    route: Floats | None = None

    def answer(self, task: Task = NO_TASK) -> PathPictures:
        """The pictures along the way, and how long it is in z."""
        route = paths.route(self.path) if self.route is None else self.route
        z = paths.resampled(route, self.count)
        images = _pictures(decoded(self.model, z, task), self.model.preparation)
        return PathPictures(route, z, images, paths.length(route))


def kept(model: ModelSnapshot, film: PathPictures) -> Thing:
    """A film as what can leave: its codes, a strip of its pictures, and an animation."""
    return Thing(
        "path", "the path",
        picture=lambda _task: _strip(film),
        film=lambda task: _there_and_back(model, film, task),
        table=lambda _task: _codes(film),
    )  # fmt: skip


def _strip(film: PathPictures) -> Bytes:
    """Its pictures side by side: (H, count * W, C)."""
    return np.concatenate(list(enlarged(film.images, GIF_SIDE // 2)), axis=1)


def _there_and_back(model: ModelSnapshot, film: PathPictures, task: Task) -> Bytes:
    """So that it loops without a jump; four times the pictures of the strip."""
    z = paths.resampled(film.route, 4 * len(film.z))
    images = enlarged(_pictures(decoded(model, z, task), model.preparation), GIF_SIDE)
    return np.concatenate([images, images[-2:0:-1]])


def _codes(film: PathPictures) -> Columns:
    dimensions = {f"z{i}": numbers for i, numbers in enumerate(film.z.T, start=1)}
    return {"step": np.arange(len(film.z)), **dimensions}


def _pictures(rows: Floats, preparation: Preparation) -> Bytes:
    return np.stack([drawn(row, preparation) for row in rows])


def decoded(model: ModelSnapshot, z: Floats, task: Task) -> Floats:
    """The likelihood's mean at z (k, d): rows (k, D)."""
    from explorer.analysis import passes

    return passes.decoded(live(model), z, task, CHUNK)
