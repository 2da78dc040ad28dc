"""explorer.ui.widgets.overlays.document_sheet: Markdown over a window, from a heading on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from explorer.ui.widgets.overlays.document_sheet import WIDEST, DocumentSheet

LINES = "\n\n".join(f"Line {i} of many." for i in range(60))
TEXT = f"# Page\n\n## 1. One\n\n{LINES}\n\n### 1.1 Part\n\n{LINES}\n\n## 11. Last\n\n{LINES}"
TABLE = "\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


@pytest.fixture
def sheet(qtbot: Any) -> Iterator[DocumentSheet]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1100, 600)
    window.show()
    yield DocumentSheet(window, "page", "The page", TEXT + TABLE)
    window.close()


@pytest.mark.parametrize(
    ("about", "line"), [("1", "1. One"), ("1.1", "1.1 Part"), ("11", "11. Last"), ("7", "Page")]
)
def test_it_is_read_from_its_heading_on(sheet: DocumentSheet, about: str, line: str) -> None:
    sheet.open("11")
    sheet.shut()
    sheet.open(about)
    assert sheet.isVisible()
    block = sheet.heading(about)
    assert (block is None) == (about == "7")
    if block is not None:
        assert block.text() == line
        rect = sheet.text.cursorRect()
        assert 0 <= rect.top() < 40, "the heading stands at the top"


def test_a_heading_is_no_line_of_text_and_no_longer_number(sheet: DocumentSheet) -> None:
    assert sheet.heading("Pag") is None
    assert sheet.heading("") is None and sheet.heading("Line") is None
    assert sheet.heading("1").text() == "1. One"  # type: ignore[union-attr]


def test_keys_scroll_and_close(sheet: DocumentSheet) -> None:
    sheet.open("1")
    bar = sheet.text.verticalScrollBar()
    before = bar.value()
    QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    down = bar.value()
    QTest.keyClick(sheet, Qt.Key.Key_Up)
    assert before < bar.value() < down
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize("size", [(640, 400), (1024, 720), (3840, 2160)])
def test_it_has_room_in_every_window(sheet: DocumentSheet, size: tuple[int, int]) -> None:
    sheet.window().resize(*size)
    sheet.open("1")
    assert sheet.rect().contains(sheet.card.geometry())
    assert sheet.card.width() == min(size[0] - 96, WIDEST)
    assert "The page" in [label.text() for label in sheet.card.findChildren(QLabel)]


def test_tables_have_lines_and_bold_heads(sheet: DocumentSheet) -> None:
    (table,) = (
        frame for frame in sheet.text.document().rootFrame().childFrames()
        if isinstance(frame, QTextTable)
    )  # fmt: skip
    assert table.format().border() == 1 and table.format().cellPadding() == 4
    assert table.cellAt(0, 0).format().fontWeight() > table.cellAt(1, 0).format().fontWeight()
