"""Question: how far do a few labels go on codes, on PCA scores and on raw features?"""

from __future__ import annotations

from dataclasses import dataclass

from explorer import config
from explorer.compute.live import live
from explorer.compute.question import Question, questions
from explorer.data.dataset import Dataset
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@dataclass(frozen=True)
class Line:
    """points: (labels per class, accuracy, its deviation over repeats) each."""

    features: str
    method: str
    points: tuple[tuple[int, float, float], ...]


@questions.register("few labels")
@dataclass(frozen=True, eq=False)
class MeasureLabels(Question[tuple[Line, ...]]):
    """Accuracies of a linear probe, nearest neighbours and a small head, a line each."""

    does = "measure with few labels"
    about = ("model", "dataset")
    policy = "replace"
    cached = True

    model: ModelSnapshot
    dataset: Dataset
    repeats: int = config.setting(3, "Repeats", "Choices of labels to take the mean of", low=1)

    def answer(self, task: Task = NO_TASK) -> tuple[Line, ...]:
        """Raises DataError without labels."""
        from explorer.analysis import semisupervised
        from explorer.analysis.basis import measured_on

        data = measured_on(self.dataset)
        curve = semisupervised.probe(live(self.model), data, task, repeats=self.repeats)
        lines: dict[tuple[str, str], list[tuple[int, float, float]]] = {}
        for p in curve.points:
            point = (p.labels_per_class, p.accuracy, p.deviation)
            lines.setdefault((p.features, p.method), []).append(point)
        return tuple(Line(*names, tuple(points)) for names, points in lines.items())
