"""Questions: where do latent vectors lie in a plane of pictures, and which z are its points?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from explorer.compute.live import encode_rows, live
from explorer.compute.question import Policy, Question, questions
from explorer.data.dataset import Floats
from explorer.data.kinds import kind_of
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@questions.register("project")
@dataclass(frozen=True, eq=False)
class Project(Question[Floats]):
    """Decode z: (m, d) and find where the pictures lie: (m, 2).

    lay: rows of data (m, D) in the model's units to points (m, 2).
    """

    does = "find where latent vectors lie in a plane"
    about = ("model",)
    policy = "queue"
    quiet = True

    model: ModelSnapshot
    z: Floats
    lay: Callable[[Floats], Floats | None]

    def answer(self, task: Task = NO_TASK) -> Floats:
        """(m, 2); nothing (0, 2) where no row has a place."""
        from explorer.analysis.passes import decoded

        laid = self.lay(decoded(live(self.model), self.z, task)) if len(self.z) else None
        return np.zeros((0, 2), np.float32) if laid is None else laid


@questions.register("encode points")
@dataclass(frozen=True, eq=False)
class EncodeRows(Question[Floats]):
    """Encode rows of data (m, D) in the model's units as the pictures that they are shown as."""

    does = "find the z of a place"
    about = ("model",)
    lane = "live"
    policy: ClassVar[Policy] = "queue"
    quiet = True

    model: ModelSnapshot
    rows: Floats

    def answer(self, task: Task = NO_TASK) -> Floats:
        """Means (m, d)."""
        preparation = self.model.preparation
        seen = kind_of(preparation).seen(self.rows, preparation)
        return encode_rows(self.model, seen, 255)[0]


@questions.register("encode cursor")
@dataclass(frozen=True, eq=False)
class EncodeCursor(EncodeRows):
    """The same of one point that is moved: of those that wait, the newest alone is answered."""

    does = "find the z of the cursor"
    policy = "latest"
