"""PySide6 6.12.0 before Python 3.12 loses a reference to None in each Qt call, and then dies.

The dependency's range keeps that version out; this test notices if another one brings it back.
"""

from __future__ import annotations

import sys

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

PAINTS = 1_000


def references_to_none() -> int:
    return sys.getrefcount(None)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
def test_painting_does_not_eat_references_to_none(qapp):
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    before = references_to_none()
    for _ in range(PAINTS):
        painter.fillRect(0, 0, 32, 32, QColor("white"))
        painter.drawRect(1, 1, 10, 10)
        painter.setPen(QColor("black"))
    lost = before - references_to_none()
    painter.end()
    assert abs(lost) < PAINTS / 2, f"{lost / PAINTS:.2f} references lost for each paint"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
def test_the_plane_does_not_either(qtbot):
    from explorer.ui.widgets.plane.scatter_plane import ScatterPlane

    plane = ScatterPlane()
    qtbot.addWidget(plane)
    rng = np.random.default_rng(0)
    xy = rng.normal(size=(500, 2)).astype(np.float32)
    plane.set_points(xy, np.zeros(500, np.uint8), np.full((1, 4), 255, np.uint8))
    plane.resize(200, 200)
    plane.show()
    plane.grab()
    before = references_to_none()
    for i in range(PAINTS):
        plane.set_cursor((i / PAINTS, 0.0))
        plane.viewport().repaint()
    lost = before - references_to_none()
    assert abs(lost) < PAINTS / 2, f"{lost / PAINTS:.2f} references lost for each frame"
