"""Question: what would the model draw at a place that is not the one shown?"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.compute.decoding.latent import Decode
from explorer.compute.question import Question, questions
from explorer.data.dataset import Bytes, Floats
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@questions.register("decode a place")
@dataclass(frozen=True, eq=False)
class DecodePlace(Question[Bytes]):
    """Decode z: (d,) to a picture (H, W, C) uint8; each one that is asked for is answered."""

    does = "decode the place"
    about = ("model",)
    lane = "live"
    policy = "queue"
    quiet = True

    model: ModelSnapshot
    z: Floats

    def answer(self, task: Task = NO_TASK) -> Bytes:
        """The picture there."""
        return Decode(self.model, self.z).answer(task).image
