"""Answers what pops up, menus and lists: with one of their entries, or by Esc."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

LEFT = Qt.MouseButton.LeftButton
EVERY_MS = 20
ESCAPED = 0.3
MOST = 6  # answers to one popup before it is told to close


class PopupAnswerer(QObject):
    """By a timer, as a menu may hold the loop of whoever opened it. rng: of the deed at hand."""

    def __init__(self, parent: QObject, rng: Callable[[], random.Random]) -> None:
        super().__init__(parent)
        self._rng = rng
        self._last: QWidget | None = None
        self._times = 0
        self.done: list[str] = []
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.setObjectName("presser")
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """From now on nothing stays open."""
        self.done = []
        self._timer.start()

    def stop(self) -> None:
        """Leave popups alone."""
        self._timer.stop()

    @property
    def open(self) -> bool:
        """Whether something is."""
        return QApplication.activePopupWidget() is not None

    @Slot()
    def _on_timeout(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is None:
            self._times = 0
            return
        self._times = self._times + 1 if popup is self._last else 1
        self._last = popup
        if self._times > MOST:
            popup.close()
        elif self._rng().random() < ESCAPED:
            QTest.keyClick(popup, Qt.Key.Key_Escape)
        else:
            self._answer(popup)

    def _answer(self, popup: QWidget) -> None:
        view = popup.findChild(QAbstractItemView)
        if isinstance(popup, QMenu):
            self._choose(popup)
        elif view is not None and view.model() is not None and view.model().rowCount():
            row = self._rng().randrange(view.model().rowCount())
            index = view.model().index(row, 0)
            view.scrollTo(index)
            self.done.append(f"row {row}")
            QTest.mouseClick(
                view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier,
                view.visualRect(index).center(),
            )  # fmt: skip
        else:
            QTest.keyClick(popup, Qt.Key.Key_Escape)

    def _choose(self, menu: QMenu) -> None:
        actions = [a for a in menu.actions() if a.isEnabled() and not a.isSeparator()]
        actions = [a for a in actions if a.isVisible()]
        if not actions:
            menu.close()
            return
        action = self._rng().choice(actions)
        self.done.append(f"entry {action.text()!r}")
        where = menu.actionGeometry(action).center()
        child = menu.childAt(where)
        if child is not None:  # a widget within the menu, such as a layer's slider
            QTest.mouseClick(child, LEFT, Qt.KeyboardModifier.NoModifier, child.rect().center())
            return
        QTest.mouseMove(menu, where)
        QTest.mouseClick(menu, LEFT, Qt.KeyboardModifier.NoModifier, where)
