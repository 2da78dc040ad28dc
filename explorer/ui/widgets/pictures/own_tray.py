"""Which own picture is looked at, what was done to it, the next one, and the way out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from explorer.data.pictures.own import INVERTED, Own

SMALL = """QToolButton { padding: 1px 3px; min-height: 18px; min-width: 18px; }
QLabel[role="warn"] { font-size: 11px; }"""


class OwnTray(QWidget):
    """``stepped``: to another picture, by so many. ``inverted``; ``closed``: put them away."""

    stepped = Signal(int)
    inverted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ownTray")
        self.setAccessibleName("Own pictures")
        self.setStyleSheet(SMALL)
        self._texts = ("", "")
        self._name, self._count, self._notes = QLabel(self), QLabel(self), QLabel(self)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._name, self._notes):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for label in (self._count, self._notes):
            label.setProperty("role", "quiet")
        self._back = self._button("Previous own picture", "ownPrevious")
        self._back.setArrowType(Qt.ArrowType.LeftArrow)
        self._on = self._button("Next own picture", "ownNext")
        self._on.setArrowType(Qt.ArrowType.RightArrow)
        self._invert = self._button("Exchange light and dark of this picture", "ownInvert")
        self._invert.setText("Invert")
        self._invert.setCheckable(True)
        self._close = self._button("Put own pictures away (Esc)", "ownClose")
        self._close.setText("\u00d7")
        self._lay_out()
        self._back.clicked.connect(partial(self.stepped.emit, -1))
        self._on.clicked.connect(partial(self.stepped.emit, 1))
        self._invert.clicked.connect(self.inverted)
        self._close.clicked.connect(self.closed)
        self.hide()

    def _button(self, tip: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def button(self, name: str) -> QToolButton:
        """The one whose object has that name. Raises KeyError."""
        return {b.objectName(): b for b in self.findChildren(QToolButton)}[name]

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._name, 1)
        for widget in (self._back, self._count, self._on, self._invert, self._close):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._notes)

    def show_picture(self, own: Own, warning: str = "") -> None:
        """Name the picture, and say what is odd about it and what was done so that it fits."""
        picture, several = own.picture, len(own.pictures) > 1
        notes = [text for text in (warning, *picture.notes) if text]
        self._texts = (picture.name, "; ".join(notes))
        self._count.setText(f"{own.at + 1} of {len(own.pictures)}")
        for widget in (self._back, self._count, self._on):
            widget.setVisible(several)
        self._invert.setChecked(INVERTED in picture.notes)
        self._notes.setVisible(bool(notes))
        self._notes.setProperty("role", "warn" if warning else "quiet")
        self.style().polish(self._notes)
        self._name.setToolTip(picture.path or picture.name)
        self._notes.setToolTip("\n".join(notes))
        self.setAccessibleDescription(". ".join((picture.name, *notes)))
        self._elide()

    def _elide(self) -> None:
        for label, text, mode in (
            (self._name, self._texts[0], Qt.TextElideMode.ElideMiddle),
            (self._notes, self._texts[1], Qt.TextElideMode.ElideRight),
        ):
            room = max(label.width(), 24)
            label.setText(label.fontMetrics().elidedText(text, mode, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, more letters."""
        super().resizeEvent(event)
        self.layout().activate()  # type: ignore[union-attr]
        self._elide()
