"""The crosshair of a plane: arms, ring, travelling dot, and the arrow for what is out of sight."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui.widgets.plane.items.cursor import DOT, GAP, RADIUS, Cursor
from explorer.ui.widgets.plane.items.edge_arrow import EdgeArrow
from tests.ui import painted

ACCENT, GROUND = QColor("#1F5FD6"), QColor("#FFFFFF")
LEFT, TOP, WIDE, HIGH = 20, 10, 200, 120


@pytest.fixture
def frame(qtbot: Any) -> QWidget:
    """White, and larger than the cursor's part of it, as a plane with axes is."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(240, 150)
    made.setPalette(QPalette(GROUND))
    made.show()
    return made


@pytest.fixture
def cursor(frame: QWidget) -> Cursor:
    made = Cursor(frame)
    made.setGeometry(LEFT, TOP, WIDE, HIGH)
    made.apply_theme(ACCENT, GROUND, 1.0)
    made.show()
    return made


def ink(cursor: Cursor) -> np.ndarray:
    """(H, W) of the parent, where it is not white."""
    parent = cursor.parentWidget()
    assert parent is not None
    return (painted.pixels(parent) < 250).any(axis=2)


def arrow(cursor: Cursor) -> EdgeArrow:
    return cursor.findChild(EdgeArrow)


def test_nothing_is_there_before_it_is_put_somewhere(cursor: Cursor) -> None:
    assert not ink(cursor).any()


def test_arms_cross_where_it_is_put_and_leave_the_middle_free(cursor: Cursor) -> None:
    cursor.point((100.0, 60.0))
    seen = ink(cursor)
    row, column = seen[60], seen[:, 100]
    assert row[LEFT : 100 - GAP - 3].all() and row[100 + GAP + 4 : LEFT + WIDE].all()
    assert column[TOP : 60 - GAP - 3].all() and column[60 + GAP + 4 : TOP + HIGH].all()
    assert not row[100 - 5 : 100 + 6].any()
    assert not row[:LEFT].any() and not row[LEFT + WIDE :].any()
    assert not seen[61, LEFT : 100 - GAP - 3].any()  # one px thin


def test_the_ring_is_as_far_from_the_middle_on_all_sides(cursor: Cursor) -> None:
    cursor.point((100.0, 60.0))
    parent = cursor.parentWidget()
    assert parent is not None
    accent = painted.of_colour(painted.pixels(parent), ACCENT, near=12)
    assert painted.box_of(accent) == pytest.approx(
        (100 - RADIUS, 60 - RADIUS, 100 + RADIUS, 60 + RADIUS), abs=1
    )
    left, top, right, bottom = painted.box_of(accent)
    assert (left + right, top + bottom) == (200, 120)


@pytest.mark.parametrize(
    "at", [(LEFT, TOP), (LEFT + WIDE - 1, TOP + HIGH - 1), (LEFT + 4.0, 60.0), (100.0, TOP + 3.0)]
)
def test_at_the_edge_it_is_cut_off_there(cursor: Cursor, at: tuple[float, float]) -> None:
    cursor.point(at)
    seen = ink(cursor)
    outside = np.ones_like(seen)
    outside[TOP : TOP + HIGH, LEFT : LEFT + WIDE] = False
    assert seen.any() and not (seen & outside).any()


def test_it_goes_and_comes(cursor: Cursor) -> None:
    cursor.point((100.0, 60.0))
    cursor.point(None)
    assert not ink(cursor).any() and not arrow(cursor).isVisible()
    cursor.point((50.0, 50.0))
    assert ink(cursor)[50, LEFT : 50 - GAP - 3].all()


@pytest.mark.parametrize("at", [(-4000.0, 60.0), (1e9, 60.0), (100.0, -1e12), (100.0, 4e5)])
def test_out_of_sight_an_arrow_says_where_it_is(cursor: Cursor, at: tuple[float, float]) -> None:
    cursor.point(at)
    assert arrow(cursor).isVisible()
    box = arrow(cursor).geometry().center() + QPoint(LEFT, TOP)
    if at[1] == 60.0:
        assert (box.x() < 60) == (at[0] < 0) and box.x() > 0
    else:
        assert (box.y() < 50) == (at[1] < 0)
    cursor.point((100.0, 60.0))
    assert not arrow(cursor).isVisible()


def test_a_faint_one_is_faint_and_one_that_is_off_has_no_arrow(cursor: Cursor) -> None:
    cursor.point((100.0, 60.0))
    parent = cursor.parentWidget()
    assert parent is not None
    full = painted.pixels(parent)[60, 30].astype(int)
    cursor.apply_theme(ACCENT, GROUND, 0.5)
    cursor.point((100.0, 60.0))
    faint = painted.pixels(parent)[60, 30].astype(int)
    assert 2 * (255 - faint)[0] == pytest.approx((255 - full)[0], abs=4)
    cursor.apply_theme(ACCENT, GROUND, 0.0)
    cursor.point((-4000.0, 60.0))
    assert not arrow(cursor).isVisible() and not ink(cursor).any()


def test_the_dot_travels_by_itself(cursor: Cursor) -> None:
    cursor.travel((70.0, 40.0))
    parent = cursor.parentWidget()
    assert parent is not None
    left, top, right, bottom = painted.box_of(
        painted.of_colour(painted.pixels(parent), ACCENT, near=12)
    )
    assert (left + right, top + bottom) == (140, 80) and right - left <= 2 * DOT + 1
    cursor.point((150.0, 90.0))
    cursor.travel(None)
    seen = ink(cursor)
    assert not seen[35:46, 65:76].any() and seen[90, 40]


def test_arms_reach_the_edges_of_a_frame_that_grows(cursor: Cursor) -> None:
    cursor.resize(100, 60)
    cursor.point((60.0, 40.0))
    cursor.resize(WIDE, HIGH)
    cursor.point((60.0, 40.0))
    QApplication.processEvents()
    assert ink(cursor)[40, 60 + GAP + 4 : LEFT + WIDE].all()


def test_it_is_in_no_pointers_way(cursor: Cursor) -> None:
    assert cursor.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
