"""The moments of a training on a line; a drag goes back to one of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from explorer.training.clock import place
from explorer.ui.themes import theme
from explorer.ui.widgets.forms.boxes import Slider
from explorer.ui.widgets.offering import offer

NO_MOMENTS = "A training makes moments to go back to"
FRAME_MS = 100  # between two moments while it plays


class TimelineBar(QWidget):
    """Play button, line (``slider``), and where it stands. ``chosen`` carries a moment's number."""

    started = Signal(object)  # the gesture
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total, self._place = 0.0, ""
        self.slider = EpochSlider(self)
        self.slider.valueChanged.connect(self._on_slider_value_changed)
        self.play = QToolButton(self)
        self.play.setText("Play")
        self.play.setCheckable(True)
        self.play.setToolTip("Play the training from its start, or from here")
        self.play.toggled.connect(self._on_play_toggled)
        self._label = QLabel(self)
        self._label.setProperty("role", "quiet")
        self._status = QLabel(self)
        self._status.setProperty("role", "quiet")
        for label in (self._label, self._status):
            label.setFixedWidth(164)
        self._playing: object = None  # the gesture that set it playing
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._step)
        self._lay_out()
        self.show_status("")
        self.show_moments((), 0.0, None)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._label)
        words.addWidget(self._status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self.play)
        row.addWidget(self.slider)
        row.addLayout(words)

    def text(self) -> str:
        """Where it stands."""
        return self._label.text()

    def show_place(self, text: str) -> None:
        """How far the training is that is under way; it stands here while its newest is shown."""
        if text != self._place:
            self._place = text
            self._show_label()

    def show_status(self, text: str) -> None:
        """A second line: how fast the training is, and how long it takes."""
        self._status.setText(text)
        self._status.setVisible(bool(text))
        self._show_label()

    def show_moments(self, epochs: Sequence[float], total: float, at: float | None) -> None:
        """epochs: of each moment, rising. total: of the training. at: the epoch looked at."""
        self._total = total
        self.slider.epochs = tuple(epochs)
        count = len(epochs)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(0, count - 1))
            if count and at is not None:
                self.slider.setValue(int(np.argmin(np.abs(np.array(epochs) - at))))
        for widget in (self.slider, self.play):
            offer(widget, "" if count > 1 else NO_MOMENTS)
        self._show_label()
        self.slider.update()

    def _show_label(self) -> None:
        epochs = self.slider.epochs
        if not epochs:
            self._label.setText("" if self._status.text() else "no training yet")
            self._label.setVisible(not self._status.text())
            return
        at = min(self.slider.value(), len(epochs) - 1)
        moment = place(epochs[at], self._total)
        newest = at == len(epochs) - 1
        self._label.setText(self._place if newest and self._place else moment)
        self._label.setVisible(True)
        self._label.setToolTip(f"What is shown is of {moment}")

    @Slot(int)
    def _on_slider_value_changed(self, moment: int) -> None:
        self._show_label()
        playing = self._playing if self._timer.isActive() else None
        self.started.emit(playing or self.slider.gesture.now)
        self.chosen.emit(moment)

    @Slot(bool)
    def _on_play_toggled(self, on: bool) -> None:
        self.play.setText("Hold" if on else "Play")
        if not on:
            self._timer.stop()
            return
        self._playing = object()
        self._timer.start()
        if self.slider.value() == self.slider.maximum():
            self.slider.setValue(0)

    @Slot()
    def hold(self) -> None:
        """Stay where it is."""
        self.play.setChecked(False)

    @Slot()
    def _step(self) -> None:
        if self.slider.value() >= self.slider.maximum():
            self.play.setChecked(False)
        else:
            self.slider.setValue(self.slider.value() + 1)


class EpochSlider(Slider):
    """A slider over moments with a tick where an epoch ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.epochs: tuple[float, ...] = ()
        self.setObjectName("timeline")
        self.setAccessibleName("Time line of the training")
        self.setToolTip("Go back to an earlier moment: its weights, its codes, its pictures")
        self.setMinimumHeight(28)
        self.setPageStep(5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The slider, and the ticks below its groove."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.tokens_of(self).quiet), 1))
        span, last = self.width() - 14, max(self.maximum(), 1)
        for i in range(1, len(self.epochs)):
            if int(self.epochs[i]) > int(self.epochs[i - 1]):
                x = round(7 + span * i / last) + 0.5
                painter.drawLine(QPointF(x, self.height() - 5), QPointF(x, self.height() - 2))
