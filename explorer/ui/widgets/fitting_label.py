"""A label that says as much as it has room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class FittingLabel(QLabel):
    """Several texts, rich or plain, from the longest to the shortest; one line high."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: tuple[str, ...] = ("",)
        self._widths: tuple[int, ...] = (0,)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_texts(self, *texts: str) -> None:
        """Say the first that fits, or the last; the first is read aloud."""
        if texts == self._texts:
            return
        self._texts = texts or ("",)
        self._widths = tuple(self._width_of(text) for text in self._texts)
        self.setAccessibleDescription(_plain(self._texts[0]))
        self.updateGeometry()
        self._choose()

    def _width_of(self, text: str) -> int:
        self.ensurePolished()  # the style sheet knows the size of its letters
        if "</" not in text:
            return self.fontMetrics().horizontalAdvance(text) + 1
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font())
        document.setHtml(text)
        return int(document.idealWidth()) + 2

    def _margins(self) -> int:
        margins = self.contentsMargins()
        return margins.left() + margins.right()

    def _choose(self) -> None:
        room = self.width() - self._margins()
        fits = (t for t, w in zip(self._texts, self._widths, strict=True) if w <= room)
        self.setText(next(fits, self._texts[-1]))

    def sizeHint(self) -> QSize:
        """Room for the first text."""
        return QSize(self._widths[0] + self._margins(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for the last text."""
        return QSize(self._widths[-1] + self._margins(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, more words."""
        super().resizeEvent(event)
        self._choose()


def _plain(text: str) -> str:
    if "</" not in text:
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()
