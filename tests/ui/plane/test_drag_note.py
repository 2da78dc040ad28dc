from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtTest import QTest

from explorer.app.state import State
from explorer.ui.plane.drag_note import APART, KEY, DragNote
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.widgets.plane.items import cursor
from explorer.ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def note(plane_area: PlaneArea, settings: QSettings) -> DragNote:
    return DragNote(plane_area.plane, [plane_area.plane], settings)


def drag(plane_area: PlaneArea, start: tuple[float, float], end: tuple[float, float]) -> None:
    view, plane = plane_area.plane.viewport(), plane_area.plane
    QTest.mousePress(view, LEFT, pos=plane.pixel_at(start))
    QTest.mouseMove(view, plane.pixel_at(end))
    QTest.mouseRelease(view, LEFT, pos=plane.pixel_at(end))


def test_it_stands_at_the_cursor_and_is_within_the_plane(
    plane_area: PlaneArea, note: DragNote
) -> None:
    assert note.isVisible() and note.text() == "Drag anywhere"
    at = plane_area.plane.pixel_at(plane_area.plane.cursor_at)
    assert (note.geometry().center() - at).manhattanLength() < 120
    assert not note.geometry().contains(at)
    assert plane_area.plane.viewport().rect().contains(note.geometry())


def test_it_goes_with_the_press_and_never_comes_back_after_a_drag(
    plane_area: PlaneArea, note: DragNote, state: State, settings: QSettings
) -> None:
    plane = plane_area.plane
    QTest.mousePress(plane.viewport(), LEFT, pos=plane.pixel_at((0.5, 0.5)))
    assert note.isHidden()
    QTest.mouseMove(plane.viewport(), plane.pixel_at((0.2, 0.1)))
    QTest.mouseRelease(plane.viewport(), LEFT, pos=plane.pixel_at((0.2, 0.1)))
    np.testing.assert_allclose(state.now.z[:2], (0.2, 0.1), atol=0.02)
    state.update(z=np.array([0.1, 0.1, 0], np.float32))
    assert note.isHidden()
    again = DragNote(plane, [plane], settings)
    again.place()
    assert again.isHidden()


def test_a_click_alone_leaves_it_standing_at_the_new_place(
    plane_area: PlaneArea, note: DragNote
) -> None:
    before = note.pos()
    QTest.mouseClick(plane_area.plane.viewport(), LEFT, pos=plane_area.plane.pixel_at((0.5, 0.5)))
    assert note.isVisible() and note.pos() != before


def test_the_mouse_goes_through_it(plane_area: PlaneArea, note: DragNote, state: State) -> None:
    middle = note.geometry().center()
    assert plane_area.plane.childAt(middle) is plane_area.plane.viewport()
    point = plane_area.plane.point_at(middle)
    QTest.mouseClick(plane_area.plane.viewport(), LEFT, pos=QPoint(middle))
    np.testing.assert_allclose(state.now.z[:2], point, atol=0.02)


def test_it_is_away_without_a_cursor_in_sight_and_while_training(
    plane_area: PlaneArea, note: DragNote, state: State
) -> None:
    state.update(training="running")
    assert note.isHidden()
    state.update(training="idle")
    assert note.isVisible()
    state.update(z=np.array([900.0, 0, 0], np.float32))
    assert note.isHidden()
    state.update(z=np.zeros(3, np.float32))
    assert note.isVisible()
    state.update(model=None, codes=None, z=None)
    assert note.isHidden()


def gaps(plane_area: PlaneArea, note: DragNote) -> tuple[int, int]:
    """Px between the cursor and the note, across and down."""
    plane, place = plane_area.plane, note.geometry()
    at = plane.pixel_at(plane.cursor_at)
    across = max(place.left() - at.x(), at.x() - place.right() - 1)
    return across, max(place.top() - at.y(), at.y() - place.bottom() - 1)


@pytest.mark.parametrize("corner", [(60, 60), (540, 60), (60, 540), (540, 540)])
def test_it_stands_beside_the_cursor_wherever_that_is_and_goes_with_a_zoom(
    plane_area: PlaneArea, note: DragNote, state: State, corner: tuple[int, int]
) -> None:
    plane = plane_area.plane
    before = plane.pixel_at(plane.cursor_at)
    plane.zoom(1.3, QPointF(*corner))
    assert plane.pixel_at(plane.cursor_at) != before
    assert gaps(plane_area, note) == (APART, APART)
    room = plane.getViewBox().sceneBoundingRect().toRect()
    state.update(z=np.array([*plane.point_at(QPoint(*corner)), 0], np.float32))
    assert note.isHidden() or room.contains(note.geometry())
    assert note.isHidden() or gaps(plane_area, note) == (APART, APART)


def test_it_covers_as_few_points_as_it_can(
    plane_area: PlaneArea, note: DragNote, state: State
) -> None:
    plane, codes = plane_area.plane, state.now.codes
    assert codes is not None
    for _ in range(4):  # a point where it stands drives it to another side
        before = note.geometry()
        mean = codes.mean.copy()
        mean[4, :2] = plane.point_at(before.center())
        state.update(codes=replace(codes, mean=mean))
        assert note._covers(before) == 1 and not note.geometry().intersects(before)
        assert note._covers(note.geometry()) == 0
        assert gaps(plane_area, note) == (APART, APART)


@pytest.mark.parametrize("width", [60, 140, 180, 260])
def test_in_a_narrow_plane_it_is_whole_or_away(
    plane_area: PlaneArea, note: DragNote, width: int
) -> None:
    plane_area.resize(width, 400)
    QTest.qWait(1)
    note.place()
    room = plane_area.plane.getViewBox().sceneBoundingRect().toRect()
    assert note.isHidden() or room.contains(note.geometry())
    assert note.isVisible() == (room.width() > note.width() + 2)


def test_it_may_touch_the_lines_of_the_frame_and_not_cover_them(
    plane_area: PlaneArea, note: DragNote
) -> None:
    frame = plane_area.plane.getViewBox().sceneBoundingRect().toRect()
    inside, w, h = frame.adjusted(1, 1, -1, -1), note.width(), note.height()
    middle = frame.center()
    ends = {
        (0, -1): QPoint(middle.x(), inside.top() + h + APART),
        (0, 1): QPoint(middle.x(), inside.bottom() + 1 - h - APART),
        (-1, 0): QPoint(inside.left() + w + APART, middle.y()),
        (1, 0): QPoint(inside.right() + 1 - w - APART, middle.y()),
    }
    for (x, y), at in ends.items():
        assert len(note._places(at)) == 4
        assert len(note._places(at + QPoint(x, y))) == 2


def test_a_press_on_the_pictures_along_z_ends_it_for_good(
    qtbot: Any, tmp_path: Path, jobs: Any
) -> None:
    window = MainWindow(tmp_path)
    qtbot.addWidget(window)
    window.show()
    note, strip = window.findChild(DragNote), window.plane_area.along_z
    assert not note._done
    strip.dragged.emit(object(), 0.5)
    assert note._done and note._settings.value(KEY, False) in (True, "true")


def test_it_stands_near_the_cursor_and_clear_of_its_ring() -> None:
    assert cursor.RADIUS < APART <= 24
