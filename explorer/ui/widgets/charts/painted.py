"""What charts share that paint themselves: what is said of a place, and where there is nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from explorer.ui.themes import theme


class PaintedChart(QWidget):
    """Its tooltip reads what stands under the pointer; Qt has it painted anew in another theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = ""

    def set_empty_text(self, text: str) -> None:
        """What to say while there is nothing to draw."""
        self._empty = text
        self.update()

    def words_at(self, x: float) -> str:
        """What stands ``x`` px from the left, in words; "": the widget has a tooltip of its own."""
        return ""

    def begun(self, event: QPaintEvent) -> QPainter:
        """On the ground of the theme, with what small quiet words are written in."""
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.surface))
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(QColor(tokens.quiet))
        return painter

    def paint_empty(self, painter: QPainter) -> None:
        """Say in the middle that there is nothing to draw."""
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(self.rect(), flags, self._empty)

    def event(self, event: QEvent) -> bool:
        """The tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self.words_at(event.pos().x())
            if words:
                QToolTip.showText(event.globalPos(), words, self)
                return True
        return bool(super().event(event))
