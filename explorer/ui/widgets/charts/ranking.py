"""A few that are told apart by one number: a line each, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from explorer.export.things import Thing
from explorer.ui.themes import theme
from explorer.ui.widgets.exporting import listed

ROLES = ("", "", "quiet")  # of the columns: a name, its number, between what it lies


@dataclass(frozen=True)
class Ranked:
    """A line: what it is of, its number as text and between what it lies; tip: what more is known.

    own: whether it is the one that the others are held against.
    """

    name: str
    value: str
    within: str = ""
    tip: str = ""
    own: bool = False


class Ranking(QWidget):
    """Names to the left, numbers in columns to the right, in the order given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 2 * theme.GRID)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._labels: list[QLabel] = []

    def lines(self) -> list[tuple[str, str, str]]:
        """What is shown."""
        texts = [label.text() for label in self._labels]
        return list(zip(texts[::3], texts[1::3], texts[2::3], strict=True))

    def thing(self) -> Thing | None:
        """What is shown, a row a line; None where there is none."""
        return listed(self, "ranking", "the ranking", ("name", "value", "within"), self.lines())

    def show_lines(self, lines: Sequence[Ranked]) -> None:
        """In the place of those that were there."""
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()  # at once: it is deleted when the loop comes round
            label.deleteLater()
        self._labels = []
        for row, line in enumerate(lines):
            self._add(row, line)
        self._grid.setRowStretch(len(lines), 1)
        self.updateGeometry()

    def _add(self, row: int, line: Ranked) -> None:
        for column, text in enumerate((line.name, line.value, line.within)):
            label = QLabel(text, self)
            label.setProperty("role", ROLES[column] or ("head" if line.own else ""))
            label.setToolTip(line.tip)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if column == 0:
                label.setMinimumWidth(1)
                label.setWordWrap(True)
                label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            else:
                label.setFont(theme.font())
            self._grid.addWidget(label, row, column)
            self._labels.append(label)
