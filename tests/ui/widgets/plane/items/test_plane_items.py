"""What planes are drawn with: groups in their coordinates, ways, tags, outlines, marks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsRectItem

from explorer.ui.themes import theme
from explorer.ui.widgets.plane.items.mark_item import MarkItem
from explorer.ui.widgets.plane.items.outline import Outline
from explorer.ui.widgets.plane.items.plane_group import PlaneGroup
from explorer.ui.widgets.plane.items.tag_item import HEIGHT, LEAST, TIP, TagItem
from explorer.ui.widgets.plane.items.way_item import RIM, WIDTH, WayItem
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane
from tests.ui import painted


@pytest.fixture
def plane(qtbot: Any) -> ScatterPlane:
    made = ScatterPlane()
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.set_points(np.array([[-2, -2], [2, 2]], np.float32))
    made.set_points_appearance(False, 1.0)
    with qtbot.waitExposed(made):
        made.show()
    made.grab()
    return made


def on_screen(plane: ScatterPlane, item: Any, at: tuple[float, float]) -> tuple[float, float]:
    """The pixel of the viewport where a point of an item is."""
    return plane.mapFromScene(item.mapToScene(QPointF(*at))).toTuple()


@pytest.mark.parametrize("point", [(0.0, 0.0), (1.5, -0.5), (-2.0, 1.0)])
def test_a_group_is_in_the_coordinates_of_the_plane_at_every_zoom(
    plane: ScatterPlane, point: tuple[float, float]
) -> None:
    group = PlaneGroup(plane.getViewBox(), 5.0, plane)
    item = QGraphicsRectItem(0, 0, 1, 1)
    group.add(item)
    for factor in (1.0, 3.0, 0.2):
        plane.zoom(factor, QPointF(120, 240))
        plane.grab()  # the scene follows as it is painted
        assert on_screen(plane, item, point) == pytest.approx(
            plane.pixel_at(point).toTuple(), abs=1
        )
    plane.resize(300, 500)
    plane.grab()
    assert on_screen(plane, item, point) == pytest.approx(plane.pixel_at(point).toTuple(), abs=1)


def test_what_is_pinned_keeps_its_size_and_stands_where_it_is_put(plane: ScatterPlane) -> None:
    group = PlaneGroup(plane.getViewBox(), 5.0, plane)
    dot = QGraphicsEllipseItem(-5, -5, 10, 10)
    group.pin(dot)
    group.place(dot, (1.0, -1.0))
    for factor in (1.0, 4.0):
        plane.zoom(factor, QPointF(200, 200))
        plane.grab()
        box = dot.deviceTransform(plane.viewportTransform()).mapRect(dot.rect())
        assert box.width() == pytest.approx(10)
        assert box.center().toTuple() == pytest.approx(plane.pixel_at((1, -1)).toTuple(), abs=1)
    group.place(dot, (float("nan"), 0.0))
    assert np.isfinite(dot.pos().toTuple()).all()  # far away, and harmless
    group.drop(dot)
    assert dot.scene() is None and group.item.childItems() == []


def test_a_way_lies_on_a_rim_of_the_ground(plane: ScatterPlane) -> None:
    way = WayItem(plane.getViewBox(), plane)
    way.set_colours(theme.LIGHT)
    way.set_way(np.array([[-1, 0], [1, 0]], np.float32))
    plane.setBackground("#888888")
    row = plane.pixel_at((0.3, 0.0))
    seen = painted.pixels(plane.viewport())[row.y() - 6 : row.y() + 7, row.x()]
    accent = (np.abs(seen.astype(int) - painted.rgb(theme.LIGHT.accent)).max(axis=1) < 40).sum()
    ground = (np.abs(seen.astype(int) - painted.rgb(theme.LIGHT.surface)).max(axis=1) < 40).sum()
    assert WIDTH - 1 <= accent <= WIDTH + 1 and 1 <= ground <= RIM
    before = way.line.path()
    way.set_way(None)
    assert way.line.path().isEmpty() and way.rim.path().isEmpty() and not before.isEmpty()


def test_a_line_ends_where_the_plane_does(qapp: Any) -> None:
    xy = np.array([[0, 0], [1e30, 5], [1, 1]])
    rect = Outline().line(xy).path.boundingRect()
    assert np.isfinite(rect.getRect()).all() and rect.right() < 1e30
    box = Outline().ellipse((1.0, 2.0), (3.0, 0.5)).path.boundingRect()
    assert box.getRect() == pytest.approx((-2, 1.5, 6, 1))


def test_an_ellipse_turns_counter_clockwise(qapp: Any) -> None:
    path = Outline().ellipse((1.0, 1.0), (2.0, 0.1), 90.0).path
    assert path.boundingRect().getRect() == pytest.approx((0.9, -1, 0.2, 4), abs=0.01)
    tilted = Outline().ellipse((0.0, 0.0), (2.0, 0.1), 45.0).path
    assert tilted.contains(QPointF(1.2, 1.2)) and not tilted.contains(QPointF(1.2, -1.2))


@pytest.mark.parametrize("text", ["A", "1", "128"])
def test_a_tag_stands_above_its_tip_and_holds_its_words(qapp: Any, text: str) -> None:
    tag = TagItem(text)
    box, words = tag.path().boundingRect(), tag._text
    assert tag.text == text and box.bottom() == pytest.approx(0) and box.height() == TIP + HEIGHT
    assert box.width() >= LEAST and box.center().x() == pytest.approx(0)
    inside = words.mapRectToParent(words.boundingRect())
    assert box.left() <= inside.left() and inside.right() <= box.right()
    assert inside.center().y() == pytest.approx(-TIP - HEIGHT / 2)


def test_marks_know_the_pixels_of_the_plane(plane: ScatterPlane) -> None:
    (marks,) = [i for i in plane.getViewBox().childItems() if isinstance(i, MarkItem)]
    for point in ((0.0, 0.0), (1.0, -1.5)):
        at = plane.mapFromScene(marks.mapToScene(marks.to_pixels(point)))
        assert at.toTuple() == pytest.approx(plane.pixel_at(point).toTuple(), abs=1)
    assert marks.boundingRect() == plane.getViewBox().rect()
