"""Numbers with their names, in columns; each one's tooltip is its formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explorer.export.things import Thing
from explorer.ui.themes import theme
from explorer.ui.widgets.exporting import listed

NONE = "\u2013"


@dataclass(frozen=True)
class Figure:
    """key: what its value is found by. tip: its formula, and what it means."""

    key: str
    name: str
    tip: str


class FigureGrid(QWidget):
    """Filled from the top of the first column to the bottom of the last; large: what matters."""

    def __init__(
        self,
        figures: Sequence[Figure],
        columns: int,
        parent: QWidget | None = None,
        *,
        large: bool = False,
    ) -> None:
        super().__init__(parent)
        self._large = large
        self._values: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        rows = -(-len(figures) // columns)
        for i, one in enumerate(figures):
            self._add(grid, one, i % rows, 3 * (i // rows))
        for column in range(columns - 1):
            grid.setColumnMinimumWidth(3 * column + 2, 4)
        grid.setRowStretch(rows, 1)
        grid.setColumnStretch(3 * columns, 1)
        self.show_values({})

    def _add(self, grid: QGridLayout, one: Figure, row: int, column: int) -> None:
        name, value = QLabel(one.name, self), QLabel(NONE, self)
        name.setProperty("role", "quiet")
        if self._large:
            value.setProperty("role", "big")
        else:
            value.setFont(theme.font())
        value.setObjectName(f"figure-{one.key}")
        value.setAccessibleName(one.name)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setMinimumWidth(176 if self._large else 92)
        for label in (name, value):
            label.setToolTip(one.tip)
        grid.addWidget(name, row, column)
        grid.addWidget(value, row, column + 1)
        self._values[one.key] = value

    def show_values(self, values: Mapping[str, str]) -> None:
        """Values as text by their keys; what is not among them is a dash."""
        for key, label in self._values.items():
            label.setText(values.get(key) or NONE)

    def text(self, key: str) -> str:
        """What is shown."""
        return self._values[key].text()

    def thing(self) -> Thing | None:
        """Names and values; None where no value is known."""
        rows = [(label.accessibleName(), label.text()) for label in self._values.values()]
        known = any(text != NONE for _, text in rows)
        names = ("figure", "value")
        return listed(self, "figures", "the figures", names, rows if known else ())


def signed(value: float | None, error: float | None = None, digits: int = 2) -> str:
    """A number with a true minus, and its standard error if given."""
    if value is None or value != value:
        return ""
    text = f"{value:,.{digits}f}".replace("-", "\u2212")
    return text if error is None or error != error else f"{text} \u00b1 {error:.{digits}f}"
