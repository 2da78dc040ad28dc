"""The crosshair with a ring that stands where z is held: painted over the plane, not part of it."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion

RADIUS = 9.0
DOT = 5.0
REACH = 13  # px from the middle that the ring and its rim may touch
LINE_ALPHA = 130


def region(at: QPointF, box: QRectF) -> QRegion:
    """The pixels a cursor at ``at`` touches in ``box``: two strips and a square."""
    x, y = round(at.x()), round(at.y())
    frame = box.toAlignedRect()
    touched = QRegion(frame.left(), y - 2, frame.width(), 4)
    touched += QRegion(x - 2, frame.top(), 4, frame.height())
    touched += QRegion(x - REACH, y - REACH, 2 * REACH, 2 * REACH)
    return touched & QRegion(frame)


def paint(painter: QPainter, at: QPointF, box: QRectF, accent: QColor, ground: QColor) -> None:
    """Four arms that leave the middle free, and a ring with a rim, within ``box``."""
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    faint = QColor(accent)
    faint.setAlpha(LINE_ALPHA)
    painter.setPen(QPen(faint, 1))
    x, y = round(at.x()) + 0.5, round(at.y()) + 0.5  # on pixels: crisp, and quick
    painter.drawLines(
        [
            QLineF(box.left(), y, x - RADIUS, y),
            QLineF(x + RADIUS, y, box.right(), y),
            QLineF(x, box.top(), x, y - RADIUS),
            QLineF(x, y + RADIUS, x, box.bottom()),
        ]
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(ground, 4.5), QPen(accent, 2.5)):
        painter.setPen(pen)
        painter.drawEllipse(at, RADIUS, RADIUS)


def paint_dot(painter: QPainter, at: QPointF, box: QRectF, accent: QColor, ground: QColor) -> None:
    """A full dot with a rim, where a path is being travelled, within ``box``."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ground, 2))
    painter.setBrush(accent)
    painter.drawEllipse(at, DOT, DOT)
    painter.restore()
