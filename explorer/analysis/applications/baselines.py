"""A model's scores held against those of detectors that need no network, on the same samples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.applications.anomalies import auroc, without
from explorer.analysis.applications.detectors import Detector, Learned, discover
from explorer.analysis.errors import LEVEL, Interval
from explorer.analysis.errors import auroc as roc
from explorer.analysis.passes import Index, parts_of
from explorer.data.dataset import Dataset
from explorer.errors import DataError
from explorer.task import NO_TASK, Task

Bools = NDArray[np.bool_]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Scored:
    """Scores (m,) of a detector, with its name, its title for people and the setting it chose."""

    name: str
    title: str
    score: Doubles
    setting: Mapping[str, int]

    @property
    def said(self) -> str:
        """Its title and setting, as "PCA (k = 3)"."""
        chosen = ", ".join(f"{name} = {n}" for name, n in self.setting.items())
        return f"{self.title} ({chosen})" if chosen else self.title


@dataclass(frozen=True, eq=False)
class Baseline:
    """How well a detector does beside the model. difference: the model's AUROC less its own.

    wide: an interval of that difference for one chosen among all: 5 % for any of them to be wrong.
    """

    scored: Scored
    auroc: float
    interval: Interval | None = None
    difference: float | None = None
    difference_interval: Interval | None = None
    wide: Interval | None = None

    @property
    def wins(self) -> bool:
        """Whether it is better than the model, by more than chance explains."""
        return self.wide is not None and self.wide[1] < 0.0

    @property
    def loses(self) -> bool:
        """Whether the model is."""
        return self.wide is not None and self.wide[0] > 0.0

    def values(self) -> dict[str, object]:
        """As JSON has it."""
        return {
            "name": self.scored.name,
            "title": self.scored.title,
            "auroc": self.auroc,
            "auroc_interval": self.interval,
            "difference_auroc": self.difference,
            "difference_auroc_interval": self.difference_interval,
            "setting": dict(self.scored.setting),
            "wins": self.wins,
        }


def scored(
    dataset: Dataset, index: Index, odd: Bools, seed: int = 0, task: Task = NO_TASK
) -> list[Scored]:
    """The samples at ``index`` by every detector that suits.

    Each learns the samples of the training part that are not ``odd`` (n,), and nothing else. One
    that has too few of them is left out.
    """
    known = without(dataset, odd)
    asked = [one for one in discover() if one.suits(known)]
    learned = ((one, _learned(one, known, seed, task)) for one in asked)
    return [
        Scored(one.name, one.title, _scores(found, dataset, index, task), found.setting)
        for one, found in learned
        if found is not None
    ]


def against(odd: Bools, ours: Doubles, others: Iterable[Scored]) -> tuple[Baseline, ...]:
    """How well each finds the ``odd`` (m,) beside our scores, the best first.

    None where all samples are of one kind.
    """
    there = list(others)
    found = [one for each in there if (one := _beside(odd, ours, each, len(there))) is not None]
    return tuple(sorted(found, key=lambda one: -one.auroc))


def verdict(baselines: Sequence[Baseline]) -> str:
    """Who is the better detector, a sentence; "" where there is nothing to hold against."""
    best = winner(baselines) or next(iter(baselines), None)
    if best is None or best.difference is None:
        return ""
    if best.wins:
        return f"{best.scored.said} is the better detector here: {_apart(best, 'its AUROC is')}"
    if best.loses:
        told = _apart(best, "has an AUROC of")
        return f"the model is the better detector here: {best.scored.said} {told}"
    return f"{best.scored.said} and the model are no different by these samples"


def _apart(one: Baseline, what: str) -> str:
    """As "its AUROC is 0.900, higher by 0.100 (0.050 to 0.150)"."""
    assert one.difference is not None and one.difference_interval is not None
    low, high = sorted(abs(bound) for bound in one.difference_interval)
    how = "higher" if one.difference < 0.0 else "lower"
    said = f"{what} {one.auroc:.3f}, {how} by {abs(one.difference):.3f}"
    return f"{said} ({low:.3f} to {high:.3f})"


def winner(baselines: Sequence[Baseline]) -> Baseline | None:
    """The best of those that are better than the model, as far as these samples can tell."""
    return next((one for one in baselines if one.wins), None)


def _learned(detector: Detector, known: Dataset, seed: int, task: Task) -> Learned | None:
    task.check()
    task.progress(None, f"learning: {detector.title}")
    try:
        return detector.learn(known, seed, task)
    except DataError:
        return None


def _scores(learned: Learned, dataset: Dataset, index: Index, task: Task) -> Doubles:
    found = np.empty(len(index))
    for part in parts_of(index, task, "scoring"):
        found[part] = learned.score(dataset.unit(index[part]))
    return found


def _beside(odd: Bools, ours: Doubles, theirs: Scored, of: int) -> Baseline | None:
    """One of ``of`` baselines; a chance of 5 % of a false winner is shared by all (Bonferroni)."""
    value = auroc(odd, theirs.score)
    if value is None:
        return None
    away, around = roc.difference(odd, ours, theirs.score) or (None, None)
    _, wide = roc.difference(odd, ours, theirs.score, 1.0 - (1.0 - LEVEL) / of) or (None, None)
    return Baseline(theirs, value, roc.interval(odd, theirs.score), away, around, wide)
