"""One latent dimension: its name, a slider and its value."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from explorer.ui.themes import theme
from explorer.ui.widgets.forms.boxes import Slider
from explorer.ui.widgets.forms.value_box import ValueBox
from explorer.ui.widgets.offering import offer

STEPS = 1000
HEIGHT = 32


class LatentSlider(QWidget):
    """Moved by the user it emits ``started`` (remember the present) and then ``moved``.

    `set_value` shows a value that came from elsewhere and emits nothing. The slider itself is
    ``track``; a value outside its range is shown in full beside it.
    """

    started = Signal(object)  # the gesture
    moved = Signal(float)

    def __init__(self, dimension: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dimension = dimension
        self._low, self._high = -3.0, 3.0
        self._value, self._reason = 0.0, ""
        self.dead, self._tip = False, ""
        self._name = QLabel(f"z{dimension + 1}", self)
        self.track = Track(self)
        self.spin = self._make_spin()
        self._lay_out()
        self.track.sliderPressed.connect(self._on_track_slider_pressed)
        self.track.actionTriggered.connect(self._on_track_action_triggered)
        self.track.valueChanged.connect(self._on_track_value_changed)
        self.track.reset.connect(self._on_track_reset)
        self.set_value(0.0)
        self.set_kl(None, dead=False)

    def _make_spin(self) -> ValueBox:
        spin = ValueBox(self)
        spin.setRange(-1e4, 1e4)
        spin.setDecimals(2)
        spin.setSingleStep(0.05)
        spin.setKeyboardTracking(False)
        spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        spin.setFixedSize(68, 30)
        spin.setAccessibleName(f"Value of latent dimension {self.dimension + 1}")
        spin.valueChanged.connect(self._on_spin_value_changed)
        return spin

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        self._name.setFixedWidth(26)
        self._name.setBuddy(self.track)
        self.track.setAccessibleName(f"Latent dimension {self.dimension + 1}")
        for widget in (self._name, self.track, self.spin):
            row.addWidget(widget)
        self.setFixedHeight(HEIGHT)

    @property
    def value(self) -> float:
        """The value shown."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show a value; nothing is emitted."""
        self._value = value
        self.track.blockSignals(True)
        self.track.setValue(self._step_of(value))
        self.track.blockSignals(False)
        if abs(self.spin.value() - value) > 0.0049:
            self.spin.blockSignals(True)
            self.spin.setValue(value)
            self.spin.blockSignals(False)

    def set_range(self, low: float, high: float) -> None:
        """What the ends of the slider mean; not while the user holds it."""
        if not self.track.isSliderDown() and (low, high) != (self._low, self._high):
            self._low, self._high = low, high
            self.set_value(self._value)

    def range(self) -> tuple[float, float]:
        """What the ends of the slider mean."""
        return (self._low, self._high)

    def set_kl(self, kl: float | None, *, dead: bool) -> None:
        """Say what the dimension carries, in nats per sample; grey it where that is nothing."""
        tip = f"Latent dimension {self.dimension + 1}. Double-click: back to 0."
        if kl is not None:
            tip += f"\nKL(q(z{self.dimension + 1}|x) || p) = {kl:.3f} nats per sample"
            tip += ": dead, the decoder hardly listens to it" if dead else ""
        if tip != self._tip:  # for each of many dimensions at each moment of a training
            self._tip = tip
            for widget in (self._name, self.track, self.spin):
                widget.setToolTip(tip)
            self.offer(self._reason)
        self.dead = dead
        self._apply_theme()

    def offer(self, reason: str) -> None:
        """Let the user move it, or say why not."""
        self._reason = reason
        for widget in (self._name, self.track, self.spin):
            offer(widget, reason)

    def _apply_theme(self) -> None:
        t = theme.tokens_of(self)
        grey = (
            f"QSlider::sub-page:horizontal {{ background: {t.hairline}; }}"
            f"QSlider::handle:horizontal {{ border-color: {t.hairline}; }}"
            f"QLabel, QDoubleSpinBox {{ color: {t.quiet}; }}"
        )
        sheet = grey if self.dead else ""
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "spin"):
            self._apply_theme()

    def _step_of(self, value: float) -> int:
        share = (value - self._low) / (self._high - self._low)
        return round(min(max(share, 0.0), 1.0) * STEPS)

    def _move(self, value: float) -> None:
        self.set_value(value)
        self.moved.emit(value)

    @Slot()
    def _on_track_slider_pressed(self) -> None:
        self.started.emit(self.track.gesture.now)

    @Slot(int)
    def _on_track_action_triggered(self, _action: int) -> None:
        if not self.track.isSliderDown():  # a key or the wheel; a press has told already
            self.started.emit(self.track.gesture.now)

    @Slot(int)
    def _on_track_value_changed(self, step: int) -> None:
        self._move(self._low + step / STEPS * (self._high - self._low))

    @Slot()
    def _on_track_reset(self) -> None:
        self.started.emit(self.track.gesture.now)  # that of the first of the two clicks
        self._move(0.0)

    @Slot(float)
    def _on_spin_value_changed(self, value: float) -> None:
        self.started.emit(self.spin.gesture.now)
        self._move(value)


class Track(Slider):
    """A slider that goes where it is pressed."""

    reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, STEPS)
        self.setSingleStep(STEPS // 100)
        self.setPageStep(STEPS // 10)
        self.setMinimumWidth(80)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle under the pointer first, so that the drag starts there."""
        self.gesture.begin()
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and not self._handle().contains(at):
            self.setSliderDown(True)
            self.setSliderPosition(self._step_at(at.x()))
        QSlider.mousePressEvent(self, event)  # of the same gesture

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to 0."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self.reset.emit()
        event.accept()

    def _option(self) -> QStyleOptionSlider:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return option

    def _handle(self) -> QRect:
        return self._part(QStyle.SubControl.SC_SliderHandle)

    def _part(self, part: QStyle.SubControl) -> QRect:
        control = QStyle.ComplexControl.CC_Slider
        return self.style().subControlRect(control, self._option(), part, self)

    def _step_at(self, x: int) -> int:
        groove = self._part(QStyle.SubControl.SC_SliderGroove)
        handle = self._handle()
        span = groove.width() - handle.width()
        left = x - groove.left() - handle.width() // 2
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), left, span)
