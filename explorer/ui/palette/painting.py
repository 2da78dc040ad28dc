"""How a row of the palette looks: icon, title, keys; below, what it does or why it cannot."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from explorer.ui.palette.rows import Row
from explorer.ui.themes import icons, theme

HEIGHT = 44
LEFT = 44  # px where the words begin
ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
LEFTWARDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter


class RowPainter(QStyledItemDelegate):
    """Paints a `Row` in the colours of the theme."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row: Row = index.data(ROW)
        view = option.widget
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        tokens = theme.tokens_of(view)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.setBrush(QColor(tokens.window))
            painter.drawRoundedRect(box.adjusted(5, 1, -5, -1), 6, 6)
        if row.icon:
            painter.setOpacity(0.45 if row.reason else 1)
            icons.icon(row.icon, tokens).paint(painter, box.x() + 14, box.y() + 12, 20, 20)
            painter.setOpacity(1)
        right = self._paint_keys(painter, box, row, tokens)
        self._paint_title(painter, QRect(box.x() + LEFT, box.y() + 4, right, 20), row, tokens)
        self._paint_sentence(painter, box, row, tokens)
        painter.restore()

    def _paint_title(
        self, painter: QPainter, box: QRect, row: Row, tokens: theme.Tokens
    ) -> None:  # fmt: skip
        """Of one that is too long, as much as there is room for."""
        room = QRect(box)
        ink = tokens.quiet if row.reason else tokens.text
        for meant, run in groupby(range(len(row.title)), lambda i: i in row.letters):
            text = "".join(row.title[i] for i in run)
            font = theme.font(theme.TEXT, bold=meant)
            metrics = QFontMetrics(font)
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.setFont(font)
            painter.setPen(QColor(tokens.accent if meant else ink))
            painter.drawText(room, LEFTWARDS, cut)
            if cut != text:
                return
            room.setLeft(room.left() + metrics.horizontalAdvance(text))

    def _paint_sentence(
        self, painter: QPainter, box: QRect, row: Row, tokens: theme.Tokens
    ) -> None:  # fmt: skip
        font = theme.font(theme.SMALL)
        painter.setFont(font)
        painter.setPen(QColor(tokens.warn if row.reason else tokens.quiet))
        room = QRect(box.x() + LEFT, box.y() + 23, box.width() - LEFT - 16, 17)
        said = f"{row.reason}. {row.sentence}" if row.reason else row.sentence
        line = " ".join(said.split())  # a sentence may have lines of its own, for a tooltip
        cut = QFontMetrics(font).elidedText(line, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, LEFTWARDS, cut)

    def _paint_keys(
        self, painter: QPainter, box: QRect, row: Row, tokens: theme.Tokens
    ) -> int:  # fmt: skip
        """Keys and state from the right; the width that is left for the title."""
        font = theme.font(theme.SMALL)
        painter.setFont(font)
        metrics, x = QFontMetrics(font), box.right() - 14
        for text, framed in [*((key, True) for key in row.keys[:1]), (row.state, False)]:
            if not text:
                continue
            width = metrics.horizontalAdvance(text) + 12
            cap = QRect(x - width, box.y() + 6, width, 17)
            painter.setPen(QPen(QColor(tokens.hairline), 1))
            if framed:
                painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(QColor(tokens.accent if text == "on" else tokens.quiet))
            painter.drawText(cap, MIDDLE, text)
            x -= width + 6
        return x - box.x() - LEFT
