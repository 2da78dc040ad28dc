"""Application: remove noise from the selected sample."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QLabel, QWidget

from explorer.app.session import Session
from explorer.app.state import State
from explorer.models.noises import in_order, noises
from explorer.ui.applications import applications
from explorer.ui.applications.restoring import Restoring
from explorer.ui.widgets.forms.boxes import Slider


@applications.register("denoise")
class Denoise(Restoring):
    """The list says which noise is added first, and the slider how much."""

    title = "Remove noise"
    tip = "Add noise to the selected sample, encode and decode it"
    order = 20
    damaged, view = "Noisy", "Denoise"

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._kind = self.box("noiseKind", "Which noise is added")
        for name in in_order():
            self._kind.addItem(noises[name].title, name)
        self._kind.activated.connect(self._on_kind_activated)
        self._name = QLabel(self.controls)
        self._name.setProperty("role", "quiet")
        self._noise = Slider(self.controls)
        self._noise.setObjectName("noiseSlider")
        self._noise.setRange(0, 100)
        self._noise.setAccessibleName("Noise")
        self._noise.valueChanged.connect(self._on_noise_value_changed)
        for widget in (self._name, self._noise):
            self.column.addWidget(widget)
        state.watch("noise noise_kind", self._show_noise)  # before it is restored with it
        self.follow()

    def noise(self) -> float:
        """As the slider stands."""
        return self.state.now.noise

    def _show_noise(self) -> None:
        kind = noises[self.state.now.noise_kind]
        self._kind.setCurrentIndex(self._kind.findData(self.state.now.noise_kind))
        self._kind.setToolTip(f"Which noise is added. {kind.tip}")
        with QSignalBlocker(self._noise):
            self._noise.setValue(round(100 * self.noise()))
        self._noise.setToolTip(f"How much: {kind.amount}")
        self._name.setText(f"Noise, {kind.symbol} = {self.noise():.2f}")

    @Slot(int)
    def _on_kind_activated(self, _index: int) -> None:
        self.state.mark()
        self.state.update(source=self, noise_kind=self._kind.currentData())

    @Slot(int)
    def _on_noise_value_changed(self, value: int) -> None:
        self.state.mark(self._noise.gesture.now)
        self.state.update(source=self, noise=value / 100)
