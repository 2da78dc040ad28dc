"""Few labels: the curve's shape, its fairness, and what it says where the answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis.applications import semisupervised
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
        probe(model(), replace(data, labels=None, classes=()), repeats=1)
    with pytest.raises(DataError, match="one class"):
        probe(model(), replace(data, labels=np.zeros(30, np.int64)), repeats=1)
    with pytest.raises(DataError, match="held-out"):
        probe(model(), replace(data, test=np.zeros(30, bool)), repeats=1)


def test_cancels() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        probe(model(), toy_dataset(30), task, repeats=1)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_the_other_probes_are_sklearns_too() -> None:
    """Five neighbours vote, or as many as the rarest class has labels; the head keeps its seed."""
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.neural_network import MLPClassifier

    rng = np.random.default_rng(0)
    rows, asked = (rng.normal(size=(n, 3)).astype(np.float32) for n in (40, 30))
    for labels, k in (
        (np.arange(40) % 2, 5),
        (np.array([0] * 37 + [1] * 3), 3),
        (np.array([0] * 20 + [1] * 15 + [2] * 5), 5),
    ):
        wanted = KNeighborsClassifier(k).fit(rows, labels).predict(asked)
        assert np.array_equal(METHODS["neighbours"](rows, labels, asked, 0), wanted)
    labels = np.arange(40) % 3
    heads = [METHODS["head"](rows, labels, asked, seed) for seed in (1, 1, 2)]
    assert np.array_equal(heads[0], heads[1]) and not np.array_equal(heads[0], heads[2])
    wide = MLPClassifier((64,), solver="lbfgs", alpha=0.01, max_iter=200, random_state=1)
    assert np.array_equal(heads[0], wide.fit(rows, labels).predict(asked))


def test_counts_that_the_rarest_class_reaches_are_asked_and_each_repeat_has_its_draw() -> None:
    labels = np.array([0] * 50 + [1] * 7 + [3] * 20)
    train = np.arange(0, 77)
    chosen = semisupervised._chosen(labels, train, (1, 7, 8), 3, seed=5)
    assert list(chosen) == [(1, 0), (1, 1), (1, 2), (7, 0), (7, 1), (7, 2)]
    for (m, repeat), some in chosen.items():
        np.testing.assert_array_equal(some, labelled(labels, m, 5 + repeat))
    half = train[::2]  # positions of samples, not of the training part
    for some in semisupervised._chosen(labels, half, (2,), 2, seed=0).values():
        assert set(some) <= set(half) and np.bincount(labels[some]).tolist() == [2, 2, 0, 2]


def test_of_many_samples_some_are_judged_and_some_tell_the_units(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen, unit = [], semisupervised._unit

    def watched(rows: np.ndarray) -> object:
        seen.append(len(rows))
        return unit(rows)

    monkeypatch.setattr(semisupervised, "_unit", watched)
    many = toy_dataset(5500, height=4, width=4)
    made = build(ModelConfig(hidden=16), many.preparation, seed=0).eval().requires_grad_(False)
    curve = probe(made, many, counts=(1,), repeats=1, methods=("neighbours",))
    assert (len(many.test_index), len(many.train_index)) == (1100, 4400)
    assert curve.n == semisupervised.MOST_TEST
    assert seen == [semisupervised.MOST_REFERENCE] * 3


def test_counts_are_one_and_five_of_each_power_of_ten() -> None:
    """So that they stand evenly on an axis of logarithms."""
    by_tens = [10 ** (len(str(count)) - 1) for count in semisupervised.COUNTS]
    assert by_tens == sorted(by_tens)
    assert np.divide(semisupervised.COUNTS, by_tens).tolist() == [1, 5, 1, 5, 1]


def test_a_point_is_the_mean_and_the_deviation_over_repeats() -> None:
    (point,) = semisupervised._points({("raw", "head", 5): [0.5, 0.75, 1.0]})
    assert (point.features, point.method, point.labels_per_class) == ("raw", "head", 5)
    assert (point.accuracy, point.repeats) == (0.75, 3)
    assert point.deviation == pytest.approx(np.sqrt(2 / 3) / 4)


def test_features_keep_their_proportions_and_the_widest_has_the_unit_one() -> None:
    rng = np.random.default_rng(0)
    rows = (rng.normal(size=(200, 2)) * [3, 0.3] + [7, -1]).astype(np.float32)
    units = {"raw": semisupervised._unit(rows), "flat": semisupervised._unit(0 * rows)}
    made = semisupervised._standardised({"raw": rows, "flat": 0 * rows}, units)
    np.testing.assert_allclose(made["raw"].mean(0), 0, atol=1e-5)
    np.testing.assert_allclose(made["raw"].std(0), rows.std(0) / rows.std(0).max(), rtol=1e-5)
    assert not made["flat"].any()
