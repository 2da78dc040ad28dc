"""A card over the window: it takes the keys, closes by Esc or a click beside it, and is gone."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QWidget

SHADE = 90  # of 255, over the window behind


class Overlay(QWidget):
    """Covers ``window`` and holds ``card``; opens with `open`, hides with `shut`.

    The keys of the window do nothing meanwhile, and whoever had the focus gets it back, also where
    that is in a window of its own, as a floating panel is.
    """

    def __init__(self, window: QWidget, name: str, *, shaded: bool = True) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self._shaded, self._behind = shaded, window
        self.before: QWidget | None = None  # who had the keys when it was opened
        self.card = QFrame(self)
        self.card.setProperty("role", "card")
        self.card.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def open(self, _about: str = "") -> None:
        """Show it over everything. about: what it is to show, where it can show several things."""
        if not self.isVisible():
            self.before = self._keys_before()
        self._cover()
        self.show()
        self.raise_()
        _focus(self.taker())

    def shut(self) -> None:
        """Hide it, and give the focus back."""
        if not self.isVisible():
            return
        before = self.before
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            _focus(before)  # first: once it is hidden Qt looks for another one in its window
        self.hide()
        held = QApplication.focusWidget()
        if held is not None and (held is self or self.isAncestorOf(held)):
            held.clearFocus()  # nobody is there to have the keys: they are the window's

    def _keys_before(self) -> QWidget | None:
        """Who has the keys; who gets them back, where it is another overlay that just closed.

        Another window gets them only with the next event.
        """
        focus = QApplication.focusWidget()
        others = self.window().findChildren(Overlay)
        left = next((o for o in others if focus is not None and o.isAncestorOf(focus)), None)
        return focus if left is None else left.before

    def taker(self) -> QWidget:
        """Who takes the keys while it is open."""
        return self

    def place(self) -> None:
        """Put the card where it belongs in a window of this size."""
        self.card.adjustSize()
        self.card.move(self.rect().center() - self.card.rect().center())

    def _cover(self) -> None:
        self.setGeometry(self._behind.rect())
        self.place()

    # -- Qt's events ------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Only while it is open does it hear of the window's size, which a drag would wait for."""
        super().showEvent(event)
        self._behind.installEventFilter(self)
        self._cover()

    def hideEvent(self, event: QHideEvent) -> None:
        """It hears no more."""
        super().hideEvent(event)
        self._behind.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go with the window's size; keep its shortcuts from what is typed here."""
        kind = event.type()
        if kind == QEvent.Type.Resize and watched is self._behind:
            self._cover()
        elif kind == QEvent.Type.ShortcutOverride and watched is self.taker():
            event.accept()
            return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return watched is self.taker() and self.press(event)
        return False

    def event(self, event: QEvent) -> bool:
        """No key is a shortcut of the window here."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def press(self, event: QKeyEvent) -> bool:
        """Answer a key; whether it was one of these."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key goes on to the window."""
        self.press(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Beside the card: close."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.shut()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Tab stays here."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A shade over the window."""
        if self._shaded:
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(0, 0, 0, SHADE))
            painter.end()


def main_window_of(widget: QWidget) -> QWidget:
    """The window that all others belong to: a floating panel is a window, too, and a small one."""
    window = widget.window()
    while (above := window.parentWidget()) is not None:
        window = above.window()
    return window


def _focus(widget: QWidget) -> None:
    """Give the keys to a widget, and to its window: only that of the active one has them."""
    widget.window().activateWindow()
    widget.setFocus(Qt.FocusReason.PopupFocusReason)
