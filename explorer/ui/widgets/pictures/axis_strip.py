"""Pictures below the axis of a plot, each below its value; press or drag over them to go there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.export.things import Thing
from explorer.ui.themes import theme
from explorer.ui.widgets.exporting import seen
from explorer.ui.widgets.gesture import Gesture
from explorer.ui.widgets.pictures.pixels import Bytes, fit_rect, qimage

CELL, HEIGHT = 60, 62  # px that a picture has to itself, about


@dataclass(frozen=True)
class Axis:
    """Where values stand: ``low`` at ``left`` px, ``high`` at ``right`` px of the strip."""

    low: float
    high: float
    left: float
    right: float

    def pixel(self, value: float) -> float:
        """px of a value."""
        return self.left + (value - self.low) * self.unit

    def value(self, pixel: float) -> float:
        """The value at a px."""
        return self.low + (pixel - self.left) / self.unit

    @property
    def unit(self) -> float:
        """px of one unit of the axis."""
        return (self.right - self.left) / (self.high - self.low)

    @property
    def cells(self) -> int:
        """How many pictures there is room for."""
        return max(1, int((self.right - self.left) // CELL))


class AxisStrip(QWidget):
    """Paints what it is given. ``dragged``: a gesture and the value under the pointer.

    ``hovered``: the value under a pointer that is not pressed, or None as it leaves.
    """

    dragged = Signal(object, float)
    hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis: Axis | None = None
        self._values: NDArray[np.floating] = np.zeros(0)
        self._images: list[QImage] = []
        self._cursor: float | None = None
        self._smooth = False
        self._gesture = Gesture()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_axis(self, axis: Axis | None) -> None:
        """Pictures stand below their values on another axis; None: there is no room for one."""
        if axis != self._axis:
            self._axis = axis
            self.update()

    def set_pictures(self, values: NDArray[np.floating], images: Sequence[Bytes]) -> None:
        """Pictures (H, W, C) uint8 at values (n,) in equal steps."""
        self._values, self._images = values, [qimage(image) for image in images]
        self.update()

    def set_cursor_value(self, value: float | None) -> None:
        """Where the plot's cursor is."""
        if value != self._cursor:
            self._cursor = value
            self.update()

    def set_smooth(self, smooth: bool) -> None:
        """Whether enlarged pictures are smoothed."""
        self._smooth = smooth
        self.update()

    def picture_rect(self, i: int) -> QRectF:
        """Where picture ``i`` stands: in the middle of its cell."""
        assert self._axis is not None
        step = abs(float(self._values[1] - self._values[0])) * self._axis.unit if (
            len(self._values) > 1) else self._axis.right - self._axis.left  # fmt: skip
        cell = min(step, 2 * CELL)  # while the view is zoomed, before there are pictures of it
        left = self._axis.pixel(float(self._values[i])) - cell / 2
        room = QRectF(left + 1, 2, max(cell - 2, 1), HEIGHT - 4)
        return fit_rect(self._images[i], room, self.devicePixelRatioF())

    def thing(self) -> Thing | None:
        """What is drawn, and the values; None where there is nothing."""
        values = self._values
        return seen(self, "along-z", "the pictures", lambda: {"z": values}) if len(values) else None

    def sizeHint(self) -> QSize:
        """A few pictures."""
        return QSize(4 * CELL, HEIGHT)

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pictures, and the cursor over them."""
        axis = self._axis
        if axis is None:
            return
        painter, tokens = QPainter(self), theme.tokens_of(self)
        painter.setClipRect(QRectF(axis.left, 0, axis.right - axis.left, HEIGHT))
        for i, image in enumerate(self._images):
            at = self.picture_rect(i)
            smooth = self._smooth or at.width() < image.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(at, image)
        if self._cursor is not None and self._images:
            x = round(axis.pixel(self._cursor)) + 0.5
            for colour, width in ((tokens.surface, 4), (tokens.accent, 2)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawLine(QPointF(x, 0), QPointF(x, HEIGHT))

    # -- mouse ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture.begin()
            self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go with the pointer; or tell where it is."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event)
        elif self._axis is not None and self._images and not event.buttons():
            self.hovered.emit(self._value_at(event))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self.hovered.emit(None)

    def _drag(self, event: QMouseEvent) -> None:
        if self._axis is not None and self._images:
            self.dragged.emit(self._gesture.now, self._value_at(event))

    def _value_at(self, event: QMouseEvent) -> float:
        """Beyond the ends of the axis it is that of the end."""
        assert self._axis is not None
        x = min(max(event.position().x(), self._axis.left), self._axis.right)
        return self._axis.value(x)
