"""explorer.ui.widgets.plane.pictured_plot: painted once, kept, and a cursor that moves over it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.plane.items.cursor import Cursor
from explorer.ui.widgets.plane.pictured_plot import PicturedPlot


class Counting(PicturedPlot):
    """Counts how often the scene is painted."""

    paints = 0

    def _painted(self) -> Any:
        self.paints += 1
        return super()._painted()


class Below(QWidget):
    """What a plot stands on; counts how often it is painted."""

    paints = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paints += 1


def settle() -> None:
    """All events that are there, and those that they bring."""
    for _ in range(5):
        QApplication.processEvents()


@pytest.fixture
def plot(qtbot: Any, qapp: Any) -> Counting:
    theme.apply(qapp, "light")
    made = Counting()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.apply_theme()
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.paints > 0)
    made.grab()
    return made


def test_points_stand_where_pyqtgraph_puts_them(plot: Counting) -> None:
    box = plot.getViewBox()
    for point in ((0, 0), (-1.25, 2.5), (2, -0.1)):
        scene = plot.mapFromScene(box.mapViewToScene(QPointF(*point)))
        assert (plot.pixel_at(point) - scene).manhattanLength() <= 1
    at = box.mapSceneToView(QPointF(200, 120))
    assert plot.point_at(QPoint(200, 120)) == pytest.approx((at.x(), at.y()), abs=1e-6)


def test_nothing_below_the_picture_is_painted_as_the_cursor_moves(qtbot: Any, qapp: Any) -> None:
    theme.apply(qapp, "light")
    below = Below()
    qtbot.addWidget(below)
    plot = Counting(below)
    plot.setGeometry(10, 10, 400, 300)
    plot.apply_theme()
    with qtbot.waitExposed(below):
        below.resize(420, 320)
        below.show()
    plot.set_cursor((0.0, 0.0))
    qtbot.waitUntil(lambda: below.paints > 0 and plot.paints > 0)
    settle()
    before = below.paints
    plot.set_cursor((1.0, 1.0))
    settle()
    assert below.paints == before


def test_the_cursor_moves_and_the_scene_is_not_painted_again(plot: Counting) -> None:
    plot.set_cursor((0.0, 0.0))
    before, pixel = plot.grab().toImage(), plot.pixel_at((1.0, 1.0))
    paints = plot.paints
    plot.set_cursor((1.0, 1.0))
    after = plot.grab().toImage()
    assert plot.paints == paints
    on_arm = pixel + QPoint(0, 40)
    assert before.pixelColor(on_arm) == QColor(theme.LIGHT.surface)
    assert after.pixelColor(on_arm) != before.pixelColor(on_arm)
    assert after.pixelColor(pixel) == before.pixelColor(pixel)  # the middle stays free
    plot.set_cursor(None)
    assert plot.grab().toImage().pixelColor(on_arm) == QColor(theme.LIGHT.surface)


def test_another_view_is_another_picture_at_once(plot: Counting) -> None:
    paints = plot.paints
    plot.getViewBox().setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
    plot.viewport().repaint()  # without waiting for the event loop
    assert plot.paints == paints + 1


def test_the_cursor_keeps_its_place_in_the_plane(plot: Counting, qtbot: Any) -> None:
    plot.set_cursor((0.5, 0.5))
    plot.getViewBox().setRange(xRange=(-1, 1), yRange=(-1, 1), padding=0)
    arm = plot.pixel_at((0.5, 0.5)) + QPoint(0, 40)
    assert plot.grab().toImage().pixelColor(arm) != QColor(theme.LIGHT.surface)
    plot.resize(300, 300)
    qtbot.waitUntil(lambda: bool(plot.pixel_at((0.5, 0.5)) != arm - QPoint(0, 40)))
    arm = plot.pixel_at((0.5, 0.5)) + QPoint(0, 40)
    assert plot.grab().toImage().pixelColor(arm) != QColor(theme.LIGHT.surface)


def test_a_cursor_that_is_faded_out_is_not_seen(plot: Counting) -> None:
    plot.set_cursor((1.0, 1.0))
    plot.set_cursor_opacity(0.0)
    arm = plot.pixel_at((1.0, 1.0)) + QPoint(0, 40)
    assert plot.grab().toImage().pixelColor(arm) == QColor(theme.LIGHT.surface)


def test_what_is_beyond_the_axes_is_cut_off(plot: Counting) -> None:
    plot.set_cursor((-40.0, 0.0))
    ground = plot.grab().toImage()
    left = QPoint(2, plot.pixel_at((0, 0)).y())
    assert ground.pixelColor(left) == QColor(theme.LIGHT.surface)


def test_the_cursor_is_nothing_to_the_mouse(plot: Counting) -> None:
    plot.set_cursor((0.0, 0.0))
    cursor = plot.findChild(Cursor)
    assert cursor is not None
    assert plot.viewport().childAt(plot.pixel_at((0.0, 0.0))) is None


def test_a_change_is_painted_though_the_view_of_qt_asks_for_nothing(
    plot: Counting, qtbot: Any
) -> None:
    """As it does while it waits for a paint of its own: the viewport's paints never clear that."""
    qtbot.waitUntil(lambda: plot.paints > 0)
    before = plot.paints
    plot.scene().changed.emit([])
    qtbot.waitUntil(lambda: plot.paints > before)


def test_numbers_and_the_room_they_take_come_to_rest(plot: Counting, qapp: Any) -> None:
    """At some heights short numbers give just the room in which longer ones are shown."""
    for high in range(120, 420, 3):
        plot.resize(600, high)
        plot.getViewBox().setRange(yRange=(-2.05, 0.42), padding=0)
        for _ in range(6):
            qapp.processEvents()
        paints = plot.paints
        for _ in range(3):
            qapp.processEvents()
        assert plot.paints == paints and not plot._stale, high


def test_a_closed_one_is_not_dressed_anew(light: None, qtbot: Any, qapp: Any) -> None:
    closed = PicturedPlot()
    qtbot.addWidget(closed)
    closed.show()
    closed.close()
    theme.apply(qapp, "dark")
    QApplication.processEvents()  # what is raised there fails the test
    assert theme.tokens_of(closed) is theme.DARK
