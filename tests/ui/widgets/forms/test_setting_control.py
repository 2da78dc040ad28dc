"""The controls of settings: what a user gives, what is put back, what is told and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from explorer.config import setting, settings_of
from explorer.ui.widgets.forms.setting_control import MOST, Control, control_for


@dataclass(frozen=True)
class Recipe:
    cake: str = setting("plum", "Cake", "Which one.", choices=("plum", "pear", ""))
    eggs: int = setting(3, "Eggs", "How many.", low=1, high=12)
    guests: int = setting(3, "Guests", "How many.")
    sugar: float = setting(0.5, "Sugar", "How much.", low=0.0, high=2.0)
    free: float = setting(1.0, "Free", "Any number.")
    cream: bool = setting(False, "Cream", "Whether.")
    heat: float = setting(2.0, "Heat", "How hot.", low=0.5, high=3.0, step=0.5)
    oven: str = setting("a", "Oven", "Which.", choices={"a": ("Gas", "It burns."), "b": ("El", "")})


ONES = {one.name: one for one in settings_of(Recipe)}


@pytest.fixture
def page(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def shown(page: QWidget, name: str) -> tuple[Any, list[Any]]:
    """The control of a setting on the page, and what it tells."""
    made: Control = control_for(ONES[name], page)
    made.widget.show()
    told: list[Any] = []
    made.given.connect(told.append)
    return made, told


def typed(line: QWidget, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(line, text)
    if end is not None:
        QTest.keyClick(line, end)


@pytest.mark.parametrize(
    ("name", "kind"), [("cake", QComboBox), ("eggs", QSpinBox), ("sugar", QLineEdit),
                       ("cream", QCheckBox), ("heat", QDoubleSpinBox)],
)  # fmt: skip
def test_each_type_has_its_control(page: QWidget, name: str, kind: type[QWidget]) -> None:
    made, _ = shown(page, name)
    assert isinstance(made.widget, kind) and made.name == name


def test_a_choice_is_told_when_the_user_makes_it_and_not_when_it_is_shown(page: QWidget) -> None:
    made, told = shown(page, "cake")
    made.set_value("pear")
    assert made.value() == "pear" and told == []
    made.widget.setFocus()
    QTest.keyClick(made.widget, Qt.Key.Key_Up)
    assert told == ["plum"] == [made.value()]


def test_choices_have_words_and_nothing_is_called_the_default(page: QWidget) -> None:
    made, _ = shown(page, "cake")
    assert [made.widget.itemText(i) for i in range(3)] == ["plum", "pear", "default"]
    assert made.widget.itemData(1, Qt.ItemDataRole.ToolTipRole) == "pear"


def test_a_choice_that_is_not_listed_can_be_shown(page: QWidget) -> None:
    made, told = shown(page, "cake")
    made.set_value("cherry")
    made.set_value("cherry")
    assert made.value() == "cherry" and made.widget.count() == 4 and told == []


def test_other_choices_keep_the_value_if_it_is_among_them(page: QWidget) -> None:
    made, told = shown(page, "cake")
    made.set_value("pear")
    made.set_choices([("apple", "Apple", "A red one"), ("pear", "Pear", "")])
    assert made.value() == "pear"
    assert made.widget.itemData(0, Qt.ItemDataRole.ToolTipRole) == "A red one"
    made.set_choices([("apple", "Apple", ""), ("plum", "Plum", "")])
    assert made.value() == "apple" and told == []


def test_no_text_in_the_list_is_cut(page: QWidget) -> None:
    made, _ = shown(page, "cake")
    long = "a recipe with a name that is much longer than the box"
    made.set_choices([("long", long, "")])
    wide = made.widget.fontMetrics().horizontalAdvance(long)
    assert made.widget.view().minimumWidth() > wide > made.widget.width()


def test_a_switch_is_told_when_it_is_clicked(page: QWidget) -> None:
    made, told = shown(page, "cream")
    made.set_value(True)
    assert made.value() is True and told == []
    QTest.keyClick(made.widget, Qt.Key.Key_Space)
    assert told == [False]


def test_a_whole_number_keeps_within_its_range(page: QWidget) -> None:
    made, told = shown(page, "eggs")
    assert (made.widget.minimum(), made.widget.maximum()) == (1, 12)
    made.set_value(99)
    assert made.value() == 12 and told == []
    QTest.keyClick(made.widget, Qt.Key.Key_Up)
    assert told == []
    QTest.keyClick(made.widget, Qt.Key.Key_Down)
    assert told == [11] and made.value() == 11
    free, _ = shown(page, "guests")
    assert (free.widget.minimum(), free.widget.maximum()) == (0, MOST)


def test_a_whole_number_is_told_once_it_is_written_and_not_digit_by_digit(page: QWidget) -> None:
    made, told = shown(page, "eggs")
    typed(made.widget, "12", end=None)
    assert told == []
    QTest.keyClick(made.widget, Qt.Key.Key_Return)
    assert told == [12]


def test_keys_in_a_row_are_gestures_of_their_own(page: QWidget) -> None:
    made, _ = shown(page, "eggs")
    QTest.keyClick(made.widget, Qt.Key.Key_Up)
    first = made.gesture()
    QTest.keyClick(made.widget, Qt.Key.Key_Up)
    assert made.gesture() is not first
    other, _ = shown(page, "cream")
    assert other.gesture() is not other.gesture()


@pytest.mark.parametrize(
    ("text", "value", "seen"),
    [("1e-3", 0.001, "0.001"), ("1.25", 1.25, "1.25"), ("0", 0.0, "0"), ("2", 2.0, "2")],
)
def test_a_number_is_taken_as_it_is_written(
    page: QWidget, text: str, value: float, seen: str
) -> None:
    made, told = shown(page, "sugar")
    typed(made.widget, text)
    assert told == [value] == [made.value()] and made.widget.text() == seen


@pytest.mark.parametrize("text", ["", "-", "1e"])
def test_what_is_no_number_is_put_back(page: QWidget, text: str) -> None:
    made, told = shown(page, "sugar")
    made.set_value(0.5)
    typed(made.widget, text, end=None)
    made.widget.editingFinished.emit()  # as when the focus goes
    assert told == [] and made.value() == 0.5 and made.widget.text() == "0.5"


def test_a_number_beyond_its_range_is_brought_within(page: QWidget) -> None:
    made, told = shown(page, "sugar")
    made.widget.setText("7")
    made.widget.editingFinished.emit()
    assert told == [2.0] and made.widget.text() == "2"
    free, heard = shown(page, "free")
    free.widget.setText("-1e15")
    free.widget.editingFinished.emit()
    assert heard == [-1e12]


def test_the_same_number_is_not_told_again(page: QWidget) -> None:
    made, told = shown(page, "sugar")
    typed(made.widget, "0.50")
    assert told == [] and made.widget.text() == "0.5"


def test_a_number_that_is_being_written_is_not_written_over(page: QWidget) -> None:
    made, _ = shown(page, "sugar")
    page.activateWindow()
    typed(made.widget, "1.2", end=None)
    QApplication.processEvents()
    assert made.widget.hasFocus()
    made.set_value(0.75)
    assert made.widget.text() == "1.2"
    QTest.keyClick(made.widget, Qt.Key.Key_Return)
    made.set_value(0.25)
    assert made.widget.text() == "0.25"


def test_a_number_with_steps_goes_up_and_down_within_its_range(page: QWidget) -> None:
    made, told = shown(page, "heat")
    assert made.value() == 2.0
    for _ in range(4):
        QTest.keyClick(made.widget, Qt.Key.Key_Up)
    assert made.value() == 3.0 and told == [2.5, 3.0]
    made.set_value(0.1)
    assert made.value() == 0.5 and told == [2.5, 3.0]  # nothing was given
    assert made.gesture() is not None


def test_choices_are_called_as_their_setting_says(page: QWidget) -> None:
    box = shown(page, "oven")[0].widget
    assert isinstance(box, QComboBox)
    assert [box.itemText(i) for i in range(2)] == ["Gas", "El"] and box.currentData() == "a"
    assert box.itemData(0, Qt.ItemDataRole.ToolTipRole) == "It burns."
    assert ONES["oven"].choices == ("a", "b")
