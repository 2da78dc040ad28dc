"""A page of text over the window, to be read from one of its headings on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QTextBlock, QTextCursor, QTextTable
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.overlays.overlay import Overlay

WIDEST, AROUND = 860, 48  # px of the card; around it
MARGINS = (24, 16, 8, 16)
SCROLLS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class DocumentSheet(Overlay):
    """A card with a title and Markdown below it; arrows and the wheel scroll, Esc closes."""

    def __init__(self, window: QWidget, name: str, title: str, markdown: str) -> None:
        super().__init__(window, name)
        self.setAccessibleName(title)
        self.text = QTextBrowser(self.card)
        self.text.setAccessibleName(title)
        self.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setMarkdown(markdown)
        _spread_tables(self.text)
        _spread_blocks(self.text)
        head, called = QHBoxLayout(), QLabel(title, self.card)
        called.setProperty("role", "big")
        hint = QLabel("Esc closes", self.card)
        hint.setProperty("role", "quiet")
        head.addWidget(called)
        head.addStretch(1)
        head.addWidget(hint)
        head.addSpacing(MARGINS[0] - MARGINS[2])
        column = QVBoxLayout(self.card)
        column.setContentsMargins(*MARGINS)
        column.setSpacing(theme.GRID)
        column.addLayout(head)
        column.addWidget(self.text)

    def open(self, about: str = "") -> None:
        """Show it. about: how the heading begins that it is read from on."""
        super().open()
        block = self.heading(about)
        if block is not None:
            cursor = QTextCursor(self.text.document().lastBlock())
            self.text.setTextCursor(cursor)  # from below, so that the heading stands at the top
            self.text.setTextCursor(QTextCursor(block))

    def heading(self, begins: str) -> QTextBlock | None:
        """The first heading that begins so."""
        block = self.text.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level and begins and f"{block.text()} ".startswith((f"{begins} ", f"{begins}. ")):
                return block
            block = block.next()
        return None

    def place(self) -> None:
        """In the middle, as high as there is room for."""
        room = self.size() - QSize(2 * AROUND, 2 * AROUND)
        self.card.setFixedSize(min(room.width(), WIDEST), room.height())
        super().place()

    def press(self, event: QKeyEvent) -> bool:
        """Arrows scroll."""
        steps = SCROLLS.get(Qt.Key(event.key()))
        if steps is None:
            return super().press(event)
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + steps * bar.singleStep())
        return True


def _spread_blocks(text: QTextBrowser) -> None:
    """Room above headings, and below them and paragraphs."""
    block = text.document().begin()
    while block.isValid():
        cursor, form = QTextCursor(block), block.blockFormat()
        if cursor.currentTable() is None and block.textList() is None:
            form.setTopMargin(16 if form.headingLevel() else 4)
            form.setBottomMargin(6)
            cursor.setBlockFormat(form)
        block = block.next()


def _spread_tables(text: QTextBrowser) -> None:
    """Room in the cells of tables, a line around them, and heads in bold."""
    for frame in text.document().rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            form = frame.format()
            form.setCellPadding(4)
            form.setCellSpacing(0)
            form.setBorder(1)
            form.setBorderCollapse(True)
            frame.setFormat(form)
            for column in range(frame.columns()):
                cell = frame.cellAt(0, column)
                bold = cell.format()
                bold.setFontWeight(QFont.Weight.Bold)
                cell.setFormat(bold)
