"""A curve: what was given out stays, what is asked of it is the plain definition."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from explorer.training.record.curve import (
    MOST_ROWS,
    Curve,
    CurveWriter,
    Rows,
    coarser,
    curve_rows,
    empty,
)


def written(count: int, steps: int = 100, *, kl: float = 2.0) -> CurveWriter:
    writer = CurveWriter(empty(steps, 10, "ELBO", 7))
    values = np.array([[-float(i), kl, float(i)] for i in range(1, count + 1)])
    writer.add(count, [4] * count, values)
    return writer


def test_what_was_given_out_stays_as_it_was_while_the_curve_grows() -> None:
    writer = written(3)
    before, shares = writer.curve, written(3).curve
    for step in range(4, 2000):
        writer.add(step, [4], np.array([[-float(step), 2.0, 1.0]]))
    assert len(before) == 3 and before.rows.log_px.tolist() == [-1, -2, -3]
    assert len(writer.curve) == 1999 and writer.curve.rows.step.tolist() == list(range(1, 2000))
    assert not shares.rows.step.flags.writeable


def test_a_longer_curve_costs_no_copy_of_the_whole() -> None:
    writer = written(1000)
    first = writer.curve
    writer.add(1001, [4], np.zeros((1, 3)))
    assert np.shares_memory(first.rows.log_px, writer.curve.rows.log_px)


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
    for step, value in ((10, -9.0), (50, -5.0), (50, -4.0)):
        writer.test(step, value)
    curve = writer.curve
    found = [curve.at(epoch) for epoch in (0.09, 0.1, 0.49, 0.5, 1.0)]
    assert [point and point.test_elbo for point in found] == [None, -9, -9, -4, -4]
    assert curve.test_epoch.tolist() == [0.1, 0.5]
    assert [row[-1] for row in curve_rows(curve)[1:] if row[-1] is not None] == [-9, -4]


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


def test_a_curve_without_end_has_rows_of_several_steps() -> None:
    writer, step = CurveWriter(empty(1000, 10**6)), 0
    for _ in range(7):
        values = np.full((MOST_ROWS // 2, 3), 1.0)
        step += len(values)
        writer.add(step, [3] * len(values), values)
        assert len(writer.curve) <= MOST_ROWS
    rows = writer.curve.rows
    assert rows.samples.sum() == 3 * step and rows.step[-1] == step
    assert (rows.log_px == 1).all() and np.diff(rows.step).min() > 0


def test_how_a_curve_came_about_does_not_show_in_it() -> None:
    """One that was saved half-way and gone on with is the same to the bit."""
    values = np.random.default_rng(0).normal(size=(3 * MOST_ROWS, 3)).astype(np.float32)

    def whole(*, saved: bool) -> Curve:
        writer = CurveWriter(empty(100, 10))
        for start in range(0, len(values), 64):
            writer.add(start + 64, [2] * 64, values[start : start + 64])
            writer = CurveWriter(writer.curve) if saved else writer
        return writer.curve

    one, other = whole(saved=True).rows, whole(saved=False).rows
    assert one.samples.sum() == 2 * len(values)
    for field in fields(Rows):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


def test_rows_become_means_between_multiples_of_a_power_of_two() -> None:
    rows = coarser(written(11).curve.rows, 3)
    assert rows.step.tolist() == [4, 8, 11]
    assert rows.samples.tolist() == [16, 16, 12]
    assert rows.log_px.tolist() == [-2.5, -6.5, -10.0]
    assert (rows.kl == 2).all()


def test_the_table_names_its_columns() -> None:
    names, first, *_ = curve_rows(written(3).curve)
    assert dict(zip(names, first, strict=True)) == {
        "step": 1, "epoch": 0.01, "samples": 4, "train_elbo": -3.0, "reconstruction": 1.0,
        "kl": 2.0, "objective": 1.0, "test_elbo": None,
    }  # fmt: skip
