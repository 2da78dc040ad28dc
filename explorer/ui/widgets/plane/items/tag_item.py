"""A small flag that names a point of a plane: a number or a letter above its tip."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsSimpleTextItem

from explorer.ui.themes import theme

HEIGHT, LEAST, TIP = 16.0, 16.0, 6.0  # px: of the flag, its smallest width, from it to the point


class TagItem(QGraphicsPathItem):
    """Painted by Qt alone; place it with ``setPos``, its tip stands there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = QGraphicsSimpleTextItem(text)
        self._text.setFont(theme.font(theme.SMALL, bold=True))
        self._text.setParentItem(self)
        size = self._text.boundingRect()
        width = max(LEAST, size.width() + 8)
        self._text.setPos(-size.width() / 2, -TIP - (HEIGHT + size.height()) / 2)
        self.setPath(_outline(width))

    @property
    def text(self) -> str:
        """What the flag says."""
        return self._text.text()

    def set_colours(self, ground: QColor, text: QColor, rim: QColor) -> None:
        """The flag, its letters and its outline."""
        self.setBrush(QBrush(ground))
        self.setPen(QPen(rim, 1.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        self._text.setBrush(QBrush(text))


def _outline(width: float) -> QPainterPath:
    body, pointer = QPainterPath(), QPainterPath()
    body.addRoundedRect(QRectF(-width / 2, -TIP - HEIGHT, width, HEIGHT), 4, 4)
    pointer.addPolygon(QPolygonF([QPointF(-4, -TIP - 1), QPointF(0, 0), QPointF(4, -TIP - 1)]))
    pointer.closeSubpath()
    return body.united(pointer)
