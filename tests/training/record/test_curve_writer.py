"""A curve that grows: what was given out stays, and how it came about does not show in it."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from explorer.training.record.curve import Curve, CurveRows, empty
from explorer.training.record.curve_writer import MOST_ROWS, CurveWriter, coarser
from tests.training.record.test_curve import written


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
    for field in fields(CurveRows):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


def test_rows_become_means_between_multiples_of_a_power_of_two() -> None:
    rows = coarser(written(11).curve.rows, 3)
    assert rows.step.tolist() == [4, 8, 11]
    assert rows.samples.tolist() == [16, 16, 12]
    assert rows.log_px.tolist() == [-2.5, -6.5, -10.0]
    assert (rows.kl == 2).all()


def test_a_test_value_takes_the_place_of_one_of_the_same_step_only() -> None:
    writer = written(9)
    for step, value in ((2, -5.0), (4, -4.0), (6, -3.0), (6, -2.0)):
        writer.test(step, value)
    before = writer.curve
    writer.test(6, -1.0)
    assert before.test_step.tolist() == [2, 4, 6] and before.test_elbo.tolist() == [-5, -4, -2]
    assert writer.curve.test_elbo.tolist() == [-5, -4, -1]


def test_a_curve_is_no_coarser_than_it_has_to_be() -> None:
    writer = written(MOST_ROWS)
    assert len(writer.curve) == MOST_ROWS
    writer.add(MOST_ROWS + 1, [4], np.zeros((1, 3)))
    assert MOST_ROWS // 4 < len(writer.curve) <= MOST_ROWS // 2


@pytest.mark.parametrize("most", [1, 2, 3, 4])
@pytest.mark.parametrize("count", [1, 4, 5, 8, 9, 16, 17])
def test_rows_go_together_in_the_least_power_of_two_that_makes_them_few(
    count: int, most: int
) -> None:
    stride = next(2**k for k in range(9) if np.ceil(count / 2**k) <= most)
    found = coarser(written(count).curve.rows, most).step.tolist()
    assert found == [*range(stride, count, stride), count]
