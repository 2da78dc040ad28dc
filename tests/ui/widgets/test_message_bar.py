from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QToolButton

from explorer.ui.widgets.message_bar import MessageBar


@dataclass(frozen=True)
class Said:
    text: str
    tone: str = "hint"
    details: str = ""


@pytest.fixture
def bar(qtbot):
    made = MessageBar()
    qtbot.addWidget(made)
    made.resize(500, 32)
    made.show()
    return made


def buttons(bar) -> dict[str, QToolButton]:
    return {b.text(): b for b in bar.findChildren(QToolButton) if b.isVisible()}


def test_it_is_there_and_empty_from_the_start(bar):
    assert bar.objectName() == "messageBar"
    assert bar.text() == "" and buttons(bar) == {}


def test_a_sentence_with_its_tone(bar):
    bar.show_message(Said("The file is empty", "bad"))
    assert bar.text() == "The file is empty"
    assert bar.accessibleName() == "Error: The file is empty"
    assert list(buttons(bar)) == ["Close"]


def test_details_stand_behind_a_disclosure(bar, qtbot):
    bar.show_message(Said("Three pictures were left out", "warn", "a.png\nb.png\nc.png"))
    details = bar.findChild(QPlainTextEdit)
    assert not details.isVisible()
    qtbot.mouseClick(buttons(bar)["Details"], Qt.MouseButton.LeftButton)
    assert details.isVisible() and details.toPlainText().startswith("a.png")
    bar.show_message(Said("Other"))
    assert not details.isVisible()


def test_close_is_told(bar, qtbot):
    bar.show_message(Said("Hello"))
    with qtbot.waitSignal(bar.closed):
        qtbot.mouseClick(buttons(bar)["Close"], Qt.MouseButton.LeftButton)


def test_a_long_sentence_is_cut_in_the_middle_and_whole_in_the_tooltip(bar):
    long = "could not open " + "a" * 200 + ": choose another file"
    bar.show_message(Said(long))
    label = bar.findChild(QLabel)
    assert label.text() != long and label.text().endswith("file")
    assert label.toolTip() == long
    bar.resize(3000, 32)
    assert label.text() == long and label.toolTip() == ""
