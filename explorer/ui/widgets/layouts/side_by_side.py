"""Widgets side by side where there is room for that, else one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from explorer.ui.themes import theme

WIDEST = 16_777_215  # Qt's own


class SideBySide(QWidget):
    """Some that are as wide as they want, a column of ``width``, and one that takes the rest.

    least: px that the last one needs beside the others. narrowest: px of the whole: from columns
    one can always get back to the narrow arrangement.
    """

    def __init__(
        self,
        first: Sequence[QWidget],
        column: QWidget,
        rest: QWidget,
        *,
        width: int,
        least: int,
        narrowest: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._first, self._column = first, column
        self._width, self._least, self._narrowest = width, least, narrowest
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.INSIDE)
        for widget in first:
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(column)
        self._row.addWidget(rest, 1)

    def arrange(self) -> None:
        """Once the room or what is shown has changed."""
        shown = (widget for widget in self._first if not widget.isHidden())
        taken = sum(widget.sizeHint().width() + theme.INSIDE for widget in shown)
        beside = self.width() >= taken + self._width + self._least
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)
        self._column.setMinimumWidth(self._width if beside else 0)
        self._column.setMaximumWidth(self._width if beside else WIDEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns where there is room for them."""
        super().resizeEvent(event)
        self.arrange()

    def minimumSizeHint(self) -> QSize:
        """That of the narrow arrangement."""
        return QSize(self._narrowest, super().minimumSizeHint().height())
