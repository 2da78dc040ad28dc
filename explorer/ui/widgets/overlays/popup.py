"""A menu for the place where it was asked for: heads that name the place, entries below each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QMenu, QWidget, QWidgetAction

from explorer.ui.themes import theme
from explorer.ui.widgets.offering import offer

HEAD = "menuHead"


class PopupEntry(NamedTuple):
    """What a menu offers. reason: why not now; entries: those of a menu of its own.

    tip: what it does.
    """

    text: str
    act: Callable[[], object] | None = None
    reason: str = ""
    entries: Sequence[PopupEntry] = ()
    tip: str = ""


class PopupSection(NamedTuple):
    """Entries about one thing. head: what that is, or nothing for more of the same."""

    head: str
    entries: Sequence[PopupEntry]


def popup(owner: QWidget, at: QPoint, sections: Sequence[PopupSection]) -> QMenu:
    """Open the menu at a place of the screen; it is gone once it is closed."""
    menu = menu_of(owner, sections)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)
    return menu


def menu_of(owner: QWidget, sections: Sequence[PopupSection]) -> QMenu:
    """The menu with its heads and entries; what cannot be chosen says why."""
    menu = QMenu(owner)
    for section in sections:
        if menu.actions():
            menu.addSeparator()
        if section.head:
            menu.addAction(head_action(section.head, menu))
        _fill(menu, section.entries)
    return menu


def head_action(text: str, menu: QMenu) -> QWidgetAction:
    """A line that cannot be chosen: a section of Qt's has no text where a style sheet paints."""
    label, action = QLabel(text), QWidgetAction(menu)
    label.setObjectName(HEAD)
    label.setFont(theme.font(theme.SMALL, bold=True))
    label.setContentsMargins(theme.INSIDE, 4, theme.INSIDE, 4)
    action.setDefaultWidget(label)
    action.setEnabled(False)
    return action


def heads(menu: QMenu) -> list[str]:
    """What the menu speaks of, from above to below."""
    return [label.text() for label in menu.findChildren(QLabel, HEAD)]


def _fill(menu: QMenu, entries: Sequence[PopupEntry]) -> None:
    menu.setToolTipsVisible(True)
    for entry in entries:
        if entry.act is None:
            sub = menu.addMenu(entry.text)
            _fill(sub, entry.entries)
            action = sub.menuAction()
        else:
            action = menu.addAction(entry.text)
            action.triggered.connect(entry.act)
        if entry.tip:
            action.setToolTip(entry.tip)
        offer(action, entry.reason)
