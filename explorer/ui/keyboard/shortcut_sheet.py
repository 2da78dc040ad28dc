"""Every key and gesture on one page, drawn from the commands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.app.commands import MENUS
from explorer.app.gestures import GESTURES
from explorer.ui.menus.binding import Commands
from explorer.ui.themes import theme
from explorer.ui.widgets.overlays.overlay import Overlay

APART = 32  # px between columns
MARGINS = (24, 16, 24, 16)
SCROLLS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
COLUMNS = 2  # of commands; the gestures have a third
Part = tuple[str, list[tuple[str, str]]]  # head; keys, and what they do


class ShortcutSheet(Overlay):
    """A card in columns; it is made when it is opened, so that it shows what there is by then.

    A narrow window has the commands in one column, and what it has no room for scrolls.
    """

    def __init__(self, window: QWidget, commands: Commands) -> None:
        super().__init__(window, "shortcutSheet")
        self.setAccessibleName("Keys and gestures")
        self._commands = commands
        self._content = QScrollArea(self.card)
        self._content.setWidgetResizable(True)
        self._content.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._count = self._wide = 0  # of columns of commands; px that they need all
        self._layout = QVBoxLayout(self.card)
        self._layout.setContentsMargins(*MARGINS)
        self._layout.setSpacing(theme.INSIDE)
        head = QHBoxLayout()
        title, hint = QLabel("Keys and gestures", self.card), QLabel("Esc closes", self.card)
        title.setProperty("role", "big")
        hint.setProperty("role", "quiet")
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(hint)
        self._layout.addLayout(head)
        self._layout.addWidget(self._content)

    def open(self, _about: str = "") -> None:
        """Show it; once more closes it."""
        if self.isVisible():
            self.shut()
            return
        self._fill(COLUMNS)
        self._wide = self.card.sizeHint().width()
        super().open()

    def _fill(self, columns: int) -> None:
        """The commands in so many columns, as large as they are."""
        self._count, parts = columns, [*split(keys_of(self._commands), columns), gestures()]
        content = _columns(parts, self._content)
        self._content.setWidget(content)  # which deletes the one before
        content.setAutoFillBackground(False)  # as Qt has it, on another ground than the card's
        self._content.setFixedSize(content.sizeHint())

    def place(self) -> None:
        """In the middle, as large as all of it, if the window is."""
        columns = COLUMNS if self._wide <= self.width() - 2 * theme.GRID else 1
        if columns != self._count:
            self._fill(columns)
        content = self._content.widget()
        if content is not None:
            self._content.setFixedSize(content.sizeHint())
            room = self.size() - QSize(2 * theme.GRID, 2 * theme.GRID)
            over = self.card.sizeHint().expandedTo(room) - room
            bar = self._content.verticalScrollBar().sizeHint().width() if over.height() else 0
            self._content.setFixedSize(content.sizeHint() - over + QSize(bar, 0))
        super().place()

    def press(self, event: QKeyEvent) -> bool:
        """F1 closes as well; arrows scroll where there is more."""
        steps = SCROLLS.get(Qt.Key(event.key()))
        if steps is not None:
            bar = self._content.verticalScrollBar()
            bar.setValue(bar.value() + steps * bar.singleStep())
            return True
        if event.key() == Qt.Key.Key_F1:
            self.shut()
            return True
        return super().press(event)


def keys_of(commands: Commands) -> list[Part]:
    """The keys of every menu that has some."""
    parts = [(head, _keys_of(commands, menu)) for menu, head in MENUS.items()]
    return [(head, lines) for head, lines in parts if lines]


def gestures() -> list[Part]:
    """What hands do, by where they do it."""
    parts = groupby(GESTURES, lambda gesture: gesture.where)
    return [(where, [(one.how, one.does) for one in made]) for where, made in parts]


def _keys_of(commands: Commands, menu: str) -> list[tuple[str, str]]:
    named = [commands.command(name) for name in commands.of(menu)]
    return [(_spelled(c.keys), (c.entry or c.title).rstrip(".")) for c in named if c.keys]


def _spelled(keys: Sequence[str]) -> str:
    return ", ".join(QKeySequence(key).toString() for key in keys)


def _columns(columns: list[list[Part]], parent: QWidget) -> QWidget:
    """Parts one below the other."""
    content = QWidget(parent)
    row = QHBoxLayout(content)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(APART)
    for column in columns:
        inner = QVBoxLayout()
        inner.addLayout(_column(column, content))
        inner.addStretch(1)
        row.addLayout(inner)
    return content


def split(parts: list[Part], columns: int) -> list[list[Part]]:
    """In their order, so that the highest column is as low as it can be."""
    heights = [len(lines) + 2 for _, lines in parts]
    limit = max(heights, default=0)
    while len(_stacked(heights, limit)) > columns:
        limit += 1
    return [[parts[i] for i in column] for column in _stacked(heights, limit)]


def _stacked(heights: list[int], limit: int) -> list[list[int]]:
    columns: list[list[int]] = [[]]
    for i, height in enumerate(heights):
        if sum(heights[k] for k in columns[-1]) + height > limit and columns[-1]:
            columns.append([])
        columns[-1].append(i)
    return columns


def _column(parts: list[Part], parent: QWidget) -> QGridLayout:
    """Keys on the left, what they do on the right, heads above."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.INSIDE)
    grid.setVerticalSpacing(4)
    for head, lines in parts:
        at = grid.rowCount()
        if at > 1:
            grid.setRowMinimumHeight(at, theme.INSIDE)
        title = QLabel(head, parent)
        title.setFont(theme.font(theme.TEXT, bold=True))
        title.setProperty("role", "head")
        grid.addWidget(title, at + 1, 0, 1, 2)
        for i, (keys, does) in enumerate(lines, start=at + 2):
            cap = QLabel(keys, parent)
            cap.setProperty("role", "keys")
            grid.addWidget(cap, i, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(QLabel(does, parent), i, 1)
    grid.setColumnStretch(1, 1)
    return grid
