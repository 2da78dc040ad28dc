"""Question: which trainings ended, or were cut off, without anybody hearing of it?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.compute import unheard
from explorer.compute.question import Question, questions
from explorer.compute.runs import RunRecord
from explorer.task import NO_TASK, Task


@questions.register("look for runs")
@dataclass(frozen=True, eq=False)
class FindWaiting(Question[tuple[RunRecord, ...]]):
    """The runs in ``folder`` that are to be told of, the newest first.

    In the lane that opens, so that they are told of after the greeting of what is opened.
    """

    does = "look for runs"
    lane = "open"
    policy = "queue"
    quiet = True

    folder: Path

    def answer(self, task: Task = NO_TASK) -> tuple[RunRecord, ...]:
        """Those with a mark and no writer."""
        return unheard.waiting(self.folder)
