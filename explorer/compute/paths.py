"""Questions about a path: its pictures, where it leaves the data, its way through real codes."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from explorer.analysis import paths
from explorer.analysis.paths import Ground
from explorer.analysis.pca import Pca
from explorer.compute import live
from explorer.data.dataset import Bytes, Floats, Preparation
from explorer.data.drawing import drawn
from explorer.errors import ExplorerError
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import Task
from explorer.writing import exported

FINE = 256  # equal steps that a path is measured at
SCORES = 16  # principal components that the way is projected on
CHUNK = 32
GIF_MS = 50  # a frame
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


@dataclass(frozen=True, eq=False)
class ExportRequest:
    """Write a film: ``target`` is .png (a strip), .gif (there and back) or .csv (its codes)."""

    model: ModelSnapshot
    film: Film
    target: Path


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


def export(request: ExportRequest, task: Task) -> Path:
    """Write the file, whole or not at all.

    Raises ExplorerError where it cannot be written, or is of no known kind.
    """
    writers = {".png": _write_strip, ".gif": _write_gif, ".csv": _write_codes}
    writer = writers.get(request.target.suffix.lower())
    if writer is None:
        known = ", ".join(writers)
        raise ExplorerError(
            "a path is not written as this kind of file", where=request.target,
            remedy=f"choose one of {known}",
        )  # fmt: skip
    with exported(request.target, "the path") as file:
        writer(request, file, task)
    return request.target


def _write_strip(request: ExportRequest, file: IO[bytes], task: Task) -> None:
    from PIL import Image

    images = _enlarged(request.film.images, GIF_SIDE // 2)
    strip = np.concatenate(list(images), axis=1)  # (H, count * W, C)
    Image.fromarray(_plain(strip)).save(file, "PNG")


def _write_gif(request: ExportRequest, file: IO[bytes], task: Task) -> None:
    """There and back, so that it loops without a jump; four times the pictures of the strip."""
    from PIL import Image

    z = paths.resampled(request.film.route, 4 * len(request.film.z))
    preparation = request.model.preparation
    images = _enlarged(_pictures(_decoded(request.model, z, task), preparation), GIF_SIDE)
    frames = [Image.fromarray(_plain(image)) for image in (*images, *images[-2:0:-1])]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=GIF_MS, loop=0)


def _write_codes(request: ExportRequest, file: IO[bytes], task: Task) -> None:
    z = request.film.z
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(["step", *(f"z{i + 1}" for i in range(z.shape[1]))])
    writer.writerows([i, *(f"{v:.7g}" for v in row)] for i, row in enumerate(z))
    text.detach()  # the file is closed by whoever opened it


def _plain(picture: Bytes) -> Bytes:
    """Grey as Pillow wants it, without its one channel."""
    return picture[..., 0] if picture.shape[-1] == 1 else picture


def _enlarged(images: Bytes, side: int) -> Bytes:
    """Every pixel as a block, so that a picture is about ``side`` px high: (n, H', W', C)."""
    factor = max(1, side // images.shape[1])
    return images.repeat(factor, axis=1).repeat(factor, axis=2)


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
