"""Question: what is in the file of a moment of the training?"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.compute.question import Question, questions
from explorer.task import NO_TASK, Task
from explorer.training.record.curve import Curve
from explorer.training.record.moment import Moment


@questions.register("moment")
@dataclass(frozen=True, eq=False)
class LoadMoment(Question[Moment]):
    """A moment with its weights and codes. curve: of the training that it is of."""

    does = "go back to that moment of the training"
    about = ("curve",)
    lane = "live"
    quiet = True

    moment: Moment
    curve: Curve

    def answer(self, task: Task = NO_TASK) -> Moment:
        """The same moment, in memory. Raises CheckpointError where its file cannot be read."""
        from explorer.training.record import moment_file

        return moment_file.load(self.moment)
