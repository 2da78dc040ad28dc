"""explorer.ui.widgets.forms.value_box: numbers as people type them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explorer.ui.widgets.forms.value_box import ValueBox


@pytest.fixture
def box(qtbot: Any) -> ValueBox:
    made = ValueBox()
    qtbot.addWidget(made)
    made.setRange(-1e4, 1e4)
    made.setDecimals(2)
    made.setKeyboardTracking(False)
    made.setValue(0.25)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "value"),
    [("-0,5", -0.5), ("1.75", 1.75), ("1e3", 1000.0), ("2,5e-1", 0.25),
     ("+.5", 0.5), ("-3", -3.0)],
)  # fmt: skip
def test_what_is_typed_is_what_it_says(box: ValueBox, typed: str, value: float) -> None:
    box.selectAll()
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == pytest.approx(value)


def test_a_number_may_be_pasted_as_it_is_printed(box: ValueBox) -> None:
    box.selectAll()
    box.lineEdit().insert("\u22121.5")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == -1.5


@pytest.mark.parametrize("typed", ["1e30", "-", "", "e", "99999"])
def test_what_is_no_number_or_too_large_leaves_the_value(box: ValueBox, typed: str) -> None:
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Delete)
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == 0.25 and box.text() == "0.25"


def test_letters_cannot_be_typed(box: ValueBox) -> None:
    box.selectAll()
    QTest.keyClicks(box, "abc1x")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == 1.0
