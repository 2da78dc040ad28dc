"""Question: of several files, which are pictures to look at, and which are data or models?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.compute.meaning import meaning
from explorer.compute.question import Question, questions
from explorer.task import NO_TASK, Task


@dataclass(frozen=True)
class Sorted:
    """pictures: single ones. sources: what is opened, models before data before folders."""

    pictures: tuple[str, ...]
    sources: tuple[str, ...]


@questions.register("sort")
@dataclass(frozen=True, eq=False)
class Sort(Question[Sorted]):
    """Sort paths that came together, as by one drop."""

    does = "look at what came"
    lane = "open"
    group = "open"
    policy = "replace"

    paths: tuple[str, ...]

    def answer(self, task: Task = NO_TASK) -> Sorted:
        """Each by its name and what it holds."""
        pictures, ranked = list[str](), list[tuple[tuple[bool, bool], str]]()
        for path in self.paths:
            task.check()
            kind = meaning(path).kind
            if kind == "picture":
                pictures.append(path)
            else:
                ranked.append(((kind != "checkpoint", Path(path).is_dir()), path))
        ranked.sort(key=lambda pair: pair[0])
        return Sorted(tuple(pictures), tuple(path for _, path in ranked))
