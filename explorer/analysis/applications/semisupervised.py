"""What codes are worth where labels are few: accuracy over m labels per class, as a curve.

The same three classifiers on codes, on PCA scores of as many dimensions, and on the raw features:
logistic regression (a linear probe), nearest neighbours, and a small network (a head). Which m
samples are labelled is drawn anew with every repeat, the same ones for all three inputs.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.analysis import pca
from explorer.analysis.comparing.with_pca import scores_of
from explorer.analysis.pca import Pca
from explorer.analysis.quality import subsample
from explorer.data.dataset import Dataset, Floats
from explorer.errors import DataError
from explorer.models.autoencoder import Autoencoder
from explorer.models.encoding import encode
from explorer.task import NO_TASK, Task

Labels = NDArray[np.int64]
Chosen = dict[tuple[int, int], NDArray[np.int64]]  # labelled samples by their count, and repeat

COUNTS = (1, 5, 10, 50, 100)  # labels per class
MOST_TEST = 1_000  # samples that accuracies are of
MOST_REFERENCE = 2_000  # unlabelled samples that units are measured on
HIDDEN = 64  # units of the head


@dataclass(frozen=True)
class LabelPoint:
    """Mean and standard deviation of the accuracy over ``repeats`` choices of labels."""

    features: str
    method: str
    labels_per_class: int
    accuracy: float
    deviation: float
    repeats: int


@dataclass(frozen=True)
class LabelCurve:
    """points: every features x method x count that there are labels for. n: test samples."""

    points: tuple[LabelPoint, ...]
    n: int

    def of(self, features: str, method: str) -> list[tuple[int, float]]:
        """(labels per class, accuracy) of one line."""
        chosen = (p for p in self.points if (p.features, p.method) == (features, method))
        return [(p.labels_per_class, p.accuracy) for p in chosen]


def probe(
    model: Autoencoder,
    dataset: Dataset,
    task: Task = NO_TASK,
    *,
    counts: Sequence[int] = COUNTS,
    repeats: int,
    seed: int = 0,
    methods: Sequence[str] = (),
) -> LabelCurve:
    """The curve for codes, PCA scores and raw features; a count that no class reaches is left out.

    Labelled samples come from the training part, accuracies from the held-out part. Raises
    DataError without labels, with one class only, or without a held-out part.
    """
    labels, train = _labels(dataset), dataset.train_index
    test, reference = _some(dataset.test_index, MOST_TEST), _some(train, MOST_REFERENCE)
    chosen = _chosen(labels, train, counts, repeats, seed)
    inputs = _Inputs.of(model, dataset, [reference, test, *chosen.values()], task)
    units = {name: _unit(rows) for name, rows in inputs.at(reference).items()}
    judged = _standardised(inputs.at(test), units)
    found: dict[tuple[str, str, int], list[float]] = {}
    for (m, repeat), some in _in_turn(chosen, task):
        for features, rows in _standardised(inputs.at(some), units).items():
            for name in methods or METHODS:
                guess = METHODS[name](rows, labels[some], judged[features], seed + repeat)
                right = float((guess == labels[test]).mean())
                found.setdefault((features, name, m), []).append(right)
    return LabelCurve(_points(found), len(test))


def _some(index: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    return index[subsample(len(index), most)]


def _in_turn(chosen: Chosen, task: Task) -> Iterator[tuple[tuple[int, int], NDArray[np.int64]]]:
    for step, one in enumerate(chosen.items()):
        task.check()
        task.progress(step / len(chosen), "probing with few labels")
        yield one


def _chosen(
    labels: Labels, train: NDArray[np.int64], counts: Sequence[int], repeats: int, seed: int
) -> Chosen:
    """The labelled samples of each count that every class reaches, and of each repeat of it."""
    per_class = np.bincount(labels[train])
    asked = [m for m in counts if m <= per_class[per_class > 0].min()]
    return {
        (m, repeat): train[labelled(labels[train], m, seed + repeat)]
        for m in asked
        for repeat in range(repeats)
    }


def _points(shares: Mapping[tuple[str, str, int], Sequence[float]]) -> tuple[LabelPoint, ...]:
    """Of each kind of features, method and count, how often it was right over the repeats."""
    return tuple(
        LabelPoint(*key, float(np.mean(each)), float(np.std(each)), len(each))
        for key, each in shares.items()
    )


@dataclass(frozen=True, eq=False)
class _Inputs:
    """What classifiers are given: codes (r, d) of the samples at ``index`` (r,), PCA, raw data.

    Each sample is encoded once, however often it is chosen.
    """

    dataset: Dataset
    linear: Pca
    index: NDArray[np.int64]
    codes: Floats

    @classmethod
    def of(
        cls, model: Autoencoder, dataset: Dataset, parts: Sequence[NDArray[np.int64]], task: Task
    ) -> _Inputs:
        """Of all samples that stand in one of ``parts``."""
        index = np.unique(np.concatenate(parts))
        linear = pca.fit(dataset, model.prior.latent_dim, task)
        return cls(dataset, linear, index, encode(model, dataset, index, task).mean)

    def at(self, some: NDArray[np.int64]) -> dict[str, Floats]:
        """The three inputs of some samples: (m, d), (m, k), (m, D)."""
        return {
            "codes": self.codes[np.searchsorted(self.index, some)],
            "pca": scores_of(self.linear, self.dataset, some),
            "raw": self.dataset.unit(some),
        }


def labelled(labels: Labels, m: int, seed: int) -> NDArray[np.int64]:
    """Positions of m samples of each class that there is, drawn with ``seed``; in order."""
    order = np.random.default_rng(seed).permutation(len(labels))
    picked = [order[labels[order] == label][:m] for label in np.unique(labels)]
    return np.sort(np.concatenate(picked))


def _labels(dataset: Dataset) -> Labels:
    if dataset.labels is None:
        raise DataError(
            "the samples have no labels", where=dataset.name, remedy="give data with labels"
        )
    if len(np.unique(dataset.labels[dataset.train_index])) < 2:
        raise DataError(
            "there is one class only", where=dataset.name, remedy="give data with several classes"
        )
    if len(dataset.test_index) == 0:
        raise DataError(
            "there is no held-out part", where=dataset.name, remedy="give data with a test part"
        )
    return dataset.labels


def _unit(reference: Floats) -> tuple[Floats, np.float32]:
    """The centre (d,), and one unit for all features, as unlabelled samples (m, d) give them."""
    widest = max(reference.std(axis=0).max(), np.finfo(np.float32).tiny)
    return reference.mean(axis=0), np.float32(widest)


def _standardised(
    inputs: Mapping[str, Floats], units: Mapping[str, tuple[Floats, np.float32]]
) -> dict[str, Floats]:
    """Centred, in their units: (m, d) -> (m, d)."""
    return {name: (rows - units[name][0]) / units[name][1] for name, rows in inputs.items()}


Method = Callable[[Floats, Labels, Floats, int], Labels]


def _linear(rows: Floats, labels: Labels, asked: Floats, seed: int) -> Labels:
    """Logistic regression with scikit-learn's default of weight decay."""
    from sklearn.linear_model import LogisticRegression

    return _fitted(LogisticRegression(max_iter=300), rows, labels, asked)


def _neighbours(rows: Floats, labels: Labels, asked: Floats, seed: int) -> Labels:
    """The vote of up to 5 neighbours, never of more than there are labels a class."""
    from sklearn.neighbors import KNeighborsClassifier

    k = min(5, int(np.unique(labels, return_counts=True)[1].min()))
    return _fitted(KNeighborsClassifier(k), rows, labels, asked)


def _head(rows: Floats, labels: Labels, asked: Floats, seed: int) -> Labels:
    """One hidden layer, trained to the end by L-BFGS."""
    from sklearn.neural_network import MLPClassifier

    head = MLPClassifier((HIDDEN,), solver="lbfgs", alpha=0.01, max_iter=200, random_state=seed)
    return _fitted(head, rows, labels, asked)


def _fitted(classifier: Any, rows: Floats, labels: Labels, asked: Floats) -> Labels:
    from threadpoolctl import threadpool_limits

    with warnings.catch_warnings(), threadpool_limits(1):
        warnings.simplefilter("ignore")  # a bound on the iterations is meant
        guess: Labels = classifier.fit(rows, labels).predict(asked)
    return guess


METHODS: dict[str, Method] = {"linear": _linear, "neighbours": _neighbours, "head": _head}
