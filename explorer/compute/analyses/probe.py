"""Question: how far do a few labels go on codes, on PCA scores and on raw features?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from explorer import config
from explorer.compute.analysis import Analysis, Report, seed_setting
from explorer.compute.question import questions
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    from explorer.analysis.applications.semisupervised import LabelPoint
    from explorer.data.dataset import Dataset


@dataclass(frozen=True)
class Line:
    """points: (labels per class, accuracy, its deviation over repeats) each."""

    features: str
    method: str
    points: tuple[tuple[int, float, float], ...]


@dataclass(frozen=True)
class FewLabels:
    """points: every kind of features x method x count. n: samples that accuracies are of."""

    points: tuple[LabelPoint, ...]
    n: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """The points of each kind of features and each method, in order."""
        lines: dict[tuple[str, str], list[tuple[int, float, float]]] = {}
        for p in self.points:
            point = (p.labels_per_class, p.accuracy, p.deviation)
            lines.setdefault((p.features, p.method), []).append(point)
        return tuple(Line(*names, tuple(points)) for names, points in lines.items())


@questions.register("few labels")
@dataclass(frozen=True, eq=False)
class MeasureLabels(Analysis[FewLabels]):
    """Say how far a few labels carry, on codes and on raw data.

    Held-out samples are classified with 1 to 100 labels per class, by a linear probe, by nearest
    neighbours and by a small network, on codes, PCA scores and raw features; means over several
    choices of the labelled samples.
    """

    does = "measure with few labels"
    about = ("model", "dataset")
    policy = "replace"
    cached = True
    examples = ("probe digits digits",)
    tabled = ("n", "k", "repeats", "seed", "curve")

    model: ModelSnapshot
    dataset: Dataset
    repeats: int = config.setting(
        5, "Repeats", "Choices of the labelled samples.", low=1, high=1000
    )
    seed: int = seed_setting("choices")

    def answer(self, task: Task = NO_TASK) -> FewLabels:
        """Raises DataError without labels."""
        from explorer.analysis.applications.semisupervised import probe
        from explorer.analysis.basis import measured_on
        from explorer.compute.live import live

        data = measured_on(self.dataset)
        curve = probe(live(self.model), data, task, repeats=self.repeats, seed=self.seed)
        return FewLabels(curve.points, curve.n)

    def report(self, answer: FewLabels) -> Report:
        """The curve, a point for each input, method and number of labels."""
        return Report({
            "n": answer.n,
            "k": self.model.config.latent_dim,
            "repeats": self.repeats,
            "seed": self.seed,
            "curve": [asdict(point) for point in answer.points],
        })  # fmt: skip

    @classmethod
    def table(cls, values: Mapping[str, Any]) -> list[str]:
        """A line for each input and method, a column for each number of labels per class."""
        points = values["curve"]
        counts = sorted({p["labels_per_class"] for p in points})
        shares = {(p["features"], p["method"], p["labels_per_class"]): p for p in points}
        keys = list(dict.fromkeys(key[:2] for key in shares))
        table = [_columns("labels a class", counts)]
        for key in keys:
            cells = (shares[(*key, m)] for m in counts)
            texts = [f"{p['accuracy']:.3f} +- {p['deviation']:.3f}" for p in cells]
            table.append(_columns(" ".join(key), texts))
        return [f"accuracy on {values['n']} held-out samples", *table]


def _columns(name: str, cells: Sequence[object]) -> str:
    return f"{name:<16}" + "".join(f"{cell!s:>17}" for cell in cells)
