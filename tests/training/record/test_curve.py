"""A curve: what was given out stays, what is asked of it is the plain definition."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.training.record.curve import curve_rows, empty
from explorer.training.record.curve_writer import CurveWriter


def written(count: int, steps: int = 100, *, kl: float = 2.0) -> CurveWriter:
    writer = CurveWriter(empty(steps, 10, "ELBO", 7))
    values = np.array([[-float(i), kl, float(i)] for i in range(1, count + 1)])
    writer.add(count, [4] * count, values)
    return writer


def test_the_value_at_an_epoch_is_the_mean_of_the_tenth_of_it_before() -> None:
    curve = written(100).curve
    point = curve.at(0.5)
    assert point is not None and point.epoch == 0.5
    assert point.reconstruction == pytest.approx(np.mean(range(41, 51)))
    assert point.train_elbo == pytest.approx(-point.reconstruction - 2)
    assert curve.at(0.005) is None and curve.last == curve.at(1.0) == curve.at(9.0)
    early = curve.at(0.03)
    assert early is not None and early.reconstruction == pytest.approx(2)


def test_few_steps_an_epoch_are_never_mixed_over_more_than_one() -> None:
    point = written(6, steps=2).curve.last
    assert point is not None and point.reconstruction == 5.5


def test_where_an_epoch_has_few_steps_a_value_is_calm_and_still_not_late() -> None:
    """Of steps that jump by chance it keeps a small part, of a rise it is half an epoch behind."""
    chance = np.random.default_rng(0).standard_normal(2000)
    noisy = CurveWriter(empty(20, 100))
    noisy.add(2000, [4] * 2000, np.column_stack([chance, 0 * chance, chance]))
    values = noisy.curve.means(np.arange(100, 2000))[0]
    assert values.std() < 0.4
    risen = CurveWriter(empty(20, 2))
    steps = np.where(np.arange(40) < 20, -9.0, -1.0)
    risen.add(40, [4] * 40, np.column_stack([steps, 0 * steps, steps]))
    point = risen.curve.at(1.5)
    assert point is not None and point.reconstruction == 1.0


def test_a_batch_weighs_what_it_holds() -> None:
    writer = CurveWriter(empty(2, 1))
    writer.add(2, [30, 10], np.array([[-4.0, 0.0, 4.0], [-8.0, 0.0, 8.0]]))
    assert writer.curve.last is not None and writer.curve.last.reconstruction == 5


def test_a_point_posterior_has_no_kl_and_all_of_it_is_its_bound() -> None:
    curve = written(5, kl=np.nan).curve
    assert not curve.has_kl and curve.last is not None and curve.last.kl is None
    assert curve.last.train_elbo == -curve.last.reconstruction
    assert curve.train_elbo.tolist() == curve.rows.log_px.tolist()
    assert curve_rows(curve)[1][5] is None


def test_the_test_value_is_the_last_one_measured_by_then() -> None:
    writer = written(100)
    for step, value in ((10, -9.0), (50, -5.0), (50, -4.0), (80, -3.0)):
        writer.test(step, value)
    curve = writer.curve
    found = [curve.at(epoch) for epoch in (0.09, 0.1, 0.49, 0.5, 1.0)]
    assert [point and point.test_elbo for point in found] == [None, -9, -9, -4, -3]
    assert curve.test_epoch.tolist() == [0.1, 0.5, 0.8]
    assert [row[-1] for row in curve_rows(curve)[1:] if row[-1] is not None] == [-9, -4, -3]


def test_a_curve_ends_where_it_is_cut() -> None:
    writer = written(100)
    writer.test(30, -1.0)
    writer.test(31, -2.0)
    cut = writer.curve.until(0.3)
    assert len(cut) == 30 and cut.test_step.tolist() == [30] and len(writer.curve) == 100
    grown = CurveWriter(cut)
    grown.add(31, [4], np.zeros((1, 3)))
    assert grown.curve.rows.step.tolist() == list(range(1, 32))
    assert writer.curve.rows.log_px[30] == -31


def test_the_table_names_its_columns() -> None:
    names, first, *_ = curve_rows(written(3).curve)
    assert dict(zip(names, first, strict=True)) == {
        "step": 1, "epoch": 0.01, "samples": 4, "train_elbo": -3.0, "reconstruction": 1.0,
        "kl": 2.0, "objective": 1.0, "test_elbo": None,
    }  # fmt: skip


def test_means_at_many_rows_are_those_at_each() -> None:
    curve = written(300).curve
    at = np.array([0, 3, 4, 150, 299])
    found = np.stack(curve.means(at))
    for column, i in zip(found.T, at, strict=True):
        rows = range(max(i - 9, 0), i + 1)
        wanted = [-np.mean([j + 1.0 for j in rows]), 2.0, np.mean([j + 1.0 for j in rows])]
        np.testing.assert_allclose(column, wanted)


def test_the_epoch_of_a_step_is_that_step_whatever_floats_make_of_it() -> None:
    curve = written(400, steps=49).curve
    for step in range(1, 201):
        point = curve.at(step / 49)
        assert len(curve.until(step / 49)) == step
        assert point is not None and point.epoch == step / 49
    assert len(curve.until((1 - 1e-6) * 7)) == 7 * 49 - 1


def test_a_curve_has_a_kl_from_its_first_step_on() -> None:
    assert written(1).curve.has_kl and not written(1, kl=np.nan).curve.has_kl
    assert not empty(4, 1).has_kl
