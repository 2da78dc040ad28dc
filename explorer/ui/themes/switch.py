"""Puts another theme on a window that is shown, a little at a time.

The style sheet names the roles of the palette and never changes: to set another one would lay the
whole window out anew, half a second long. Qt keeps what it made of the rules for each widget until
the widget is polished again; so those that are seen are polished at once, and the others in turns,
or as they are shown. One that was never shown Qt polishes when it is.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from explorer.ui.on_screen import is_on_screen

TURN_MS = 8


class ThemeSwitch(QObject):
    """Polishes every widget of ``app`` once: at once what is seen, then the rest."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._left: list[QWidget] = []
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._turn)

    @property
    def busy(self) -> bool:
        """Whether some are left."""
        return bool(self._left)

    def begin(self) -> None:
        """Start over: what was left of an earlier theme is given this one."""
        seen: list[QWidget] = []
        hidden: list[QWidget] = []
        for widget in QApplication.allWidgets():
            if _is_seen(widget):
                seen.append(widget)
            elif widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                hidden.append(widget)
        for widget in seen:
            _polish(widget)
        self._left = hidden
        if hidden:
            self._app.installEventFilter(self)
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One that is shown before its turn is not seen in the old colours; until all are done."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            _polish(watched)
        return False

    @Slot()
    def _turn(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        while self._left and clock.elapsed() < TURN_MS:
            _polish(self._left.pop())
        if self._left:
            self._timer.start()
        else:
            self._app.removeEventFilter(self)


def _is_seen(widget: QWidget) -> bool:
    """On the screen; or a window, whose palette the widgets in it ask for even before that."""
    return is_on_screen(widget) or isinstance(widget, QMainWindow)


def _polish(widget: QWidget) -> None:
    if shiboken6.isValid(widget):
        widget.style().polish(widget)
        widget.update()
