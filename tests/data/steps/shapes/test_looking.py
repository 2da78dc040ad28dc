"""Smooth curves are told from numbers in any order by von Neumann's ratio."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.data.raw import Held
from explorer.data.steps.shapes.looking import FirstValues, look_at, neighbours_alike

SMOOTH = np.sin(np.linspace(0, 6, 50)) + np.arange(5)[:, None]
RANDOM = np.random.default_rng(0).normal(size=(5, 50))


def wave(share: float, n: int = 4000) -> np.ndarray:
    """One row whose ratio is 1 - cos(angle): a long sine of that step."""
    return np.sin(np.arange(n) * np.arccos(1 - share))[None]


@pytest.mark.parametrize(
    ("share", "alike"), [(0.05, True), (0.48, True), (0.52, False), (1, False)]
)
def test_the_ratio_of_a_sine_is_one_minus_the_cosine_of_its_step(share: float, alike: bool) -> None:
    """E(x' - x)^2 / 2 Var = 1 - autocorrelation, which is cos(step) for a sine."""
    assert neighbours_alike(wave(share)) == alike


@given(st.floats(1e-200, 1e200), st.booleans())
def test_units_do_not_matter(scale: float, smooth: bool) -> None:
    rows = SMOOTH if smooth else RANDOM
    assert neighbours_alike(rows * scale) == neighbours_alike(-rows * scale) == smooth


def test_the_middle_row_counts() -> None:
    mixed = np.concatenate([SMOOTH[:3], RANDOM[:2]])
    assert neighbours_alike(mixed) and not neighbours_alike(np.concatenate([mixed, RANDOM]))


def test_rows_with_gaps_and_flat_rows_say_nothing() -> None:
    flat = np.ones((40, 50))
    gaps = np.full((40, 50), np.nan)
    infinite = np.where(np.arange(50) == 7, np.inf, RANDOM[:1].repeat(40, axis=0))
    assert neighbours_alike(np.concatenate([SMOOTH, flat, gaps, infinite]))
    assert not neighbours_alike(flat) and not neighbours_alike(gaps)
    assert not neighbours_alike(np.zeros((3, 50))) and not neighbours_alike(np.zeros((0, 50)))


def test_two_values_are_no_curve() -> None:
    rows = np.array([[0.0, 1.0, 2.0]] * 3)
    assert not neighbours_alike(rows[:, :2])
    assert neighbours_alike(np.array([[0.0, 0.9, 1.0, 1.1, 2.0, 2.1]]))
    steep = np.array([[0.0, 0.0, 1.0]])  # 1/2 over 4/9: not alike
    assert not neighbours_alike(steep)
    even = np.array([[0.0, 1.0, 2.0]])  # 1 over 2 x 2/3
    assert not neighbours_alike(even)
    assert not neighbours_alike(np.zeros((3, 3, 3))) and not neighbours_alike(np.zeros((3, 0)))


def test_a_look_at_the_finite_values() -> None:
    rows = SMOOTH.copy()
    rows[0, 0], rows[1, 1] = np.nan, -np.inf
    there = rows[np.isfinite(rows)]
    found = look_at(Held.of(rows, "x", "here"))
    assert found == FirstValues(there.min(), there.max(), alike=True)
    nothing = look_at(Held.of(np.full((3, 9), np.nan), "x", "here"))
    assert nothing == FirstValues(0.0, 0.0, alike=False)


@pytest.mark.parametrize(("at", "high"), [(300, 9), (800, 0), (1999, 0)])
def test_only_some_hundred_samples_are_looked_at(at: int, high: int) -> None:
    rows = np.zeros((2000, 3))
    rows[at] = 9
    assert look_at(Held.of(rows, "x", "here")).high == high
