"""Question: what does the model draw at z? The live one: it follows the pointer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis.pca import Pca, on_axes
from explorer.compute.decoding.linear import LinearDecoded, on_plane, pca_plane
from explorer.compute.live import decode_rows
from explorer.compute.question import Question, questions
from explorer.data.dataset import Bytes, Floats
from explorer.data.pictures.drawing import LARGE, drawn
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@dataclass(frozen=True, eq=False)
class Decoded:
    """image: (H, W, C) uint8, the likelihood's mean; row: the same as (D,) in the model's units.

    linear: its projection on the PCA plane.
    """

    z: Floats
    image: Bytes
    linear: LinearDecoded | None = None
    row: Floats | None = None


@questions.register("decode")
@dataclass(frozen=True, eq=False)
class Decode(Question[Decoded]):
    """Decode z: (d,), in about the time of one bare forward pass.

    pca: where it is known, say what its plane of ``axes`` makes of the picture.
    """

    does = "decode z"
    about = ("model",)
    lane = "live"
    quiet = True

    model: ModelSnapshot
    z: Floats
    pca: Pca | None = None
    axes: tuple[int, int] = (0, 1)

    @property
    def subject(self) -> dict[str, object]:
        """The model; and PCA, where it is told what that makes of the picture."""
        return {"model": self.model, **({} if self.pca is None else pca_plane(self.pca, self.axes))}

    def answer(self, task: Task = NO_TASK) -> Decoded:
        """The picture at z."""
        unit = decode_rows(self.model, np.array(self.z, dtype=np.float32)[None])
        preparation = self.model.preparation
        linear = None
        if self.pca is not None:
            point = on_axes(self.pca.project(unit), self.axes)[0]
            row = on_plane(self.pca, self.axes, point)
            linear = LinearDecoded(self.axes, point, drawn(row, preparation, LARGE), None, row)
        return Decoded(self.z, drawn(unit[0], preparation, LARGE), linear, unit[0])
