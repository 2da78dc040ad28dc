"""Which places each hole takes, and in which order holes are offered."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.analysis.applications.holes import Hole, holes, in_order, known


def all_of(height: int, width: int) -> dict[str, NDArray[np.bool_]]:
    return {name: known(name, height, width) for name in in_order()}


def test_every_hole_has_its_words_and_its_place() -> None:
    assert in_order() == ["quarter", "centre", "half"]
    assert len({hole.title for hole in holes.values()}) == len(holes) == 3
    assert all(hole.title and hole.along for hole in holes.values())
    with pytest.raises(NotImplementedError):
        Hole().hides(np.zeros((2, 2)), np.zeros((2, 2)))
    with pytest.raises(NotImplementedError):
        Hole().hides_along(np.zeros((1, 2)))


@pytest.mark.parametrize(("height", "width"), [(8, 8), (8, 12), (28, 20)])
def test_the_holes_of_a_picture(height: int, width: int) -> None:
    left = all_of(height, width)
    wanted = {name: np.ones((height, width), bool) for name in holes}
    wanted["quarter"][height // 2 :, width // 2 :] = False
    wanted["half"][height // 2 :] = False
    wanted["centre"][height // 4 : -height // 4, width // 4 : -width // 4] = False
    for name, mask in wanted.items():
        np.testing.assert_array_equal(left[name], mask, err_msg=name)


def test_an_odd_side_loses_its_middle_to_the_lower_half() -> None:
    left = all_of(5, 5)
    assert (~left["half"]).sum(axis=0).tolist() == [3] * 5
    assert (~left["quarter"]).sum() == 9


def test_one_row_loses_a_run_of_it() -> None:
    left = {name: mask[0].astype(int).tolist() for name, mask in all_of(1, 16).items()}
    assert left["quarter"] == [1] * 12 + [0] * 4
    assert left["half"] == [1] * 8 + [0] * 8
    assert left["centre"] == [1] * 6 + [0] * 4 + [1] * 6


def test_where_a_column_is_one_pixel_wide_the_rows_are_lost() -> None:
    assert known("half", 8, 1)[:, 0].tolist() == [True] * 4 + [False] * 4


def test_a_place_on_the_edge_of_a_hole_is_of_the_last_half_and_of_no_middle() -> None:
    """By the middles of places: those of four lie at 1, 3, 5 and 7 eighths."""
    assert known("centre", 1, 4).all() and known("centre", 2, 2).all()
    assert known("centre", 3, 2).all() and known("centre", 2, 3).all()
    assert known("quarter", 1, 2)[0].tolist() == [True, False] == known("half", 1, 2)[0].tolist()
    assert known("half", 1, 3)[0].tolist() == [True, False, False]
    assert not known("half", 1, 1).any() and known("quarter", 1, 1).all()
