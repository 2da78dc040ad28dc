"""A card about the sample under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.widgets.pictures.pixels import Bytes

THUMBNAIL = 64


class HoverCard(QWidget):
    """Thumbnail, label, index and error. It never takes the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture = PictureView(self, least=THUMBNAIL)
        self._picture.setFixedSize(THUMBNAIL, THUMBNAIL)
        self._picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._label, self._index, self._error = QLabel(self), QLabel(self), QLabel(self)
        for label in (self._index, self._error):
            label.setProperty("role", "quiet")
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GRID, theme.GRID, theme.INSIDE, theme.GRID)
        row.setSpacing(theme.INSIDE)
        row.addWidget(self._picture)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch()
        for label in (self._label, self._index, self._error):
            column.addWidget(label)
        column.addStretch()
        row.addLayout(column)
        self.setFixedWidth(THUMBNAIL + 152)

    def show_sample(self, picture: Bytes, label: str, index: int, error: str = "") -> None:
        """Fill the card; whoever owns it shows and places it. An empty ``error`` takes no line."""
        self._picture.set_picture(picture)
        metrics = self._label.fontMetrics()
        self._label.setText(metrics.elidedText(label, Qt.TextElideMode.ElideRight, 116))
        self._index.setText(f"Sample {index:,}")
        self._error.setText(error)
        self._error.setVisible(bool(error))
        self.setAccessibleName(f"{label}, sample {index}")

    def sizeHint(self) -> QSize:
        """The same for every sample, so that the card stands still."""
        return QSize(self.minimumWidth(), THUMBNAIL + 2 * theme.GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A surface with a hairline."""
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tokens.surface))
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        inner = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, theme.CORNER, theme.CORNER)
