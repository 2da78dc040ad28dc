"""Question: which of the oldest runs go, so that their folder stays within its limits?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.compute import runs, unheard
from explorer.compute.question import Question, questions
from explorer.compute.runs import MOST_BYTES, MOST_RUNS
from explorer.task import NO_TASK, Task


@questions.register("prune")
@dataclass(frozen=True, eq=False)
class Prune(Question[str]):
    """Take the oldest runs in ``folder`` away; what went, in a sentence, or "".

    spare: what stays; those opened by another spelling of their path, and those whose end nobody
    has heard of, stay too. limits: the most runs, and the most bytes.
    """

    does = "make room in the folder of runs"
    policy = "queue"
    quiet = True

    folder: Path
    spare: tuple[Path, ...]
    limits: tuple[int, int] = (MOST_RUNS, MOST_BYTES)

    def answer(self, task: Task = NO_TASK) -> str:
        """What went, or nothing."""
        folder = self.folder.resolve()
        named = {path.resolve().name for path in self.spare if path.resolve().parent == folder}
        named |= {run.path.name for run in unheard.waiting(self.folder)}
        return runs.prune(self.folder, [self.folder / name for name in named], *self.limits)
