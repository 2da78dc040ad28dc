"""Questions about a path: its pictures, where it leaves the data, its way through real codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis import paths
from explorer.analysis.paths import Ground
from explorer.analysis.pca import Pca
from explorer.compute import live
from explorer.data.dataset import Bytes, Floats, Preparation
from explorer.data.drawing import drawn
from explorer.export.pixels import enlarged
from explorer.export.things import Columns, Thing
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import Task

FINE = 256  # equal steps that a path is measured at
SCORES = 16  # principal components that the way is projected on
CHUNK = 32
GIF_SIDE = 256  # px that a picture in a file is high, about


@dataclass(frozen=True, eq=False)
class FilmRequest:
    """Decode ``count`` points at equal steps of a route (k, d)."""

    model: ModelSnapshot
    route: Floats
    count: int


@dataclass(frozen=True, eq=False)
class Film:
    """z: (count, d) at equal steps of ``route``; images: (count, H, W, C) uint8, decoded there.

    length: sum |z_{i+1} - z_i| of the route.
    """

    model_id: str
    route: Floats
    z: Floats
    images: Bytes
    length: float


@dataclass(frozen=True, eq=False)
class SurveyRequest:
    """Measure the way of a film: against codes and PCA, where they are known."""

    model: ModelSnapshot
    film: Film
    codes: Codes | None = None
    pca: Pca | None = None


@dataclass(frozen=True, eq=False)
class Survey:
    """What is slower to know of a film.

    z: (257, d) at equal steps. image_length: sum |x_{i+1} - x_i| of what is decoded there, in units
    of x ([0, 1] for pictures). ground: where z leaves the data. scores: (257, k) as PCA sees it.
    """

    film: Film
    z: Floats
    image_length: float
    ground: Ground | None
    scores: Floats | None


@dataclass(frozen=True, eq=False)
class RouteRequest:
    """Which way through the codes joins nodes (m, d)?"""

    nodes: Floats
    codes: Codes


def film(request: FilmRequest, task: Task) -> Film:
    """The pictures along a route, and how long it is in z."""
    z = paths.resampled(request.route, request.count)
    images = _pictures(_decoded(request.model, z, task), request.model.preparation)
    return Film(request.model.id, request.route, z, images, paths.length(request.route))


def survey(request: SurveyRequest, task: Task) -> Survey:
    """How long the way is in pictures, where it leaves the data, and how PCA sees it."""
    made, codes, pca = request.film, request.codes, request.pca
    z = paths.resampled(made.route, FINE + 1)
    rows = _decoded(request.model, z, task)  # (FINE + 1, D)
    ground = None if codes is None else paths.off_data(z, codes.mean, task)
    scores = None if pca is None else pca.project(rows)[:, :SCORES].astype(np.float32)
    return Survey(made, z, paths.length(rows), ground, scores)


def route(request: RouteRequest, task: Task) -> Floats:
    """The shortest way from node to node that steps on real codes: (k, d)."""
    return paths.along_neighbours(request.nodes, request.codes.mean, task)


def kept(model: ModelSnapshot, film: Film) -> Thing:
    """A film as what can leave: its codes, a strip of its pictures, and an animation."""
    return Thing(
        "path", "the path",
        picture=lambda _task: _strip(film),
        film=lambda task: _there_and_back(model, film, task),
        table=lambda _task: _codes(film),
    )  # fmt: skip


def _strip(film: Film) -> Bytes:
    """Its pictures side by side: (H, count * W, C)."""
    return np.concatenate(list(enlarged(film.images, GIF_SIDE // 2)), axis=1)


def _there_and_back(model: ModelSnapshot, film: Film, task: Task) -> Bytes:
    """So that it loops without a jump; four times the pictures of the strip."""
    z = paths.resampled(film.route, 4 * len(film.z))
    images = enlarged(_pictures(_decoded(model, z, task), model.preparation), GIF_SIDE)
    return np.concatenate([images, images[-2:0:-1]])


def _codes(film: Film) -> Columns:
    names = [f"z{i + 1}" for i in range(film.z.shape[1])]
    return {"step": np.arange(len(film.z)), **dict(zip(names, film.z.T, strict=True))}


def _pictures(rows: Floats, preparation: Preparation) -> Bytes:
    return np.stack([drawn(row, preparation) for row in rows])


def _decoded(model: ModelSnapshot, z: Floats, task: Task) -> Floats:
    """The likelihood's mean at z (k, d): rows (k, D)."""
    import torch

    from explorer.models.batches import to_numpy

    module, parts = live(model), []
    with torch.inference_mode():
        for start in range(0, len(z), CHUNK):
            task.check()
            part = torch.from_numpy(np.array(z[start : start + CHUNK], np.float32))
            parts.append(to_numpy(module.decode(part)))
    return np.concatenate(parts)
