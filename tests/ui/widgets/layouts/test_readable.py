"""What is read from end to end is at the left, as wide as the room up to an end."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from explorer.ui.widgets.layouts.readable import WIDEST, readable

SENTENCE = "a sentence that is long " * 20


@pytest.fixture
def page(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.setContentsMargins(5, 0, 5, 0)
    column.setSpacing(7)
    label = QLabel(SENTENCE, made)
    label.setObjectName("sentence")
    label.setWordWrap(True)
    column.addLayout(readable(label))
    column.addWidget(QLabel("below", made, objectName="below"), 1)
    made.show()
    return made


def child(page: QWidget, name: str) -> QLabel:
    found = page.findChild(QLabel, name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("width", "wide"), [(400, 390), (WIDEST + 10, WIDEST), (WIDEST + 60, WIDEST), (3000, WIDEST)]
)
def test_it_is_as_wide_as_the_room_up_to_an_end(page: QWidget, width: int, wide: int) -> None:
    page.resize(width, 300)
    page.layout().activate()
    label = child(page, "sentence")
    assert (label.x(), label.width()) == (5, wide)
    assert label.height() == label.heightForWidth(wide)


def test_what_is_hidden_takes_no_room(page: QWidget) -> None:
    child(page, "sentence").hide()
    page.resize(500, 300)
    page.layout().activate()
    assert child(page, "below").y() == 0
