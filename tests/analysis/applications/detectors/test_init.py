"""What all detectors have in common: what they learn, and what they never see."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from explorer.analysis.applications.detectors import (
    MOST_HELD,
    MOST_LEARNED,
    Detector,
    discover,
    learned_rows,
    parted,
)
from explorer.task import NO_TASK
from tests.analysis.applications.detectors.rows import other_test_part, table
from tests.fakes import toy_dataset

EVERY = [pytest.param(one, id=one.name) for one in discover()]


def test_they_are_found_by_their_titles() -> None:
    names = ["isolation-forest", "neighbours", "pca", "pca-raw", "ppca"]
    assert [one.name for one in discover()] == names


@pytest.mark.parametrize("one", EVERY)
def test_the_test_part_decides_nothing(one: Detector) -> None:
    known, rows = table(), table(seed=1).unit(slice(None))
    first, second = (one.learn(data, 3, NO_TASK) for data in (known, other_test_part(known)))
    assert first.setting == second.setting
    assert np.array_equal(first.score(rows), second.score(rows))


@pytest.mark.parametrize("one", EVERY)
def test_what_is_far_off_scores_above_what_was_learned(one: Detector) -> None:
    known = table()
    normal = known.unit(known.test_index)
    odd = np.random.default_rng(0).normal(0.0, 4.0, normal.shape).astype(np.float32)
    score = one.learn(known, 0, NO_TASK).score(np.concatenate([normal, odd]))
    assert score.shape == (40,) and score.dtype == np.float64
    assert roc_auc_score(np.arange(40) >= 20, score) > 0.9


@pytest.mark.parametrize("one", EVERY)
def test_the_same_seed_gives_the_same_scores(one: Detector) -> None:
    known, rows = table(), table(seed=1).unit(slice(None))
    first, second = (one.learn(known, 7, NO_TASK) for _ in range(2))
    assert np.array_equal(first.score(rows), second.score(rows))


def test_pictures_have_one_scale() -> None:
    suited = [one.name for one in discover() if one.suits(toy_dataset())]
    assert suited == ["isolation-forest", "neighbours", "pca", "ppca"]


def test_a_fifth_of_the_training_part_is_held_back() -> None:
    known = table(50)
    inner = parted(known, 0)
    assert (len(inner), int(inner.test.sum()), inner.labels) == (40, 8, None)
    assert np.array_equal(inner.x, known.x[known.train_index])
    assert np.array_equal(inner.test, parted(known, 0).test)
    assert not np.array_equal(inner.test, parted(known, 1).test)
    assert int(parted(table(4), 0).test.sum()) == 1


def test_of_many_some_are_taken() -> None:
    many = table(8_000, d=2)
    assert int(parted(many, 0).test.sum()) == MOST_HELD
    rows = learned_rows(many, 0)
    assert rows.shape == (MOST_LEARNED, 2)
    assert np.array_equal(rows, learned_rows(many, 0))
    assert not np.array_equal(rows, learned_rows(many, 1))
    assert {tuple(row) for row in rows} <= {tuple(row) for row in many.unit(many.train_index)}
    assert np.array_equal(learned_rows(table(), 0), table().unit(table().train_index))
