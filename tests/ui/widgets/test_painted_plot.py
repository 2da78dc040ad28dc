"""Painted at once, once the scene has changed, however small the part that is asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from explorer.ui.synthetic_input import rest
from explorer.ui.widgets.painted_plot import PaintedPlot


class Counted(PaintedPlot):
    """Counts how often the scene is painted."""

    paints = 0

    def _painted(self) -> Any:
        self.paints += 1
        return super()._painted()


def _shown(qtbot: Any) -> Counted:
    plot = Counted()
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    with qtbot.waitExposed(plot):
        plot.show()
    rest(20)
    return plot


def _pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return rows[:, : image.width(), :3].copy()


def test_the_scene_is_painted_once_however_often_the_picture_is_shown(qtbot: Any) -> None:
    plot = _shown(qtbot)
    before = plot.paints
    for x in range(5):
        plot.viewport().repaint(QRect(20 * x, 30, 15, 40))
    assert plot.paints == before >= 1


def test_a_change_of_the_scene_is_seen_without_asking(qtbot: Any) -> None:
    plot = _shown(qtbot)
    before = _pixels(plot.grab().toImage())
    plot.plot([0, 1, 2], [0, 1, 0])
    rest(20)
    viewport = plot.viewport()
    assert isinstance(viewport, QLabel)
    seen = _pixels(viewport.pixmap().toImage())
    assert (seen != before[: len(seen), : seen.shape[1]]).any()
    assert np.array_equal(seen, _pixels(plot._painted().toImage()))


def test_another_size_has_another_picture(qtbot: Any) -> None:
    plot = _shown(qtbot)
    plot.resize(340, 260)
    rest(20)
    viewport = plot.viewport()
    assert isinstance(viewport, QLabel)
    assert viewport.pixmap().deviceIndependentSize().toSize() == viewport.size()


def test_it_may_be_closed_twice(qtbot: Any) -> None:
    plot = _shown(qtbot)
    assert plot.close() and plot.close()
    assert not plot.isVisible()


def test_it_takes_no_mouse_and_has_no_menu_of_its_own(qtbot: Any) -> None:
    plot = _shown(qtbot)
    assert plot.getViewBox().mouseEnabled() == [False, False]
    assert plot.getPlotItem().buttonsHidden
    assert plot.getPlotItem().ctrlMenu is None
