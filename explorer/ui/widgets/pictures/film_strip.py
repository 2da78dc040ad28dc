"""Pictures side by side along a way; drag over them to travel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.gesture import Gesture
from explorer.ui.widgets.keyboard_focus import KeyboardFocus
from explorer.ui.widgets.pictures.pixels import Bytes, fit_rect, qimage

CELL = 60  # px that a picture has to itself, about
HEIGHT = 66
UNDERLINE = 3  # px, below pictures that lie off the data
TOUCHING = 2.5  # px from the edge of its room, where a picture needs a line before it
STEP = 0.02  # of the way, with an arrow key


class FilmStrip(KeyboardFocus):
    """Paints what it is given, and tells where the user wants to be. It knows nothing of models.

    ``scrub_started`` and ``scrubbed`` (0 to 1, the middle of the first to that of the last
    picture); ``room_changed``: how many pictures it has room for.
    """

    scrub_started = Signal(object)  # the gesture
    scrubbed = Signal(float)
    room_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self._off: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._share = 0.0
        self._smooth = False
        self._empty_text = ""
        self._room = 0
        self._gesture = Gesture()
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Film of the path")

    def set_images(self, images: Sequence[Bytes]) -> None:
        """Show pictures (H, W, C) uint8 at equal steps; none shows the empty text."""
        self._images = [qimage(image) for image in images]
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if self._images else Qt.CursorShape.ArrowCursor
        )
        self.update()

    def set_off(self, off: NDArray[np.bool_] | None) -> None:
        """Underline the pictures (n,) that lie off the data."""
        self._off = np.zeros(0, np.bool_) if off is None else off
        self.update()

    def set_share(self, share: float) -> None:
        """Where the traveller is, 0 to 1."""
        self._share = share
        self.update()

    def set_smooth(self, smooth: bool) -> None:
        """Whether enlarged pictures are smoothed."""
        self._smooth = smooth
        self.update()

    def set_empty_text(self, text: str) -> None:
        """What to say while there are no pictures."""
        self._empty_text = text
        self.update()

    def x_of(self, share: float) -> float:
        """The pixel column of a share of the way."""
        cell = self._cell()
        return cell / 2 + share * (self.width() - cell)

    def _cell(self) -> float:
        return self.width() / max(len(self._images), 1)

    def sizeHint(self) -> QSize:
        """A dozen pictures."""
        return QSize(12 * CELL, HEIGHT)

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pictures, underlines, and the traveller."""
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        if not self._images:
            painter.setPen(QColor(tokens.quiet))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(flags), self._empty_text)
            return
        cell = self._cell()
        for i, image in enumerate(self._images):
            room = QRectF(i * cell + 1, 0, cell - 2, HEIGHT - 2 * UNDERLINE)
            at = fit_rect(image, room, self.devicePixelRatioF())
            smooth = self._smooth or at.width() < image.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(at, image)
            if i and at.left() - i * cell < TOUCHING:
                line = QRectF(round(i * cell), at.top(), 1, at.height())
                painter.fillRect(line, QColor(tokens.hairline))
            if i < len(self._off) and self._off[i]:
                bottom = QRectF(i * cell + 1, HEIGHT - UNDERLINE, cell - 2, UNDERLINE)
                painter.fillRect(bottom, QColor(tokens.warn))
        self._paint_traveller(painter, tokens)

    def _paint_traveller(self, painter: QPainter, tokens: theme.Tokens) -> None:
        x = round(self.x_of(self._share)) + 0.5
        line = QPointF(x, 0), QPointF(x, HEIGHT - UNDERLINE - 1)
        for colour, width in ((tokens.surface, 4), (tokens.accent, 2)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(*line)
        if self.by_keyboard:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)

    # -- mouse and keys ---------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if event.button() == Qt.MouseButton.LeftButton and self._images:
            self._gesture.begin()
            self.scrub_started.emit(self._gesture.now)
            self._scrub(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Travel with the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._images:
            self._scrub(event.position().x())

    def share_at(self, x: float) -> float:
        """The share of the way at a pixel column."""
        cell = self._cell()
        return min(max((x - cell / 2) / max(self.width() - cell, 1.0), 0.0), 1.0)

    def _scrub(self, x: float) -> None:
        self.scrubbed.emit(self.share_at(x))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right travel, Home and End go to the ends."""
        wanted = {
            Qt.Key.Key_Left: self._share - STEP,
            Qt.Key.Key_Right: self._share + STEP,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: 1.0,
        }.get(Qt.Key(event.key()))
        if wanted is None or not self._images:
            super().keyPressEvent(event)
            return
        self._gesture.key(repeats=event.isAutoRepeat())
        self.scrub_started.emit(self._gesture.now)
        self.scrubbed.emit(min(max(wanted, 0.0), 1.0))

    # -- Qt's events ------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for more pictures, or for fewer."""
        super().resizeEvent(event)
        room = min(max(self.width() // CELL, 6), 32)
        if room != self._room:
            self._room = room
            self.room_changed.emit(room)
