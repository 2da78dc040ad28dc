"""Question: what does a model's decoder make of the whole plane?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer import config
from explorer.compute.analysis import Analysis, Report
from explorer.compute.question import questions
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    from explorer.data.dataset import Bytes


@questions.register("atlas")
@dataclass(frozen=True, eq=False)
class DrawAtlas(Analysis["Bytes"]):
    """Draw what a model's decoder makes of a grid of codes.

    z1 grows to the right and z2 upwards; further dimensions are 0.
    """

    does = "draw the atlas"
    about = ("model",)
    topic = "pictures"
    examples = ("atlas digits --out atlas.png",)
    writes = ("picture",)

    model: ModelSnapshot
    size: int = config.setting(20, "Size", "Pictures a side of the grid.", low=1, high=200)
    extent: float = config.setting(
        3.0, "Extent", "How far the grid reaches: from -extent to extent.", low=0.0, high=1e6
    )

    def answer(self, task: Task = NO_TASK) -> Bytes:
        """One picture (size * H, size * W, C) uint8; one row of it where codes are numbers."""
        from explorer.analysis.latent import atlas
        from explorer.compute.live import live

        return atlas.draw(live(self.model), self.model.preparation, self.size, self.extent, task)

    def report(self, answer: Bytes) -> Report:
        """The picture, and what it is of."""
        from explorer.export.things import pictured

        values = {"size": self.size, "extent": self.extent}
        return Report(values, thing=pictured("atlas", "the atlas", answer))
