"""Every key and gesture on one page, drawn from the commands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.app.commands import MENUS
from explorer.app.gestures import GESTURES
from explorer.ui import theme
from explorer.ui.binding import Commands
from explorer.ui.widgets.overlay import Overlay

COLUMNS = 2  # of commands; the gestures have a third
Part = tuple[str, list[tuple[str, str]]]  # head; keys, and what they do


class ShortcutSheet(Overlay):
    """A card in columns; it is made when it is opened, so that it shows what there is by then."""

    def __init__(self, window: QWidget, commands: Commands) -> None:
        super().__init__(window, "shortcutSheet")
        self.setAccessibleName("Keys and gestures")
        self._commands = commands
        self._content: QWidget | None = None
        self._layout = QVBoxLayout(self.card)
        self._layout.setContentsMargins(24, 16, 24, 16)
        self._layout.setSpacing(theme.INSIDE)
        head = QHBoxLayout()
        title, hint = QLabel("Keys and gestures", self.card), QLabel("Esc closes", self.card)
        title.setProperty("role", "big")
        hint.setProperty("role", "quiet")
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(hint)
        self._layout.addLayout(head)

    def open(self, _about: str = "") -> None:
        """Show it; once more closes it."""
        if self.isVisible():
            self.shut()
            return
        if self._content is not None:
            self._layout.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = _columns([*split(keys_of(self._commands), COLUMNS), gestures()], self.card)
        self._layout.addWidget(self._content)
        super().open()

    def press(self, event: QKeyEvent) -> bool:
        """F1 closes as well."""
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
    row.setSpacing(32)
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
