"""A colour bar of a diverging map: what its colours stand for, from -limit to +limit."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.comparing.diverging import diverging
from explorer.ui.widgets.pictures.pixels import qimage

BAR, STEPS, LINE = 12, 64, 14  # px of its width; colours; px of a line of text


class ScaleBar(QWidget):
    """Upright, 0 in the middle, with the ends spelled beside it and what they mean below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit, self._channels, self._caption = 1.0, 1, ""
        self._foot = 0
        self.setAccessibleName("Scale of the differences")
        self.setToolTip("Orange: too bright. Blue: too dark. The ground: no difference")

    def show_scale(self, limit: float, channels: int, caption: str, foot: int) -> None:
        """limit: of the map, one for all pictures. foot: px below the bar for the caption."""
        self._limit, self._channels, self._caption, self._foot = limit, channels, caption, foot
        self.setAccessibleDescription(f"\u2212{limit:.1f} to +{limit:.1f}, {caption}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bar, numbers, caption."""
        painter, tokens = QPainter(self), theme.tokens_of(self)
        painter.setFont(theme.font(theme.SMALL))
        room = QRectF(self.rect()).adjusted(0, LINE / 2, 0, -self._foot - LINE / 2)
        left = room.center().x() - BAR
        ramp = np.linspace(self._limit, -self._limit, STEPS, dtype=np.float32)
        values = np.repeat(ramp[:, None, None], self._channels, axis=2)
        bar = QRectF(left, room.top(), BAR, room.height())
        painter.drawImage(bar, qimage(diverging(values, self._limit, tokens)))
        painter.setPen(QColor(tokens.text))
        words = (f"+{self._limit:.1f}", "0", f"\u2212{self._limit:.1f}")
        for word, y in zip(words, (bar.top(), bar.center().y(), bar.bottom()), strict=True):
            at = QRectF(bar.right() + 6, y - LINE / 2, self.width(), LINE)
            painter.drawText(at, int(Qt.AlignmentFlag.AlignVCenter), word)
        painter.setPen(QColor(tokens.quiet))
        below = QRectF(0, self.height() - self._foot, self.width(), self._foot)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), self._caption)
        painter.end()
