"""explorer.app.planes.latent: two dimensions of z, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.app.parts.planes import PlaneState
from explorer.app.planes import planes
from explorer.app.planes.lanes import lanes_of
from explorer.app.snapshot import Snapshot
from explorer.compute.comparing.sample import Comparison
from explorer.training.record.moment import Moment
from tests.app.planes.test_kind import DATA, now

LATENT = planes["latent"]


@pytest.mark.parametrize("d", [1, 2, 5])
def test_its_axes_are_the_dimensions_of_z(d: int) -> None:
    assert LATENT.choices(now(d)) == [f"z{i + 1}" for i in range(d)]
    assert LATENT.choices(Snapshot()) == ["z1", "z2"]


def test_axes_are_called_by_their_numbers_and_a_line_has_a_density() -> None:
    axes = {"latent": PlaneState((2, 0))}
    assert LATENT.axis_names(now(planes=axes)) == ("z3", "z1")
    assert LATENT.axis_names(now(1)) == ("z1", "density in each class")
    plain = replace(DATA, labels=None, classes=())
    assert LATENT.axis_names(now(1, dataset=plain)) == ("z1", "density")
    assert LATENT.axis_names(now(1, dataset=None)) == ("z1", "density")
    assert LATENT.axis_names(Snapshot()) == ("z1", "z2")


def test_z_is_written_out_as_far_as_there_is_room() -> None:
    assert LATENT.spelled(now(3), (0.5, -0.25)) == "z = (0.50, \u22120.25, 2.00)"
    assert LATENT.spelled(now(4), (0, 0)) == "z = (0.00, 0.00, 2.00, 3.00)"
    assert LATENT.spelled(now(5), (0, 0)) == "z = (0.00, 0.00, 2.00, 3.00, ...)"
    held = np.array([1.0, -2.0], np.float32)
    assert LATENT.spelled(now(2), (9, 9), held) == "z = (1.00, \u22122.00)"
    assert LATENT.spelled(Snapshot(), (0, 0)) == ""


def test_codes_lie_at_the_two_axes() -> None:
    seen = now(planes={"latent": PlaneState((2, 1))})
    there = LATENT.positions(seen)
    assert there is not None and seen.codes is not None
    np.testing.assert_array_equal(there.xy, seen.codes.mean[:, [2, 1]])
    assert there.index is seen.codes.index and LATENT.positions(now(codes=None)) is None


def test_codes_of_a_line_lie_in_their_lanes() -> None:
    seen = now(1)
    there = LATENT.positions(seen)
    assert there is not None and seen.codes is not None and there.xy.dtype == np.float32
    np.testing.assert_array_equal(there.xy[:, 0], seen.codes.mean[:, 0])
    np.testing.assert_array_equal(there.xy[:, 1], lanes_of(seen)[1])


def test_a_table_has_every_dimension() -> None:
    seen = now(5)
    index, numbers, names = LATENT.table(seen)
    assert seen.codes is not None and numbers is seen.codes.mean and index is seen.codes.index
    assert list(names) == ["z1", "z2", "z3", "z4", "z5"]
    index, numbers, names = LATENT.table(now(codes=None))
    assert len(index) == 0 and numbers.shape == (0, 2) and list(names) == ["z1", "z2"]


def test_a_point_that_is_asked_for_where_no_z_is_held_is_none() -> None:
    assert LATENT.unproject_z(now(z=None), (0, 0)) is None
    assert LATENT.immovable(now(z=None)) and not LATENT.immovable(now())
    assert LATENT.absence(Snapshot()) and not LATENT.absence(now())


def test_what_is_held_is_not_written_over() -> None:
    seen = now(3)
    LATENT.unproject_z(seen, (8.0, 9.0))
    assert seen.z is not None and seen.z.tolist() == [0, 1, 2]


def test_an_axis_that_z_lacks_moves_nothing() -> None:
    far = {"latent": PlaneState((0, 3))}
    moved = LATENT.unproject_z(now(3, planes=far), (8.0, 9.0))
    assert moved is not None and moved.tolist() == [8, 1, 2]


def test_a_cursor_of_another_space_is_nowhere() -> None:
    far = {"latent": PlaneState((0, 3))}
    assert LATENT.cursor(now(3, planes=far)) is None
    assert LATENT.cursor(now(4, planes=far)) == (0.0, 3.0)
    assert LATENT.cursor(now(1, planes=far)) == (0.0, 0.0)
    assert LATENT.cursor(now(z=None)) is None


def test_an_own_picture_lies_at_its_code_and_a_sample_follows_z() -> None:
    mean = np.array([5, 6, 7], np.float32)
    seen = now(planes={"latent": PlaneState((2, 0))})
    rows = (None, None, None)
    comparison = Comparison.__new__(Comparison)
    for name, value in (("mean", mean), ("rows", rows), ("scores", None)):
        object.__setattr__(comparison, name, value)
    found = LATENT.of_comparison(seen, comparison)
    assert found is not None and found.tolist() == [[7, 5]]
    object.__setattr__(comparison, "mean", None)
    assert LATENT.of_comparison(seen, comparison) is None
    assert LATENT.of_sample(seen, 3) is None


def test_a_view_is_of_one_space_until_a_training_makes_another() -> None:
    idle = now()
    begun, moment = now(training="running"), Moment.__new__(Moment)
    seen = now(training="running", moments=(moment,))
    assert LATENT.view_of(idle) == LATENT.view_of(seen) == LATENT.view_of(now())
    assert LATENT.view_of(begun) != LATENT.view_of(idle)
    assert LATENT.view_of(now(training="paused")) == LATENT.view_of(idle)
    assert LATENT.points_of(now(2)) != LATENT.points_of(now(3))
    assert LATENT.axes_of(now(2)) == LATENT.axes_of(now(3))


def test_moving_holds_the_z_of_the_point_and_nothing_where_none_is_held() -> None:
    held: list[list[float]] = []

    class Told:
        def move(self, z: np.ndarray) -> None:
            held.append(z.tolist())

        def move_in(self, plane: str, point: object) -> None:
            raise AssertionError

    seen = {"latent": PlaneState((2, 0))}
    LATENT.move(now(planes=seen), Told(), (5.0, 6.0))
    LATENT.move(now(planes=seen, z=None), Told(), (5.0, 6.0))
    assert held == [[6, 1, 5]]


def test_all_points_are_codes_as_each_one_is() -> None:
    seen = now(4, planes={"latent": PlaneState((2, 0))})
    points = np.array([[5, 6], [-1, 0.5]], np.float32)
    slice_ = LATENT.slice_of(seen)
    assert slice_ is not None and slice_.model is seen.model is slice_.subject["model"]
    assert slice_.preparation is DATA.preparation and slice_.shape == (8, 8)
    for z, (a, b) in zip(slice_.unproject(points), points.tolist(), strict=True):
        one = LATENT.unproject_z(seen, (a, b))
        assert one is not None and z.tolist() == one.tolist()
    assert LATENT.has_pictures


def test_a_slice_is_the_same_wherever_its_cursor_is() -> None:
    def sliced(*z: float, axes: tuple[int, int] = (0, 2), **more: object) -> object:
        planes_ = {"latent": PlaneState(axes)}
        model = {} if "model" in more else {"model": seen.model}
        return LATENT.slice_of(now(3, z=np.array(z, "f4"), planes=planes_, **model, **more))

    seen = now(3)
    first = sliced(1, 2, 3)
    assert sliced(8, 2, 9).key == first.key and sliced(1, 5, 3).key != first.key
    assert sliced(1, 5, 3).place == first.place
    turned = sliced(1, 2, 3, axes=(2, 0))
    assert turned.key != first.key and turned.place != first.place
    moment = sliced(1, 2, 3, model=replace(seen.model, id="later"))
    assert moment.key != first.key and moment.place == first.place
    other = sliced(1, 2, 3, model=replace(seen.model, data={"hash": "other"}))
    assert other.place != first.place


@pytest.mark.parametrize("lacking", [
    {"z": None}, {"model": None}, {"z": np.zeros(5, np.float32)},
    {"planes": {"latent": PlaneState((0, 3))}},
])  # fmt: skip
def test_where_no_z_is_held_in_the_space_of_the_axes_there_is_no_slice(lacking: dict) -> None:
    assert LATENT.slice_of(now(**lacking)) is None
    assert LATENT.slice_of(now(1)) is None, "a line is no plane"
