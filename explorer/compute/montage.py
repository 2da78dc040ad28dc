"""Question: what will the network see? Samples of each class, drawn, with counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.compute.question import Question, questions
from explorer.data.dataset import Bytes, Dataset
from explorer.data.kinds import kind_of
from explorer.data.pictures.drawing import picture_shape
from explorer.data.words.wording import many
from explorer.task import NO_TASK, Task

PICTURES, BYTES = 600, 24_000_000  # at most, in all classes together
LEAST = 4  # pictures of a class
CLASSES = 64


@dataclass(frozen=True, eq=False)
class Drawn:
    """One class, or all samples where there are none. count: of its samples.

    pictures: some of them, (m, H, W, 1 or 3) uint8, spread evenly over the order of the data.
    """

    name: str
    count: int
    pictures: Bytes


@dataclass(frozen=True, eq=False)
class Montage:
    """more: how many classes are not drawn."""

    classes: tuple[Drawn, ...]
    more: int = 0


@questions.register("montage")
@dataclass(frozen=True, eq=False)
class DrawMontage(Question[Montage]):
    """Draw samples of the training part, grouped by class where there are labels."""

    does = "draw the data"
    about = ("dataset",)
    lane = "live"
    quiet = True

    dataset: Dataset

    def answer(self, task: Task = NO_TASK) -> Montage:
        """As many pictures of each class; fewer where it has fewer."""
        data = self.dataset
        members = _members(data)
        shown = members[:CLASSES]
        each = _each(data, len(shown))
        drawn = []
        for name, rows in shown:  # one picture at a time, so that other data need not wait
            few = rows[np.linspace(0, len(rows) - 1, min(each, len(rows))).astype(np.int64)]
            pictures = []
            for row in few:
                task.check()
                pictures.append(data.picture(int(row)))
            drawn.append(Drawn(name, len(rows), np.stack(pictures)))
        return Montage(tuple(drawn), len(members) - len(shown))


def said_of(data: Dataset) -> str:
    """How many samples of what shape and of how many classes, and how many are held out."""
    shape = kind_of(data).counted(data.preparation)
    parts = [f"{len(data.train_index):,} samples to learn from", shape]
    if data.test.any():
        parts.insert(1, f"{len(data.test_index):,} held out")
    if data.labels is not None:
        parts.append(many(len(data.classes), "class", "classes"))
    return " \u00b7 ".join(parts)


def _members(data: Dataset) -> list[tuple[str, np.ndarray]]:
    """The classes of the training part with their samples; empty ones are left out."""
    rows = data.train_index if not data.test.all() else np.arange(len(data))
    if data.labels is None:
        return [("", rows)]
    labels = data.labels[rows]
    found = ((name, rows[labels == i]) for i, name in enumerate(data.classes))
    return [(name, own) for name, own in found if len(own)]


def _each(data: Dataset, classes: int) -> int:
    height, width, channels = picture_shape(data.preparation)
    room = min(PICTURES, BYTES // (height * width * channels))
    return max(LEAST, room // max(classes, 1))
