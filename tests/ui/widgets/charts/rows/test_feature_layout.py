from __future__ import annotations

import pytest

from explorer.ui.widgets.charts.rows.feature_layout import FeatureLayout
from explorer.ui.widgets.charts.rows.series import REACH


def test_the_ends_of_the_axis_are_its_edges_and_what_lies_beyond_is_marked_there():
    for edge in (3.0, 0.6):
        places = FeatureLayout(50, 100, 200, (), edge=edge)
        assert places.x(0) == pytest.approx(150)
        assert places.x(edge) == places.x(99) == pytest.approx(200 - REACH)
        assert places.x(-edge) == pytest.approx(100 + REACH)


def test_ticks_have_as_many_letters_as_there_is_room_for():
    wide, narrow, least = (FeatureLayout(0, 0, w, (), edge=0.6) for w in (200, 80, 30))
    assert wide.ticks("mean")[0] == (pytest.approx(-0.4), "\u22120.4")
    assert [text for _, text in wide.ticks("mean")] == ["\u22120.4", "mean", "+0.4 sd"]
    assert [text for _, text in narrow.ticks("mean")] == ["\u22120.4", "0", "+0.4"]
    assert least.ticks("mean") == ((0.0, "0"),)
