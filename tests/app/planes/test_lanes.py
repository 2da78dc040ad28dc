from __future__ import annotations

import numpy as np
import pytest

from explorer.app.planes import planes
from explorer.app.planes.lanes import _density, _extent, _grid, lanes_of
from explorer.app.state import State
from explorer.data.dataset import Dataset, Preparation
from explorer.models.config import Codes, ModelConfig, ModelSnapshot

N = 300


def show(state: State, *, labels: bool) -> np.ndarray:
    rng = np.random.default_rng(1)
    kinds = np.arange(N) % 3
    z = (rng.normal(size=N) * 0.3 + kinds * 2.0).astype(np.float32)[:, None]
    data = Dataset(
        "toy", np.zeros((N, 2, 2, 1), np.uint8), Preparation(2, 2), np.zeros(N, np.bool_),
        kinds.astype(np.int64) if labels else None, ("a", "b", "c") if labels else (),
    )  # fmt: skip
    model = ModelSnapshot("toy", ModelConfig(latent_dim=1), data.preparation, {})
    codes = Codes("toy", z, np.ones_like(z), np.arange(N))
    state.update(dataset=data, model=model, codes=codes, z=np.zeros(1, np.float32))
    return kinds


def test_each_class_has_a_lane_of_its_own_with_the_first_on_top(state):
    kinds = show(state, labels=True)
    lanes, heights = lanes_of(state.now)
    assert [lane.name for lane in lanes] == ["a", "b", "c"]
    assert lanes[0].base > lanes[1].base > lanes[2].base
    for i, lane in enumerate(lanes):
        own = heights[kinds == i]
        assert (own >= lane.base - 1e-6).all()
        assert (own <= lane.base + lane.ridge.max() + 1e-6).all()
        assert i == 0 or lane.base + lane.ridge.max() < lanes[i - 1].base


def test_samples_stand_below_the_ridge_of_their_class_at_their_z(state):
    kinds = show(state, labels=True)
    lanes, heights = lanes_of(state.now)
    z = state.now.codes.mean[:, 0]
    for i, lane in enumerate(lanes):
        ridge = np.interp(z[kinds == i], lane.z, lane.ridge)
        assert (heights[kinds == i] - lane.base <= ridge + 1e-5).all()
        assert lane.z[lane.ridge.argmax()] == pytest.approx(2.0 * i, abs=0.35)


def test_ridges_of_all_lanes_are_on_one_scale(state):
    show(state, labels=True)
    data = state.now.dataset
    few = np.flatnonzero((data.labels != 2) | (np.arange(N) < 60))
    codes = state.now.codes
    fewer = Codes("toy", codes.mean[few], codes.std[few], few)
    state.update(codes=fewer)
    lanes, _ = lanes_of(state.now)
    areas = [lane.ridge.sum() for lane in lanes]
    assert areas[2] / areas[0] == pytest.approx(20 / 100, rel=0.02)


def test_without_labels_there_is_one_lane(state):
    show(state, labels=False)
    lanes, heights = lanes_of(state.now)
    assert [(lane.label, lane.name) for lane in lanes] == [(None, "")]
    assert np.ptp(heights) > 0.1 * np.ptp(state.now.codes.mean)
    assert planes["latent"].axis_names(state.now) == ("z1", "density")


def test_the_plane_puts_codes_in_their_lanes_and_says_so(state):
    show(state, labels=True)
    there = planes["latent"].positions(state.now)
    np.testing.assert_array_equal(there.xy[:, 0], state.now.codes.mean[:, 0])
    np.testing.assert_array_equal(there.xy[:, 1], lanes_of(state.now)[1])
    assert planes["latent"].axis_names(state.now) == ("z1", "density in each class")
    assert planes["latent"].unproject_z(state.now, (0.5, 1.7)).tolist() == [0.5]


def test_two_dimensions_have_no_lanes_and_broken_codes_do_no_harm(state):
    show(state, labels=True)
    codes = state.now.codes
    broken = codes.mean.copy()
    broken[3] = np.nan
    state.update(codes=Codes("toy", broken, codes.std, codes.index))
    assert len(lanes_of(state.now)[0]) == 3
    wide = np.zeros((N, 2), np.float32)
    state.update(codes=Codes("toy", wide, wide, codes.index))
    assert lanes_of(state.now)[0] == []
    state.update(codes=None)
    assert lanes_of(state.now)[0] == []


def test_lanes_are_as_high_as_the_codes_are_wide_within_bounds(state):
    show(state, labels=True)
    codes = state.now.codes
    for factor in (0.01, 1.0, 100.0):
        mean = codes.mean * np.float32(factor)
        state.update(codes=Codes("toy", mean, codes.std, codes.index))
        share = np.ptp(lanes_of(state.now)[1]) / np.ptp(mean)
        assert 0.3 < share < 1.5


@pytest.mark.parametrize("values", [[0.0, 3.0, np.nan, 24.0], [5.0], [], [1e9, 1e9]])
def test_the_grid_holds_the_codes_and_room_for_the_smoothing(values):
    grid = _grid(np.array(values))
    assert len(grid) == 240 and np.ptp(np.diff(grid)) < 1e-5 * np.ptp(grid)
    finite = np.array([v for v in values if np.isfinite(v)] or [-1.0, 1.0])
    wide = max(np.ptp(finite), 1e-3, 1e-6 * np.abs(finite).max())
    room = wide * 16 / 240
    assert grid[[0, -1]] == pytest.approx([finite.min() - room, finite.max() + room], rel=1e-12)


@pytest.mark.parametrize(
    ("wide", "extent"), [(1.0, 1.0), (1.01, 2**0.5), (1.5, 2.0), (4.0, 4.0), (0.4, 0.5)]
)
def test_the_extent_is_rounded_up_to_a_root_of_a_power_of_two(wide, extent):
    assert _extent(np.array([2.0, 2.0 + wide])) == pytest.approx(extent)


def test_a_density_is_that_of_a_gaussian_around_each_code():
    """Four cells wide, cut off at four deviations; the sum is how many codes there are."""
    grid = np.linspace(-12.0, 11.9, 240)
    found = _density(np.array([0.02, 0.02, -5.0, np.nan]), grid)
    cells = np.arange(240)
    wanted = np.zeros(240)
    for cell, count in ((120, 2), (70, 1)):
        away = cells - cell
        bell = np.exp(-0.5 * (away / 4) ** 2) * (np.abs(away) <= 16)
        wanted += count * bell / bell.sum()
    np.testing.assert_allclose(found, wanted, atol=1e-12)
    assert found.sum() == pytest.approx(3)
    edge = _density(np.array([-99.0, 99.0]), grid)  # beyond the grid: in its last cells
    assert edge.argmax() in (0, 239) and edge[0] == pytest.approx(edge[-1])


def test_lanes_are_stacked_around_the_middle(state):
    """Nine tenths of the extent in all, a third of it at most; ridges take 85 % of a lane."""
    show(state, labels=True)
    lanes, _ = lanes_of(state.now)
    extent = _extent(lanes[0].z)
    assert [lane.base / (0.3 * extent) for lane in lanes] == pytest.approx([0.5, -0.5, -1.5])
    highest = max(lane.ridge.max() for lane in lanes)
    assert highest == pytest.approx(0.85 * 0.3 * extent)
    show(state, labels=False)
    (alone,), heights = lanes_of(state.now)
    assert alone.base == pytest.approx(-0.5 * 0.35 * extent)
    assert alone.ridge.max() == pytest.approx(0.85 * 0.35 * extent)
    ridge = np.interp(state.now.codes.mean[:, 0], alone.z, alone.ridge)
    share = (heights - alone.base) / ridge
    assert 0 <= share.min() < 0.02 and 0.98 < share.max() <= 1 + 1e-5
    assert share.mean() == pytest.approx(0.5, abs=0.05)
