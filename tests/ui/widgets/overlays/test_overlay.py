"""A card over the window: it takes the keys, closes by Esc or beside it, gives the focus back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
)

from explorer.ui.themes import theme
from explorer.ui.widgets.overlays.overlay import SHADE, Overlay, main_window_of
from tests.ui import painted

LEFT = Qt.MouseButton.LeftButton


class Card(Overlay):
    """One whose line takes the keys."""

    def __init__(self, window: QMainWindow, name: str = "card", *, shaded: bool = True) -> None:
        super().__init__(window, name, shaded=shaded)
        self.line = QLineEdit(self.card)
        column = QVBoxLayout(self.card)
        column.addWidget(QLabel("A card", self.card))
        column.addWidget(self.line)
        self.line.installEventFilter(self)

    def taker(self) -> QLineEdit:
        return self.line


@pytest.fixture
def window(qtbot: Any, qapp: Any) -> QMainWindow:
    theme.apply(qapp, "light")
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.setCentralWidget(QPushButton("behind", made))
    action = QAction("do", made)
    action.setShortcut("D")
    made.addAction(action)
    made.show()
    made.activateWindow()
    made.centralWidget().setFocus()
    return made


@pytest.fixture
def pressed(window: QMainWindow) -> list[str]:
    told: list[str] = []
    window.actions()[0].triggered.connect(lambda: told.append("shortcut"))
    window.centralWidget().clicked.connect(lambda: told.append("button"))
    return told


def test_it_covers_the_window_and_the_card_stands_in_its_middle(window: QMainWindow) -> None:
    card = Card(window)
    assert not card.isVisible()
    card.open()
    assert card.isVisible() and card.geometry() == window.rect()
    away = card.card.geometry().center() - window.rect().center()
    assert abs(away.x()) <= 1 and abs(away.y()) <= 1
    window.resize(700, 300)
    QApplication.processEvents()
    assert card.geometry() == window.rect()
    assert abs(card.card.geometry().center().x() - 350) <= 1


def test_a_hidden_one_does_not_follow_the_window(window: QMainWindow) -> None:
    card = Card(window)
    before = card.geometry()
    window.resize(700, 300)
    QApplication.processEvents()
    assert card.geometry() == before


def test_what_is_typed_into_it_is_no_shortcut(window: QMainWindow, pressed: list[str]) -> None:
    QTest.keyClick(window.centralWidget(), Qt.Key.Key_D)
    assert pressed == ["shortcut"]
    card = Card(window)
    card.open()
    assert QApplication.focusWidget() is card.line
    QTest.keyClicks(card.line, "dd")
    assert pressed == ["shortcut"] and card.line.text() == "dd"


def test_a_card_without_a_line_takes_the_keys_itself(
    window: QMainWindow, pressed: list[str]
) -> None:
    card = Overlay(window, "plain")
    card.open()
    assert QApplication.focusWidget() is card
    for key in (Qt.Key.Key_D, Qt.Key.Key_Space, Qt.Key.Key_Tab):
        QTest.keyClick(card, key)
    assert pressed == [] and QApplication.focusWidget() is card and card.isVisible()


@pytest.mark.parametrize("kind", [Card, lambda window: Overlay(window, "plain")])
def test_escape_closes_it_and_gives_the_focus_back(window: QMainWindow, kind: Any) -> None:
    card = kind(window)
    card.open()
    card.open()  # again: who had the focus before is not itself
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not card.isVisible() and QApplication.focusWidget() is window.centralWidget()
    card.shut()  # closed already
    assert QApplication.focusWidget() is window.centralWidget()


def test_a_click_beside_it_closes_it_and_presses_nothing_behind(
    window: QMainWindow, pressed: list[str]
) -> None:
    card = Card(window)
    card.open()
    QTest.mouseClick(card, LEFT, pos=card.card.geometry().center())
    assert card.isVisible()
    QTest.mouseClick(card, LEFT, pos=QPoint(3, 3))
    assert not card.isVisible() and pressed == []


def test_who_is_gone_meanwhile_gets_no_focus(window: QMainWindow) -> None:
    card = Card(window)
    card.open()
    window.centralWidget().hide()
    QTest.keyClick(card.line, Qt.Key.Key_Escape)
    assert not card.isVisible() and not window.centralWidget().hasFocus()
    assert QApplication.focusWidget() is None, "nor has what is closed: the window has the keys"


def test_a_shade_lies_over_the_window_only_where_it_is_wanted(window: QMainWindow) -> None:
    before = painted.pixels(window)
    plain = Card(window, shaded=False)
    plain.open()
    assert (painted.pixels(window)[40:60, 40:60] == before[40:60, 40:60]).all()
    plain.shut()
    shaded = Card(window, "other")
    shaded.open()
    dark = before[40:60, 40:60].astype(float) * (255 - SHADE) / 255
    assert abs(painted.pixels(window)[40:60, 40:60] - dark).max() <= 2
    shaded.shut()
    assert (painted.pixels(window)[40:60, 40:60] == before[40:60, 40:60]).all()


def test_what_stands_in_a_window_of_its_own_belongs_to_the_main_one(window: QMainWindow) -> None:
    dock, label = QDockWidget(window), QLabel("formula")
    dock.setWidget(label)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    assert main_window_of(label) is window
    dock.setFloating(True)
    assert label.window() is dock and main_window_of(label) is window
