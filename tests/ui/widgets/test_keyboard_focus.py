"""explorer.ui.widgets.keyboard_focus: a ring for the Tab key alone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent

from explorer.ui.widgets.keyboard_focus import KeyboardFocus

Reason = Qt.FocusReason


@pytest.mark.parametrize("reason", list(Reason))
def test_who_comes_by_tab_is_ringed_until_the_focus_goes(qtbot: Any, reason: Reason) -> None:
    widget = KeyboardFocus()
    qtbot.addWidget(widget)
    widget.focusInEvent(QFocusEvent(QEvent.Type.FocusIn, reason))
    assert widget.by_keyboard == (reason in (Reason.TabFocusReason, Reason.BacktabFocusReason))
    widget.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut, reason))
    assert not widget.by_keyboard
