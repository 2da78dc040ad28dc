"""Small bridges between Qt's actions and the program's verbs."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget


def make_action(owner: QWidget, text: str, slot: object, key: str = "", tip: str = "") -> QAction:
    """An action of ``owner`` with a key and a tooltip that names it."""
    action = QAction(text, owner)
    if key:
        action.setShortcut(key)
    action.setToolTip(f"{tip or text} ({key})" if key else tip or text)
    action.triggered.connect(slot)
    owner.addAction(action)
    return action
