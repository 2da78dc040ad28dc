"""Question: write something that is shown into a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.compute.question import Question, questions
from explorer.export.exporting import export
from explorer.export.things import Thing
from explorer.task import NO_TASK, Task


@questions.register("export")
@dataclass(frozen=True, eq=False)
class Export(Question[Path]):
    """Write ``thing`` to ``target``, whole or not at all; the answer is the path that it has got.

    It speaks of nothing that is shown later: who asked for a file gets it.
    """

    does = "export it"
    lane = "open"
    policy = "queue"
    keeps = True

    thing: Thing
    target: Path

    def answer(self, task: Task = NO_TASK) -> Path:
        """The file. Raises SettingsError and EnvironmentFault."""
        return export(self.thing, self.target, task)
