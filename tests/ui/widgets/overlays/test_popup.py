"""Menus for a place: heads, entries, reasons, menus within, and that they go when closed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from explorer.ui.widgets.overlays.popup import PopupEntry, PopupSection, heads, menu_of, popup


@pytest.fixture
def owner(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def texts(menu: QMenu) -> list[str]:
    return ["-" if a.isSeparator() else a.text() for a in menu.actions()]


def sections(told: list[str]) -> list[PopupSection]:
    return [
        PopupSection("A point", [
            PopupEntry("Go there", lambda: told.append("go"), tip="Move z"),
            PopupEntry("Mark", lambda: told.append("mark"), reason="There is no model"),
        ]),
        PopupSection("", [PopupEntry("Copy", entries=[
            PopupEntry("Picture", lambda: told.append("picture")),
            PopupEntry("Numbers", lambda: told.append("numbers"), reason="There are none"),
        ])]),
    ]  # fmt: skip


def test_sections_stand_apart_each_below_its_head(owner: QWidget) -> None:
    menu = menu_of(owner, sections([]))
    assert texts(menu) == ["", "Go there", "Mark", "-", "Copy"] and heads(menu) == ["A point"]
    assert not menu.actions()[0].isEnabled()  # a head is no entry
    assert texts(menu.actions()[4].menu()) == ["Picture", "Numbers"]


def test_what_cannot_be_done_says_why(owner: QWidget) -> None:
    menu = menu_of(owner, sections([]))
    go, mark = menu.actions()[1:3]
    assert go.isEnabled() and go.toolTip() == "Move z"
    assert not mark.isEnabled() and "There is no model" in mark.toolTip()
    numbers = menu.actions()[4].menu().actions()[1]
    assert not numbers.isEnabled() and "There are none" in numbers.toolTip()
    assert menu.toolTipsVisible() and menu.actions()[4].menu().toolTipsVisible()


def test_an_entry_is_chosen_by_keys_and_the_menu_is_gone(owner: QWidget) -> None:
    told: list[str] = []
    menu = popup(owner, owner.mapToGlobal(QPoint(20, 20)), sections(told))
    assert menu.isVisible() and menu.pos() == owner.mapToGlobal(QPoint(20, 20))
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert told == ["go"]
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert owner.findChildren(QMenu) == []


def test_a_barred_entry_is_not_chosen(owner: QWidget) -> None:
    told: list[str] = []
    menu = popup(owner, owner.mapToGlobal(QPoint(20, 20)), sections(told))
    at = menu.actionGeometry(menu.actions()[2]).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=at)
    assert told == []
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_without_sections_there_is_an_empty_menu(owner: QWidget) -> None:
    menu = menu_of(owner, [])
    assert texts(menu) == [] == heads(menu)
