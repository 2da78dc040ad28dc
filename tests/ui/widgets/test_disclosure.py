"""A line that folds what is below it away and out, by mouse and keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from explorer.ui.widgets.disclosure import Disclosure


@pytest.fixture
def page(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    folded = QLabel("the rest", made)
    column = QVBoxLayout(made)
    column.addWidget(Disclosure("More numbers", folded, made))
    column.addWidget(folded)
    made.show()
    return made


def test_it_is_folded_until_it_is_asked_for(page: QWidget) -> None:
    line, folded = page.findChild(Disclosure), page.findChild(QLabel)
    assert not folded.isVisible() and line.arrowType() == Qt.ArrowType.RightArrow
    assert line.toolTip() == "Show more numbers"
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert folded.isVisible() and line.arrowType() == Qt.ArrowType.DownArrow
    assert line.toolTip() == "Hide more numbers"
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Space)
    assert not folded.isVisible() and line.toolTip() == "Show more numbers"
