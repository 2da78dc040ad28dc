"""explorer.ui.widgets.plane.bounds: what is too far, or no number, is put at the plane's end."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.ui.widgets.plane.bounds import FARTHEST, ROOM, bounded, bounded_point, limits, within

WILD = [1e25, -1e38, np.inf, -np.inf, np.nan]
ENDS = [FARTHEST, -FARTHEST, FARTHEST, -FARTHEST, FARTHEST]


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_arrays_and_points_end_at_the_same_place(kind: type) -> None:
    assert bounded(np.array(WILD, kind)).tolist() == ENDS
    assert [bounded_point((v, 0.5)) for v in WILD] == [(end, 0.5) for end in ENDS]
    assert bounded(np.array([0.1, -7.0], kind)).tolist() == np.array([0.1, -7.0], kind).tolist()
    assert bounded_point(None) is None


def test_what_lies_at_the_end_is_not_within() -> None:
    xy = np.array([[v, 0] for v in (*WILD, 2.0)])
    assert within(bounded(xy)).tolist() == [[2.0, 0.0]]


def test_where_all_lie_within_nothing_is_copied() -> None:
    xy = np.array([[2.0, 0.0], [-FARTHEST / 2, 1.0]], np.float32)
    assert within(xy) is xy


def test_a_view_may_show_so_many_times_the_extent_about_its_middle() -> None:
    found = limits(np.array([[0, 0], [100, 50], [np.nan, 0]]))
    assert found.most == pytest.approx(ROOM * 103)  # from -3 to 100
    assert found.high[0] - found.low[0] == found.high[1] - found.low[1] == found.most
    assert (found.low[0] + found.high[0]) / 2 == pytest.approx(48.5)


@pytest.mark.parametrize("xy", [np.zeros((0, 2)), np.full((9, 2), np.nan), np.full((9, 2), 1e30)])
def test_without_points_there_is_the_room_of_a_prior(xy: np.ndarray) -> None:
    assert limits(xy).most == ROOM * 6 and limits(xy).least == 1e-5
