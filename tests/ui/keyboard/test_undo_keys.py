"""Ctrl+Z in a field: the typing while a value is being typed, otherwise the program's undo."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from explorer.ui.keyboard.undo_keys import UndoKeys, is_typing

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    for widget in (QLineEdit(), QSpinBox(), QDoubleSpinBox(), QPushButton("away")):
        column.addWidget(widget)
        if isinstance(widget, QSpinBox):
            widget.setKeyboardTracking(False)  # as all of the program's
    made.keys = UndoKeys(made)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def undone(page: QWidget) -> list[str]:
    told: list[str] = []
    for name in ("Undo", "Redo"):
        shortcut = QShortcut(QKeySequence(getattr(QKeySequence.StandardKey, name)), page)
        shortcut.activated.connect(lambda name=name: told.append(name))
    return told


def undo(field: QWidget) -> None:
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)


@pytest.mark.parametrize("kind", [QLineEdit, QSpinBox, QDoubleSpinBox])
def test_a_field_at_rest_leaves_the_keys_to_the_program(
    page: QWidget, undone: list[str], kind: type[QWidget]
) -> None:
    field = page.findChild(kind)
    field.setFocus()
    undo(field)
    QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.Redo))
    assert undone == ["Undo", "Redo"]


@pytest.mark.parametrize("kind", [QLineEdit, QSpinBox, QDoubleSpinBox])
def test_while_a_value_is_typed_the_typing_is_taken_back(
    page: QWidget, undone: list[str], kind: type[QWidget]
) -> None:
    field = page.findChild(kind)
    field.setFocus()
    line = field if isinstance(field, QLineEdit) else field.lineEdit()
    line.selectAll()
    before = line.text()
    QTest.keyClicks(field, "12")
    assert is_typing(field)
    undo(field)
    assert line.text() == before and undone == []


def test_typing_that_was_taken_back_comes_again(page: QWidget, undone: list[str]) -> None:
    line = page.findChild(QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "12")
    undo(line)
    QTest.keySequence(line, QKeySequence(QKeySequence.StandardKey.Redo))
    assert line.text() == "12" and undone == []


def test_a_value_that_was_given_is_no_typing(page: QWidget, undone: list[str]) -> None:
    box = page.findChild(QSpinBox)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "12")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert not is_typing(box)
    undo(box)
    assert undone == ["Undo"] and box.value() == 12


def test_what_was_typed_into_a_line_and_taken_is_the_program_s_to_undo(
    page: QWidget, undone: list[str]
) -> None:
    line = page.findChild(QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "12")
    line.setModified(False)  # its value was taken, and stands as it was typed
    undo(line)
    assert undone == ["Undo"] and line.text() == "12"


def test_units_are_no_typing(page: QWidget) -> None:
    box = page.findChild(QDoubleSpinBox)
    box.setSuffix(" px")
    box.setPrefix("~ ")
    box.setValue(1.5)
    assert not is_typing(box)


def test_other_keys_are_the_field_s(page: QWidget) -> None:
    line = page.findChild(QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "abc")
    QTest.keyClick(line, Qt.Key.Key_A, CTRL)
    QTest.keyClick(line, Qt.Key.Key_Delete)
    assert line.text() == ""


def test_a_field_that_lost_the_focus_is_left_alone(page: QWidget, undone: list[str]) -> None:
    line = page.findChild(QLineEdit)
    line.setFocus()
    page.findChild(QPushButton).setFocus()
    undo(page.findChild(QPushButton))
    assert undone == ["Undo"]
