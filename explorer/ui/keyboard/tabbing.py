"""Tab goes in the order of sight, brings what it reaches into sight, and shows where it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from explorer.ui.keyboard.sight import stops
from explorer.ui.widgets.focus_ring import FocusRing

RINGED = (QPushButton, QToolButton, QComboBox, QAbstractSpinBox, QLineEdit)  # by the style sheet


def focus_next(window: QMainWindow, ring: FocusRing, *, forward: bool) -> bool:
    """Give the focus to the next widget, or the one before; whether there is one."""
    order, held = stops(window), QApplication.focusWidget()
    if not order:
        return False
    at = order.index(held) if held in order else -1 if forward else 0
    chosen = order[(at + (1 if forward else -1)) % len(order)]
    reason = Qt.FocusReason
    chosen.setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
    _bring_into_sight(chosen)
    if not (isinstance(chosen, RINGED) or getattr(chosen, "shows_focus", False)):
        ring.show_on(chosen)
    return True


def _bring_into_sight(chosen: QWidget) -> None:
    above = chosen.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(chosen, 8, 8)
        above = above.parentWidget()
