"""explorer.ui.widgets.plane.frame: plane to pixels and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.ui.widgets.plane.frame import Frame

sizes = st.floats(1, 4000)
spans = st.floats(1e-3, 1e3)
places = st.floats(-1e3, 1e3)


def test_the_corners_are_where_they_should_be() -> None:
    frame = Frame(40, 10, 200, 100, -2, -1, 4, 2)
    assert frame.to_pixel((-2, -1)) == (40, 110)  # low and left: the bottom of the screen
    assert frame.to_pixel((2, 1)) == (240, 10)
    assert frame.to_point((140, 60)) == (0, 0)


@given(places, places, sizes, sizes, places, places, spans, spans, places, places)
def test_there_and_back(left, top, width, height, x, y, span_x, span_y, a, b) -> None:
    frame = Frame(left, top, width, height, x, y, span_x, span_y)
    there = frame.to_point((a, b))
    assert frame.to_pixel(there) == pytest.approx((a, b), abs=1e-2)
