"""Question: which way through the codes of real samples joins the points of a path?"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.analysis.latent.joins import joins
from explorer.analysis.latent.paths import LatentPath
from explorer.compute.question import Question, questions
from explorer.data.dataset import Floats
from explorer.models.config import Codes
from explorer.task import NO_TASK, Task


@questions.register("path route")
@dataclass(frozen=True, eq=False)
class FindRoute(Question[Floats]):
    """The way from point to point, as its kind finds it over codes: (k, d)."""

    does = "find a way over the codes"
    about = ("path", "codes")
    quiet = True
    cached = True

    path: LatentPath
    codes: Codes

    def answer(self, task: Task = NO_TASK) -> Floats:
        """It begins and ends at the path's own points."""
        return joins[self.path.kind].way(self.path.points, self.codes.mean, task)
