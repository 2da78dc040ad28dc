"""What a widget paints, as numbers: its pixels, where a colour is, its words, its tooltips."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from explorer.ui.widgets.charts import painted as base

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]


def pixels(widget: QWidget) -> Pixels:
    """(H, W, 3) of what stands on the screen: who forgot to ask for a painting is found out."""
    QApplication.processEvents()
    window, corner = widget.window(), widget.mapTo(widget.window(), QPoint(0, 0))
    QApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))  # what is asked for, now
    shot = window.screen().grabWindow(
        window.winId(), corner.x(), corner.y(), widget.width(), widget.height()
    )
    image = shot.toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.array(image.constBits()).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)


def rgb(colour: str | QColor) -> tuple[int, int, int]:
    """Red, green and blue."""
    made = QColor(colour)
    return made.red(), made.green(), made.blue()


def of_colour(seen: Pixels, colour: str | QColor, near: int = 0) -> Mask:
    """(H, W) where a picture has a colour; ``near``: or one as close in each channel."""
    away = np.abs(seen.astype(np.int64) - rgb(colour)).max(axis=2)
    return np.asarray(away <= near)


def box_of(mask: Mask) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is true, all within."""
    rows, columns = np.nonzero(mask)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def tooltip(widget: QWidget, at: QPointF | QPoint) -> str:
    """What a pointer that rests there is told; "" if nothing."""
    _put_away()
    place = at.toPoint() if isinstance(at, QPointF) else at
    event = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    text = QToolTip.text() if QToolTip.isVisible() else ""
    _put_away()
    return text


def _put_away() -> None:
    """At once: Qt lets an old tip stand for a while."""
    for window in QApplication.topLevelWidgets():
        if window.inherits("QTipLabel"):
            window.hide()


def written(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, paint: Callable[[], object]
) -> list[tuple[str, Any]]:
    """Each text that ``module`` writes while ``paint`` runs, and the place it is given.

    Charts get their painter from what they have in common.
    """
    said: list[tuple[str, Any]] = []

    class Listening(QPainter):
        def drawText(self, *args: Any) -> None:
            said.append((args[-1], args[0]))
            super().drawText(*args)

    with monkeypatch.context() as patch:
        for place in (module, base):
            patch.setattr(place, "QPainter", Listening)
        paint()
    return said
