"""Question: what does PCA draw at a point of its plane, and where would the model put that?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis.pca import Pca
from explorer.compute.live import encode_rows
from explorer.compute.question import Question, questions
from explorer.data.dataset import Bytes, Dataset, Floats
from explorer.data.kinds import kind_of
from explorer.data.pictures.drawing import LARGE, drawn
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@dataclass(frozen=True, eq=False)
class LinearDecoded:
    """image: (H, W, C) uint8; row: the same as (D,) in the model's units.

    z: (d,) where the model's encoder puts that picture, or None.
    """

    axes: tuple[int, int]
    point: Floats
    image: Bytes
    z: Floats | None
    row: Floats | None = None


@questions.register("decode linearly")
@dataclass(frozen=True, eq=False)
class DecodeLinearly(Question[LinearDecoded]):
    """Decode a point (2,) of the plane of ``axes``, the other scores held at their mean, 0.

    model: where there is one, encode the picture too. plane: the name of the view that it is in.
    """

    does = "decode a point of the PCA plane"
    about = ("model", "dataset", "pca")
    lane = "live"
    quiet = True

    dataset: Dataset
    pca: Pca
    axes: tuple[int, int]
    point: Floats
    model: ModelSnapshot | None = None
    plane: str = "pca"

    @property
    def subject(self) -> dict[str, object]:
        """The axes of its plane, too."""
        return {**super().subject, **pca_plane(self.pca, self.axes, self.plane)}

    def answer(self, task: Task = NO_TASK) -> LinearDecoded:
        """The picture there."""
        kept, z = self.dataset.preparation, None
        row = on_plane(self.pca, self.axes, self.point)
        image = drawn(row, kept, LARGE)
        if self.model is not None:
            seen = kind_of(kept).seen(row[None], kept)  # what is shown is what is encoded
            z = encode_rows(self.model, seen, 255)[0][0]
        return LinearDecoded(self.axes, self.point, image, z, row)


def pca_plane(pca: Pca, axes: tuple[int, int], plane: str = "pca") -> dict[str, object]:
    """The plane that something is said about, as fields of the state."""
    return {"pca": pca, f"planes.{plane}.axes": axes}


def on_plane(pca: Pca, axes: tuple[int, int], point: Floats) -> Floats:
    """(D,) what the point of the plane of ``axes`` stands for."""
    row: Floats = pca.reconstruct(point[None], axes=axes)[0]
    return row.astype(np.float32)
