"""explorer.analysis.applications.masks: which pixels each hole takes."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis.applications.masks import HOLES, HOLES_ALONG, holes


def test_every_hole_has_its_words() -> None:
    assert set(holes(8, 8)) == set(holes(1, 8)) == set(HOLES) == set(HOLES_ALONG)


@pytest.mark.parametrize(("height", "width"), [(8, 8), (8, 12), (28, 20)])
def test_the_holes_of_a_picture(height: int, width: int) -> None:
    known = holes(height, width)
    wanted = {name: np.ones((height, width), bool) for name in HOLES}
    wanted["quarter"][height // 2 :, width // 2 :] = False
    wanted["half"][height // 2 :] = False
    wanted["centre"][height // 4 : -height // 4, width // 4 : -width // 4] = False
    for name, mask in wanted.items():
        np.testing.assert_array_equal(known[name], mask, err_msg=name)


def test_an_odd_side_loses_its_middle_to_the_lower_half() -> None:
    known = holes(5, 5)
    assert (~known["half"]).sum(axis=0).tolist() == [3] * 5
    assert (~known["quarter"]).sum() == 9


def test_one_row_loses_a_run_of_it() -> None:
    known = {name: mask[0].astype(int).tolist() for name, mask in holes(1, 16).items()}
    assert known["quarter"] == [1] * 12 + [0] * 4
    assert known["half"] == [1] * 8 + [0] * 8
    assert known["centre"] == [1] * 6 + [0] * 4 + [1] * 6


def test_where_a_column_is_one_pixel_wide_the_rows_are_lost() -> None:
    assert holes(8, 1)["half"][:, 0].tolist() == [True] * 4 + [False] * 4


def test_a_place_on_the_edge_of_a_hole_is_of_the_last_half_and_of_no_middle() -> None:
    """By the middles of places: those of four lie at 1, 3, 5 and 7 eighths."""
    assert holes(1, 4)["centre"].all() and holes(2, 2)["centre"].all()
    assert holes(3, 2)["centre"].all() and holes(2, 3)["centre"].all()
    assert holes(1, 2)["quarter"][0].tolist() == [True, False] == holes(1, 2)["half"][0].tolist()
    assert holes(1, 3)["half"][0].tolist() == [True, False, False]
    assert not holes(1, 1)["half"].any() and holes(1, 1)["quarter"].all()
