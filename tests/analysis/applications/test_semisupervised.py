"""Few labels: the curve's shape, its fairness, and what it says where the answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis.applications.semisupervised import METHODS, labelled, probe
from explorer.errors import Cancelled, DataError
from explorer.models.autoencoder import Autoencoder, build
from explorer.models.config import ModelConfig
from explorer.task import Task
from tests.fakes import toy_dataset


def model() -> Autoencoder:
    made = build(ModelConfig(hidden=16), toy_dataset(5).preparation, seed=0)
    return made.eval().requires_grad_(False)


def test_one_line_for_every_input_and_method() -> None:
    curve = probe(model(), toy_dataset(90), counts=(1, 5, 10_000), repeats=2)
    assert curve.n == 18 and len(curve.points) == 3 * 3 * 2
    assert {p.labels_per_class for p in curve.points} == {1, 5}  # there are no 10,000
    assert all(0.0 <= p.accuracy <= 1.0 and p.repeats == 2 for p in curve.points)
    assert [m for m, _ in curve.of("codes", "linear")] == [1, 5]


def test_three_blobs_apart_are_told_apart() -> None:
    curve = probe(model(), toy_dataset(150), counts=(1, 10), repeats=3)
    for method in METHODS:
        few, more = curve.of("pca", method)
        assert more[1] >= 0.95 and few[1] > 0.6


def test_linear_probe_is_sklearns() -> None:
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(0)
    rows, labels = rng.normal(size=(40, 3)).astype(np.float32), np.arange(40) % 3
    guess = METHODS["linear"](rows, labels, rows, 0)
    assert np.array_equal(guess, LogisticRegression(max_iter=300).fit(rows, labels).predict(rows))


def test_labels_are_drawn_by_seed_and_evenly() -> None:
    labels = np.array([0] * 50 + [1] * 7 + [3] * 20)
    some = labelled(labels, 5, seed=1)
    assert np.bincount(labels[some]).tolist() == [5, 5, 0, 5]
    assert np.array_equal(some, labelled(labels, 5, seed=1))
    assert not np.array_equal(some, labelled(labels, 5, seed=2))


def test_what_cannot_be_probed() -> None:
    data = toy_dataset(30)
    with pytest.raises(DataError, match="labels"):
        probe(model(), replace(data, labels=None, classes=()))
    with pytest.raises(DataError, match="one class"):
        probe(model(), replace(data, labels=np.zeros(30, np.int64)))
    with pytest.raises(DataError, match="held-out"):
        probe(model(), replace(data, test=np.zeros(30, bool)))


def test_cancels() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        probe(model(), toy_dataset(30), task)
