"""Question: what does a model of one latent dimension draw along z?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.compute.live import decode_rows
from explorer.compute.question import Question, questions
from explorer.data.dataset import Bytes, Floats
from explorer.data.pictures.drawing import drawn
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@dataclass(frozen=True, eq=False)
class LinePictures:
    """z: (n,) at equal steps, in latent units; images: (n, H, W, C) uint8, decoded there."""

    z: Floats
    images: Bytes


@questions.register("decode a line")
@dataclass(frozen=True, eq=False)
class DecodeLine(Question[LinePictures]):
    """Decode the middles of ``count`` equal cells from z = ``low`` to ``high``."""

    does = "draw the pictures along z"
    about = ("model",)
    lane = "live"
    quiet = True

    model: ModelSnapshot
    low: float
    high: float
    count: int

    def answer(self, task: Task = NO_TASK) -> LinePictures:
        """The likelihood's mean in each cell."""
        middles = (np.arange(self.count) + 0.5) / self.count
        z = (self.low + (self.high - self.low) * middles).astype(np.float32)
        rows = decode_rows(self.model, z[:, None])
        return LinePictures(z, np.stack([drawn(row, self.model.preparation) for row in rows]))
