"""Detectors of odd samples that need no network, for a model to be held against. One a file.

Each learns the normal samples of a training part. What it has to choose, as a number of components,
it chooses on a fifth of them that it holds back, without a look at an odd sample or at the test
part (theory, section 5). A new one is one file that registers a `Detector`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.quality import subsample
from explorer.data.dataset import Dataset, Floats
from explorer.registry import Registry
from explorer.task import Task

Doubles = NDArray[np.float64]

HELD_BACK = 0.2  # of the normal training samples, to choose settings on
MOST_LEARNED, MOST_HELD = 5_000, 1_000  # samples between which distances are taken


@dataclass(frozen=True, eq=False)
class Learned:
    """What a detector has learned.

    score: rows (m, D) as the model has them -> (m,), greater is odder. setting: what it chose.
    """

    score: Callable[[Floats], Doubles]
    setting: Mapping[str, int]


class Detector(ABC):
    """name: in JSON. title: for people."""

    name: str
    title: str

    def suits(self, known: Dataset) -> bool:
        """Whether it says anything of such data that the others do not; it does, as a rule."""
        return True

    @abstractmethod
    def learn(self, known: Dataset, seed: int, task: Task) -> Learned:
        """Learn the training part of ``known``, all of it normal. seed: of what is held back.

        Raises DataError where there are too few samples for it.
        """


detectors: Registry[Detector] = Registry("detector")


def discover() -> list[Detector]:
    """All detectors, by their titles."""
    detectors.discover(__name__)
    return sorted(detectors.values(), key=lambda one: one.title.casefold())


def parted(known: Dataset, seed: int) -> Dataset:
    """The training part alone; a fifth of it, 1 to `MOST_HELD` samples, is its held-out part."""
    index = known.train_index
    held = min(max(1, int(HELD_BACK * len(index))), MOST_HELD)
    test = np.zeros(len(index), bool)
    test[np.random.default_rng(seed).permutation(len(index))[:held]] = True
    return replace(known, x=known.x[index], test=test, labels=None, classes=(), names=None)


def learned_rows(known: Dataset, seed: int) -> Floats:
    """The training part as the model has it, at most `MOST_LEARNED` by the seed: (n, D)."""
    index = known.train_index
    return known.unit(index[subsample(len(index), MOST_LEARNED, seed)])
