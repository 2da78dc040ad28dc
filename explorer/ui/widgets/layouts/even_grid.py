"""Widgets in equal cells, in as many columns as leave each the most room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from explorer.ui.themes import theme

SHOWN = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)


class EvenGrid(QWidget):
    """Those of ``widgets`` that are not hidden, row by row; four stand in a row, a square or a
    column, as the room is.
    """

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets = list(widgets)
        self._order: tuple[int, list[QWidget]] = (0, [])
        self._grid = QGridLayout(self)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2 * theme.GRID)
        for widget in self._widgets:
            widget.setParent(self)
            widget.installEventFilter(self)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Of the largest of them: more than one stand below each other before it is scrolled."""
        sizes = [w.minimumSizeHint().expandedTo(w.minimumSize()) for w in self._shown()]
        wide = max((size.width() for size in sizes), default=0)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _place(self) -> None:
        shown = self._shown()
        count = columns_for(len(shown), self.width(), self.height(), self._grid.spacing())
        if (count, shown) == self._order:
            return
        self._order = count, shown
        for widget in self._widgets:
            self._grid.removeWidget(widget)
        for i, widget in enumerate(shown):
            self._grid.addWidget(widget, i // count, i % count)
        for i in range(len(self._widgets)):
            self._grid.setColumnStretch(i, int(i < count))
            self._grid.setRowStretch(i, int(i * count < len(shown)))
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room may be better used in other columns."""
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One that comes or goes leaves the others more room, or less."""
        if event.type() in SHOWN:
            self._place()
        return False


def columns_for(count: int, width: int, height: int, gap: int) -> int:
    """How many columns make the shorter side of ``count`` equal cells longest; at least one."""
    count = max(count, 1)

    def side(columns: int) -> float:
        rows = -(-count // columns)
        across = (width - (columns - 1) * gap) / columns
        down = (height - (rows - 1) * gap) / rows
        return min(across, down)

    return max(range(1, count + 1), key=side)
