"""One sentence for the user, with details behind a disclosure and verbs that answer it.

Never a modal box: who does not answer goes on working.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.ui.themes import theme

LONG = re.compile(r"[^\s\"'()]*[/\\\\][^\s\"'():;,]*[^\s\"'():;,.]|[^\s:;,.]{25,}")  # paths, names
SHORTEST = 96  # px that a path keeps
BOTH_LINES = 1.8  # times the room of one: words do not fill a line to its end
SPOKEN = {"hint": "", "done": "Done: ", "warn": "Warning: ", "bad": "Error: "}


class Verb(Protocol):
    """What a button of the bar does."""

    @property
    def text(self) -> str:
        """Its name."""


class Sentence(Protocol):
    """What the bar can show. tone: "hint", "done", "warn" or "bad"."""

    @property
    def text(self) -> str:
        """The sentence."""

    @property
    def tone(self) -> str:
        """How it is meant."""

    @property
    def details(self) -> str:
        """What stands behind the disclosure."""

    @property
    def actions(self) -> Sequence[Verb]:
        """What can be done about it, the likeliest first."""


class MessageBar(QWidget):
    """Shows a sentence with the mark of its tone; ``closed`` once the user put it away.

    Its verbs are reached by Tab, or with Alt and the letter that is underlined, and pressed by
    Space or Return.
    """

    closed = Signal()
    chosen = Signal(object)  # one of the actions

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._message: Sentence | None = None
        self._verbs: list[QPushButton] = []
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._disclosure = self._button("Details", "Show what lies behind this message")
        self._disclosure.setCheckable(True)
        self.close_button = self._button("\u00d7", "Put this message away")
        self.close_button.setAccessibleName("Dismiss")
        self.close_button.setProperty("role", "small")
        self.close_button.setFixedSize(24, 24)
        self._details = QPlainTextEdit(self, readOnly=True)
        self._details.setMaximumHeight(96)
        self._lay_out()
        self._disclosure.toggled.connect(self._details.setVisible)
        self.close_button.clicked.connect(self.closed)
        self.show_message(None)

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        self._row = row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self._label, 1)
        row.addWidget(self._disclosure)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.INSIDE + 16, 0, 4, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._details)
        self._column = column

    def text(self) -> str:
        """The sentence shown, or an empty string."""
        return "" if self._message is None else self._message.text

    def show_message(self, message: Sentence | None) -> None:
        """Show a sentence, or nothing; the bar keeps its height."""
        self._message = message
        self._show_verbs(() if message is None else message.actions)
        self._disclosure.setChecked(False)
        self._disclosure.setVisible(False)
        self.close_button.setVisible(message is not None)
        self._details.setVisible(False)
        self._show_text()

    def _show_verbs(self, actions: Sequence[Verb]) -> None:
        for old in self._verbs:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()  # it may be the one that was just pressed
        names = with_letters([action.text for action in actions])
        self._verbs = [
            self._verb(name, action) for name, action in zip(names, actions, strict=True)
        ]
        for i, button in enumerate(self._verbs):
            button.setObjectName(f"messageAction{i}")
            self._row.insertWidget(1 + i, button)
            button.show()
            self.setTabOrder(self._verbs[i - 1] if i else self._label, button)

    def _verb(self, name: str, action: Verb) -> QPushButton:
        button = QPushButton(name, self)
        button.setAccessibleName(action.text)
        letter = name[name.find("&") + 1].upper() if "&" in name else ""
        button.setToolTip(f"{action.text} (Alt+{letter})" if letter else action.text)
        button.setAutoDefault(True)  # Return presses it
        button.clicked.connect(partial(self.chosen.emit, action))
        return button

    def _show_text(self) -> None:
        message, tokens = self._message, theme.tokens_of(self)
        self._elide()
        if message is None:
            self.setAccessibleName("Messages")
        else:
            colour = {"bad": tokens.bad, "warn": tokens.warn}.get(message.tone, tokens.text)
            self._colour(colour)
            self.setAccessibleName(SPOKEN.get(message.tone, "") + message.text)
        self.update()

    def _colour(self, colour: str) -> None:
        style = f"color: {colour}"
        if style != self._label.styleSheet():  # to be told it again makes Qt style the label anew
            self._label.setStyleSheet(style)

    def _elide(self) -> None:
        text = self.text().replace("\n", " ")
        measure = self._label.fontMetrics()
        self._disclose(self._behind(whole=elided_text(text, measure, self._room()) == text))
        room = max(self._label.width(), 80)
        shown = elided_text(text, measure, room)
        self._label.setWordWrap(measure.horizontalAdvance(shown) > room)
        if shown != self._label.text():
            self._label.setText(shown)
        self._label.setToolTip(text if shown != text else "")

    def _room(self) -> int:
        """px that a sentence without a disclosure beside it has."""
        self._column.activate()
        beside = 0 if self._disclosure.isHidden() else self._disclosure.width() + theme.GRID
        return max(self._label.width() + beside, 80)

    def _behind(self, *, whole: bool) -> str:
        """What the disclosure has to show: all that the bar does not say, or cannot in whole."""
        details = "" if self._message is None else self._message.details
        if whole:
            return "" if details == self.text() else details
        return details if self.text() in details else f"{self.text()}\n{details}".strip()

    def _disclose(self, behind: str) -> None:
        if behind != self._details.toPlainText():
            self._details.setPlainText(behind)
        if not behind:
            self._disclosure.setChecked(False)
        self._disclosure.setVisible(bool(behind))
        self._column.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wider bar says more of a long sentence."""
        super().resizeEvent(event)
        self._elide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark of the tone: a dot; for warnings and errors with an exclamation mark."""
        if self._message is None:
            return
        tokens, tone = theme.tokens_of(self), self._message.tone
        colours = {"bad": tokens.bad, "warn": tokens.warn, "done": tokens.accent}
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.get(tone, tokens.quiet)))
        size = 14 if tone in ("bad", "warn") else 8
        middle = self._label.geometry().center().y() + 1
        box = QRectF(theme.INSIDE + 4 - size / 2, middle - size / 2, size, size)
        painter.drawEllipse(box)
        if size > 8:
            painter.setPen(QColor(tokens.surface))
            painter.setFont(theme.font(theme.SMALL, bold=True))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "!")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_column"):
            self._show_text()


def elided_text(text: str, measure: QFontMetrics, room: int) -> str:
    """``text`` so short that it fits into two lines of ``room`` px; its advice stays whole.

    What is cut is a path, in its middle, as far as one line asks for it; and the middle of the
    sentence where that is not enough.
    """
    middle = Qt.TextElideMode.ElideMiddle
    for part in sorted(LONG.findall(text), key=len, reverse=True):
        beyond = measure.horizontalAdvance(text) - room
        if beyond > 0:
            left = max(measure.horizontalAdvance(part) - beyond - 2, SHORTEST)
            text = text.replace(part, measure.elidedText(part, middle, left))
    if measure.horizontalAdvance(text) <= room:
        return text
    return measure.elidedText(text, middle, round(BOTH_LINES * room))


def with_letters(names: Sequence[str]) -> list[str]:
    """Each name with a "&" before the first of its letters that no name before it has taken."""
    taken: set[str] = set()
    marked = []
    for name in names:
        at = next((i for i, c in enumerate(name) if c.isalpha() and c.lower() not in taken), None)
        if at is None:
            marked.append(name)
        else:
            taken.add(name[at].lower())
            marked.append(f"{name[:at]}&{name[at:]}")
    return marked
