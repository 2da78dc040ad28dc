"""The plane under real mouse and key events."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.ui.widgets.plane import raster
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def plane(qtbot: Any) -> ScatterPlane:
    widget = ScatterPlane()
    qtbot.addWidget(widget)
    widget.resize(600, 500)
    widget.set_points(np.array([[0, 0], [2, 1], [-2, -1]], np.float32))
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.mark.parametrize("point", [(0.0, 0.0), (1.5, -0.7), (-2.0, 1.0)])
def test_pixel_at_and_point_at_are_inverse(plane: ScatterPlane, point: tuple[float, float]) -> None:
    back = plane.point_at(plane.pixel_at(point))
    step = plane.getViewBox().viewPixelSize()
    assert abs(back[0] - point[0]) <= step[0] and abs(back[1] - point[1]) <= step[1]


def test_units_are_square(plane: ScatterPlane) -> None:
    a, b, c = (plane.pixel_at(p) for p in ((0, 0), (1, 0), (0, 1)))
    assert abs((b.x() - a.x()) - (a.y() - c.y())) <= 1


def test_pressing_and_dragging_tell_where(plane: ScatterPlane, qtbot: Any) -> None:
    heard: list[tuple[float, float]] = []
    plane.pressed.connect(lambda a, b: heard.append((a, b)))
    plane.dragged.connect(lambda a, b: heard.append((a, b)))
    QTest.mousePress(plane.viewport(), LEFT, NONE, plane.pixel_at((0.5, 0.5)))
    QTest.mouseMove(plane.viewport(), plane.pixel_at((1, 0.2)))
    with qtbot.waitSignal(plane.released):
        QTest.mouseRelease(plane.viewport(), LEFT, NONE, plane.pixel_at((1, 0.2)))
    np.testing.assert_allclose(heard[0], (0.5, 0.5), atol=0.02)
    np.testing.assert_allclose(heard[-1], (1, 0.2), atol=0.02)


def test_a_click_near_a_point_names_its_row(plane: ScatterPlane, qtbot: Any) -> None:
    with qtbot.waitSignal(plane.point_clicked) as heard:
        QTest.mouseClick(plane.viewport(), LEFT, NONE, plane.pixel_at((2, 1)) + QPoint(8, 5))
    assert heard.args == [1]


def test_a_drag_onto_a_point_is_no_click(plane: ScatterPlane, qtbot: Any) -> None:
    with qtbot.assertNotEmitted(plane.point_clicked):
        QTest.mousePress(plane.viewport(), LEFT, NONE, plane.pixel_at((1, 0)))
        QTest.mouseMove(plane.viewport(), plane.pixel_at((2, 1)))
        QTest.mouseRelease(plane.viewport(), LEFT, NONE, plane.pixel_at((2, 1)))


def test_hover_names_the_point_then_dwells_then_leaves(plane: ScatterPlane, qtbot: Any) -> None:
    with qtbot.waitSignals([plane.hovered, plane.dwelled]):
        QTest.mouseMove(plane.viewport(), plane.pixel_at((2, 1)) + QPoint(3, 3))
    with qtbot.waitSignal(plane.hovered) as heard:
        QTest.mouseMove(plane.viewport(), plane.pixel_at((1, -1)))
    assert heard.args == [None]


def _over(plane: ScatterPlane, qtbot: Any, pixel: QPoint, row: int) -> None:
    with qtbot.waitSignal(plane.hovered, check_params_cb=lambda found: found == row):
        QTest.mouseMove(plane.viewport(), QPoint(5, 5))  # a pointer that is there does not move
        QTest.mouseMove(plane.viewport(), pixel)


@pytest.mark.parametrize("how", ["left", "middle", "space", "tool"])
def test_what_was_under_the_pointer_goes_as_a_drag_begins(
    plane: ScatterPlane, qtbot: Any, how: str
) -> None:
    plane.panning = how == "tool"
    if how == "space":
        QTest.keyPress(plane, Qt.Key.Key_Space)
    pixel, button = plane.pixel_at((2, 1)), MIDDLE if how == "middle" else LEFT
    _over(plane, qtbot, pixel, 1)
    heard: list[object] = []
    QTest.mousePress(plane.viewport(), button, NONE, pixel)
    plane.hovered.connect(heard.append)
    plane.dwelled.connect(heard.append)
    QTest.mouseMove(plane.viewport(), pixel - QPoint(1, 0))
    assert heard == [None, None]
    QTest.mouseMove(plane.viewport(), pixel - QPoint(2, 0))
    plane._test_hover()  # as the timer does that the pointer had set
    assert heard == [None, None]
    with qtbot.waitSignal(plane.hovered) as found:
        QTest.mouseRelease(plane.viewport(), button, NONE, pixel - QPoint(2, 0))
    assert found.args == [1]


@pytest.mark.parametrize("how", ["wheel", "fit", "points"])
def test_what_comes_under_a_pointer_that_rests_is_found(
    plane: ScatterPlane, qtbot: Any, how: str
) -> None:
    pixel = plane.pixel_at((2, 1))
    _over(plane, qtbot, pixel, 1)
    with qtbot.waitSignal(plane.hovered, check_params_cb=lambda row: row is None):
        plane.zoom(3, QPointF(10, 10))
    with qtbot.waitSignal(plane.hovered, check_params_cb=lambda row: row is not None):
        if how == "wheel":
            plane.zoom(1 / 3, QPointF(10, 10))
        elif how == "fit":
            plane.fit()
        else:
            plane.set_points(np.array([plane.point_at(pixel)], np.float32))


def _wheel(plane: ScatterPlane, at: QPoint, angle: int) -> None:
    event = QWheelEvent(
        QPointF(at), QPointF(plane.viewport().mapToGlobal(at)), QPoint(), QPoint(0, angle),
        Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plane.viewport(), event)


def test_the_wheel_zooms_about_the_pointer(plane: ScatterPlane) -> None:
    at = plane.pixel_at((1, 0.5))
    before, width = plane.point_at(at), plane.getViewBox().viewRect().width()
    _wheel(plane, at, 240)
    np.testing.assert_allclose(plane.point_at(at), before, atol=0.02)
    assert plane.getViewBox().viewRect().width() < width * 0.75


@pytest.mark.parametrize("how", ["middle", "space", "tool"])
def test_panning_carries_the_plane_with_the_hand(plane: ScatterPlane, how: str) -> None:
    plane.panning = how == "tool"
    button = MIDDLE if how == "middle" else LEFT
    if how == "space":
        QTest.keyPress(plane, Qt.Key.Key_Space)
    start = plane.pixel_at((0, 0))
    QTest.mousePress(plane.viewport(), button, NONE, start)
    QTest.mouseMove(plane.viewport(), start + QPoint(40, 25))
    QTest.mouseRelease(plane.viewport(), button, NONE, start + QPoint(40, 25))
    moved = plane.pixel_at((0, 0)) - start
    assert abs(moved.x() - 40) <= 1 and abs(moved.y() - 25) <= 1


def test_a_double_click_on_empty_ground_fits(plane: ScatterPlane) -> None:
    before = plane.getViewBox().viewRect()
    plane.zoom(3)
    QTest.mouseDClick(plane.viewport(), LEFT, NONE, QPoint(90, 30))
    assert plane.getViewBox().viewRect().width() == pytest.approx(before.width(), rel=0.01)


@pytest.mark.parametrize(
    ("modifier", "share"),
    [
        (NONE, 0.01),
        (Qt.KeyboardModifier.ShiftModifier, 0.1),
        (Qt.KeyboardModifier.AltModifier, 0.001),
    ],
)
def test_arrows_nudge_by_a_share_of_the_view(
    plane: ScatterPlane, qtbot: Any, modifier: Qt.KeyboardModifier, share: float
) -> None:
    width = plane.getViewBox().viewRect().width()
    with qtbot.waitSignal(plane.nudged) as heard:
        QTest.keyClick(plane, Qt.Key.Key_Right, modifier)
    assert heard.args[0] == pytest.approx(share * width) and heard.args[1] == 0


def test_points_that_move_within_the_view_do_not_move_the_view(plane: ScatterPlane) -> None:
    plane.fit()
    before = plane.getViewBox().viewRect()
    plane.set_points(np.array([[0, 0], [1.8, 0.9], [-1.8, -0.9]], np.float32))
    assert plane.getViewBox().viewRect() == before


def test_to_dim_none_where_none_is_dim_sorts_no_points(
    plane: ScatterPlane, monkeypatch: pytest.MonkeyPatch
) -> None:
    sorted_: list[int] = []
    marks = raster.marks
    monkeypatch.setattr(raster, "marks", lambda c: sorted_.append(len(c)) or marks(c))
    plane.set_dimmed(None)
    assert not sorted_
    plane.set_dimmed(np.array([True, False, False]))
    plane.set_dimmed(None)
    assert sorted_ == [3, 3]


def test_points_of_another_space_are_seen_as_large_as_they_can_be(plane: ScatterPlane) -> None:
    """Though they would fit in the view that was right for those before them."""
    cloud = np.random.default_rng(0).uniform(-1, 1, (50, 2)).astype(np.float32)
    plane.set_points(cloud, of="one")
    plane.set_points(cloud * np.float32(0.8), of="one")
    kept = plane.getViewBox().viewRect().height()
    plane.set_points(cloud * np.float32(0.8), of="other")
    assert plane.getViewBox().viewRect().height() == pytest.approx(0.8 * kept, rel=0.01)
    plane._choose()
    chosen = plane.getViewBox().viewRect()
    plane.set_points(cloud * np.float32(0.5), of="third")
    assert plane.getViewBox().viewRect() == chosen


@pytest.mark.parametrize("bad", [np.zeros((0, 2)), np.zeros((1, 2)), np.full((4, 2), np.nan)])
def test_strange_points_do_no_harm(plane: ScatterPlane, bad: np.ndarray, qtbot: Any) -> None:
    plane.set_points(bad.astype(np.float32))
    plane.fit()
    plane.grab()
    assert plane.nearest(QPointF(100, 100)) in (None, 0)


def test_collapsed_codes_are_one_dot_in_a_view_that_can_be_read(plane: ScatterPlane) -> None:
    plane.set_points(np.full((50, 2), 3.0, np.float32))
    plane.fit()
    seen = plane.getViewBox().viewRect()
    assert seen.width() >= 0.01 and seen.height() >= 0.01
    assert seen.center().x() == pytest.approx(3.0, abs=1e-3)


@pytest.mark.parametrize("factor", [1.2, 1 / 1.2])
def test_zooming_ends_in_silence(plane: ScatterPlane, factor: float) -> None:
    plane.set_cursor((2.0, 2.0))
    plane.set_dot((2.0, -2.0))
    for _ in range(300):
        plane.zoom(factor, QPointF(100, 100))
    plane.grab()
    seen = plane.getViewBox().viewRect()
    assert 1e-6 < seen.width() <= 20 * 6 + 1
    plane.zoom(factor, QPointF(400, 300))
    assert plane.getViewBox().viewRect() == seen
    plane.apply_theme()
    plane.grab()


def test_no_pan_leads_away_from_the_data(plane: ScatterPlane) -> None:
    for scale in (1.0, 1e4):
        xy = np.array([[0, 0], [2, 1], [-2, -1]], np.float32) * np.float32(scale)
        plane.set_points(xy)
        plane.fit()
        for _ in range(200):
            plane._pan(QPointF(500, 400), QPointF(10, 10))
        x, y = plane.point_at(QPoint(599, 499))
        assert max(abs(x), abs(y)) < 41 * max(scale, 1.5)
        plane.fit()
        assert plane.viewport().rect().contains(plane.pixel_at((2 * scale, scale)))


def test_axes_speak_in_the_units_of_the_sliders(plane: ScatterPlane) -> None:
    for _ in range(12):
        plane.zoom(2.0, QPointF(plane.pixel_at((0, 0))))
    plane.grab()
    axis = plane.getAxis("bottom")
    assert axis.autoSIPrefixScale == 1.0 and "x0.001" not in axis.labelString()


@pytest.mark.parametrize(("moved", "clicks"), [(0, True), (3, True), (4, False), (12, False)])
def test_a_press_that_moves_is_no_click(plane: ScatterPlane, moved: int, clicks: bool) -> None:
    heard: list[int] = []
    plane.point_clicked.connect(heard.append)
    start = plane.pixel_at((2, 1))
    QTest.mousePress(plane.viewport(), LEFT, NONE, start)
    QTest.mouseMove(plane.viewport(), start + QPoint(moved, 0))
    QTest.mouseRelease(plane.viewport(), LEFT, NONE, start + QPoint(moved, 0))
    assert heard == [1] * clicks


@pytest.mark.parametrize(("away", "row"), [(12, 1), (16, None)])
def test_a_point_is_reached_from_a_few_pixels_and_no_farther(
    plane: ScatterPlane, away: int, row: int | None
) -> None:
    heard: list[int] = []
    plane.point_clicked.connect(heard.append)
    at = plane.pixel_at((2, 1)) - QPoint(away, 0)
    assert plane.nearest(QPointF(at)) == row
    QTest.mouseClick(plane.viewport(), LEFT, NONE, at)
    assert heard == ([] if row is None else [row])


def test_what_a_loop_holds_is_told_to_the_pixel(plane: ScatterPlane) -> None:
    """One point in the middle of each pixel about the corners of a rectangle of whole pixels."""
    box, seen = plane.getViewBox().rect(), plane.getViewBox().viewRect()
    width, height = round(box.width()), round(box.height())
    left, right, top, bottom = 100, 140, 80, 110

    def at(x: float, y: float) -> tuple[float, float]:
        return (seen.left() + x / width * seen.width(), seen.bottom() - y / height * seen.height())

    columns = [left - 1, left, right - 1, right]
    rows = [top - 1, top, bottom - 1, bottom]
    middles = [(x, y) for x in columns for y in rows]
    plane.set_points(np.array([at(x + 0.5, y + 0.5) for x, y in middles], np.float32))
    plane.getViewBox().setRange(seen, padding=0)
    found = plane.rows_inside([at(left, top), at(right, top), at(right, bottom), at(left, bottom)])
    inside = [left <= x < right and top <= y < bottom for x, y in middles]
    assert found.tolist() == np.flatnonzero(inside).tolist()
