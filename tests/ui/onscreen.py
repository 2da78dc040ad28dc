"""What is on the screen now, as the platform holds it: nothing is painted by looking at it."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui.synthetic_input import rest
from explorer.ui.widgets.plane.pictured_plot import PicturedPlot


def idle(window: QWidget, jobs: Any) -> None:
    """Live until nothing is under way: no job, no timer that rings once, no event."""
    rest(0)
    while jobs.busy or any(t.isSingleShot() and t.isActive() for t in window.findChildren(QTimer)):
        rest(5)
    for _ in range(5):
        QApplication.processEvents()


def pixels(plane: PicturedPlot) -> np.ndarray:
    """(H, W, 4) of the plane's viewport with all that stands on it, as last painted."""
    window, viewport = plane.window(), plane.viewport()
    corner = viewport.mapTo(window, QPoint(0, 0))
    shot = window.screen().grabWindow(window.winId(), corner.x(), corner.y(),
                                      viewport.width(), viewport.height())  # fmt: skip
    image = shot.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits()).reshape(image.height(), image.width(), 4)


def painted_anew(plane: PicturedPlot) -> np.ndarray:
    """The same once everything was painted from nothing."""
    plane._stale = True
    plane.viewport().repaint()
    QApplication.processEvents()
    return pixels(plane)
