"""Pictures at a point: of the latent plane by the decoder, of the PCA plane by its components."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis.pca import Pca, on_axes
from explorer.compute.live import encode_rows, live, unit_rows
from explorer.data.dataset import Bytes, Floats, Preparation
from explorer.data.drawing import LARGE, drawn
from explorer.models.config import ModelSnapshot
from explorer.task import Task


@dataclass(frozen=True, eq=False)
class DecodeRequest:
    """Decode z: (d,) with ``model``; with ``pca``, say what the plane of ``axes`` makes of it."""

    model: ModelSnapshot
    z: Floats
    pca: Pca | None = None
    axes: tuple[int, int] = (0, 1)


@dataclass(frozen=True, eq=False)
class Decoded:
    """image: (H, W, C) uint8, the likelihood's mean; row: the same as (D,) in the model's units.

    linear: its projection on the PCA plane.
    """

    model_id: str
    z: Floats
    image: Bytes
    linear: LinearDecoded | None = None
    row: Floats | None = None


@dataclass(frozen=True, eq=False)
class LinearDecodeRequest:
    """Decode a point (2,) of the PCA plane spanned by ``axes``; with ``model``, encode it too."""

    pca: Pca
    preparation: Preparation
    axes: tuple[int, int]
    point: Floats
    model: ModelSnapshot | None = None


@dataclass(frozen=True, eq=False)
class LinearDecoded:
    """image: (H, W, C) uint8; row: the same as (D,) in the model's units.

    z: (d,) where the model's encoder puts that picture, or None.
    """

    axes: tuple[int, int]
    point: Floats
    image: Bytes
    z: Floats | None
    model_id: str | None
    row: Floats | None = None


def decode(request: DecodeRequest, task: Task) -> Decoded:
    """The picture at z, in about the time of one bare forward pass."""
    import torch

    module = live(request.model)
    with torch.inference_mode():
        mean = module.decode(torch.from_numpy(np.array(request.z, dtype=np.float32))[None])
    unit = unit_rows(mean)
    kept = request.model.preparation
    linear = None
    if request.pca is not None:
        point = on_axes(request.pca.project(unit), request.axes)[0]
        row = _on_plane(request.pca, request.axes, point)
        linear = LinearDecoded(request.axes, point, drawn(row, kept, LARGE), None, None, row)
    image = drawn(unit[0], kept, LARGE)
    return Decoded(request.model.id, request.z, image, linear, unit[0])


def linear_decode(request: LinearDecodeRequest, task: Task) -> LinearDecoded:
    """The picture PCA draws at a point of its plane, the other scores held at their mean, 0."""
    kept = request.preparation
    row = _on_plane(request.pca, request.axes, request.point)
    image = drawn(row, kept, LARGE)
    z, model_id = None, None
    if request.model is not None:
        seen = row if kept.is_float else image  # what is shown is what is encoded
        z = encode_rows(request.model, seen.reshape(1, *kept.shape), 255)[0][0]
        model_id = request.model.id
    return LinearDecoded(request.axes, request.point, image, z, model_id, row)


def _on_plane(pca: Pca, axes: tuple[int, int], point: Floats) -> Floats:
    """(D,) what the point of the plane of ``axes`` stands for."""
    row: Floats = pca.reconstruct(point[None], axes=axes)[0]
    return row.astype(np.float32)
