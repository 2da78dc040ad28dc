"""What something uncovers is painted in a part, and fits what stands beside it.

Over the widgets of every panel: a part of each is painted anew, and the whole is as if it had been
painted at once. Qt rounds by a level or two where it smooths a picture from another edge.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea, QDockWidget, QWidget

from explorer.data import opening
from explorer.training.record.curve import Curve, empty
from explorer.training.record.curve_writer import CurveWriter
from explorer.ui.panels import panels
from explorer.ui.synthetic_input import rest
from explorer.ui.widgets.charts.loss_plot import LossPlot
from explorer.ui.window import MainWindow
from tests.ui.desk import Desk
from tests.ui.onscreen import idle

ROUNDING = 2  # of 255 levels
PARTS = 3  # of each widget
MANY = 60  # of one whose lines slant: few parts are smoothed otherwise
# (left, top, width, height) of parts, of 1
SHARES = np.random.default_rng(0).uniform(0.07, 0.83, (MANY, 4))


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path) -> Desk:
    window = MainWindow(tmp_path)
    qtbot.addWidget(window)
    window.resize(1366, 900)
    with qtbot.waitExposed(window):
        window.show()
    return Desk(window, qtbot)


def _show(desk: Desk, data: str, kind: str) -> None:
    """A bundled data set, a small model of it, and all that is asked of a sample."""
    made = opening.open_dataset(data)
    desk.state.renew(dataset=made, **desk.model(made, kind))
    desk.select(3)
    desk.lay()
    desk.settle()


def _seen(window: QWidget, at: QRect) -> np.ndarray:
    shot = window.screen().grabWindow(window.winId(), at.x(), at.y(), at.width(), at.height())
    return _array(shot.toImage())


def _array(image: Any) -> np.ndarray:
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return rows[:, : image.width(), :3].astype(int)


def _unlike(widget: QWidget, parts: int = PARTS) -> int:
    """The greatest difference to what is painted at once, in levels."""
    window, most = widget.window(), 0
    at = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    size = np.array([widget.width(), widget.height()] * 2)
    for share in SHARES[:parts]:
        widget.repaint()
        widget.repaint(QRect(*(int(edge) for edge in np.ceil(share * size))))
        whole = _array(window.grab(at).toImage())
        most = max(most, int(np.abs(_seen(window, at) - whole).max()))
    return most


def _faults(desk: Desk) -> set[str]:
    found = set()
    for name in sorted(panels):
        dock = desk.find(QDockWidget, f"{name}Dock")
        if dock.toggleViewAction().isEnabled():
            desk.front(name)
            idle(desk.window, desk.window.jobs)
            for widget in dock.widget().findChildren(QWidget):
                inside = widget.visibleRegion().boundingRect() == widget.rect()
                if inside and not widget.findChildren(QWidget) and _unlike(widget) > ROUNDING:
                    found.add(f"{name}: {type(widget).__name__} {widget.objectName()}")
    return found


@pytest.mark.parametrize(
    ("data", "kind"), [("waves", "vae"), ("wine", "vae"), ("digits", "vq-vae")]
)
def test_a_part_of_a_widget_fits_what_stands_beside_it(desk: Desk, data: str, kind: str) -> None:
    _show(desk, data, kind)
    assert _faults(desk) == set()


def _unsteady() -> Curve:
    """A curve that jumps up and down, as that of few samples does."""
    writer, jump = CurveWriter(empty(2000, 40)), np.random.default_rng(0).normal(size=(80, 2))
    for i, (train, test) in enumerate(jump, 1):
        writer.add(1000 * i, [64], np.array([[train, 5.0, train - 7.0]]))
        writer.test(1000 * i, test)
    return writer.curve


def test_a_part_of_the_curves_does_too(qtbot: Any) -> None:
    """A card that goes uncovers a part of them: dashes and slanting lines would not fit."""
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.resize(420, 300)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.show_curve(_unsteady())
    rest(20)
    (viewport,) = (one.viewport() for one in plot.findChildren(QAbstractScrollArea))
    assert _unlike(viewport, MANY) <= ROUNDING
