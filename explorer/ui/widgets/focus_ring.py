"""A ring in the accent around what the keyboard is on, where its own look does not show it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QWidget

WIDTH = 2  # px


class FocusRing(QObject):
    """Four strips along the edges of a widget, until the keyboard goes elsewhere.

    A widget that draws a ring of its own says ``shows_focus``, and has no other.
    Not one frame over it: each of its paints would be one of the frame, too.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._around: QWidget | None = None
        self._strips: list[QFrame] = []

    def show_on(self, widget: QWidget) -> None:
        """Go around ``widget``, which has the focus."""
        self.hide()
        self._around = widget
        self._strips = [_strip(widget) for _ in range(4)]
        self._place()
        widget.installEventFilter(self)

    def hide(self) -> None:
        """Go."""
        if self._around is not None:
            self._around.removeEventFilter(self)
        for strip in self._strips:
            strip.hide()
            strip.deleteLater()
        self._around, self._strips = None, []

    def _place(self) -> None:
        assert self._around is not None
        width, height = self._around.width(), self._around.height()
        for strip, box in zip(self._strips, (
            (0, 0, width, WIDTH), (0, height - WIDTH, width, WIDTH),
            (0, 0, WIDTH, height), (width - WIDTH, 0, WIDTH, height),
        ), strict=True):  # fmt: skip
            strip.setGeometry(*box)
            strip.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget, and leave with its focus."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        return False


def _strip(parent: QWidget) -> QFrame:
    strip = QFrame(parent)
    strip.setObjectName("focusRing")
    strip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    strip.setAutoFillBackground(True)
    strip.setBackgroundRole(QPalette.ColorRole.Highlight)
    strip.show()
    return strip
