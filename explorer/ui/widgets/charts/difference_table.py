"""Numbers of two, and what the one is ahead by: a quiet table with a mark where it is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explorer.export.things import Thing
from explorer.ui.themes import theme
from explorer.ui.widgets.exporting import listed

HEADS = ("", "this model", "the other", "difference", "95 % interval", "ahead")
NUMBERS = range(1, 5)  # columns


@dataclass(frozen=True)
class Differing:
    """A row, all as text: a name, both numbers, their difference and between what it lies.

    verdict: who is ahead, as far as samples can tell. sure: whether they can. tip: what it is.
    """

    name: str
    ours: str
    theirs: str
    difference: str = ""
    within: str = ""
    verdict: str = ""
    sure: bool = False
    tip: str = ""


class DifferenceTable(QWidget):
    """Rows in the order given; a sure verdict is marked by a dot and stands in strong letters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Differing] = []
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * theme.GRID)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(len(HEADS), 1)
        self.setAccessibleName("Two models on the same samples")

    def lines(self) -> list[tuple[str, ...]]:
        """What is shown, a tuple a row, without the heads."""
        return [
            (row.name, row.ours, row.theirs, row.difference, row.within, _marked(row))
            for row in self._rows
        ]

    def thing(self) -> Thing | None:
        """What is shown; None where there are no rows."""
        names = ("number", *HEADS[1:])
        return listed(self, "differences", "the differences", names, self.lines())

    def show_rows(self, rows: Sequence[Differing]) -> None:
        """In the place of those before."""
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()  # at once: it is deleted when the loop comes round
            label.deleteLater()
        self._rows, self._labels = list(rows), []
        for column, text in enumerate(HEADS if rows else ()):
            self._add(0, column, text, "quiet", "")
        for i, (row, line) in enumerate(zip(self._rows, self.lines(), strict=True), 1):
            for column, text in enumerate(line):
                strong = row.sure and column in (3, 5)
                role = "head" if strong else "quiet" if column in (0, 4, 5) else ""
                self._add(i, column, text, role, row.tip)
        for i in range(self._grid.rowCount() + 1):  # the last of all takes what is left
            self._grid.setRowStretch(i, int(i > len(self._rows)))
        self.setAccessibleDescription("; ".join(" ".join(line) for line in self.lines()))
        self.updateGeometry()

    def _add(self, row: int, column: int, text: str, role: str, tip: str) -> None:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setToolTip(tip)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
        label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(label, row, column)
        self._labels.append(label)


def _marked(row: Differing) -> str:
    return f"\u25cf {row.verdict}" if row.sure else row.verdict
