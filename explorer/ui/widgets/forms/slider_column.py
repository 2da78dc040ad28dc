"""Sliders below one another, the most telling dimension first; scrolls when there are many."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from explorer.ui.widgets.forms.latent_slider import HEIGHT, LatentSlider
from explorer.ui.widgets.plane.bounds import bounded
from explorer.ui.widgets.throttle import FOLLOW_MS, Throttle

MOST_ROWS = 4


class SliderColumn(QScrollArea):
    """One `LatentSlider` a latent dimension; its ``track`` is called ``latentSlider<i>``."""

    started = Signal(object)  # the gesture
    moved = Signal(int, float)  # dimension, value

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sliders: list[LatentSlider] = []
        self._reason = ""
        self.has_kl = False
        self._order: tuple[int, ...] = ()
        self.unhurried = False  # follow at half the screen's frames: the machine has other work
        self._throttle = Throttle(FOLLOW_MS, self)
        inside = QWidget(self)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        for part in (inside, self.viewport()):  # opaque: a moved slider repaints nothing behind it
            part.setAutoFillBackground(True)
            part.setBackgroundRole(QPalette.ColorRole.Base)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_count(self, count: int) -> None:
        """How many dimensions there are."""
        if count == len(self.sliders):
            return
        for slider in self.sliders:
            self._column.removeWidget(slider)
            slider.track.setObjectName("")
            slider.hide()
            slider.deleteLater()
        self.sliders = [self._made(i) for i in range(count)]
        self.has_kl = False
        self._arrange(tuple(range(count)))
        self.setFixedHeight(HEIGHT * min(count, MOST_ROWS))

    def _made(self, dimension: int) -> LatentSlider:
        slider = LatentSlider(dimension, self.widget())
        slider.track.setObjectName(f"latentSlider{dimension}")
        slider.started.connect(self.started)
        slider.moved.connect(self._on_slider_moved)
        slider.offer(self._reason)
        return slider

    @Slot(float)
    def _on_slider_moved(self, value: float) -> None:
        slider = self.sender()
        if isinstance(slider, LatentSlider):
            self.moved.emit(slider.dimension, value)

    def offer(self, reason: str) -> None:
        """Let the user move them, or say why not; asked with every move of z."""
        if reason == self._reason:
            return
        self._reason = reason
        for slider in self.sliders:
            slider.offer(reason)

    def set_values(self, values: NDArray[np.float32]) -> None:
        """Show z: (d,), or 0 for what is missing; emits nothing."""
        values = bounded(values)
        if self.unhurried:
            self._throttle.run(partial(self._show_values, values))
        else:
            self._throttle.drop()
            self._show_values(values)

    def _show_values(self, values: NDArray[np.floating]) -> None:
        for i, slider in enumerate(self.sliders):
            slider.set_value(float(values[i]) if i < len(values) else 0.0)

    def set_ranges(self, ends: NDArray[np.float32]) -> None:
        """ends: (2, d), lowest and highest value of each slider."""
        for slider, low, high in zip(self.sliders, ends[0], ends[1], strict=True):
            slider.set_range(float(low), float(high))

    def set_kl(self, kl: NDArray[np.float32] | None, dead: float) -> None:
        """Sort by KL, (d,) nats per sample, and grey what lies below ``dead``; None: no KL."""
        self.has_kl = kl is not None
        for i, slider in enumerate(self.sliders):
            value = None if kl is None else float(kl[i])
            slider.set_kl(value, dead=value is not None and value < dead)
        count = len(self.sliders)
        order = range(count) if kl is None else np.argsort(-kl, kind="stable").tolist()
        self._arrange(tuple(order))

    def order(self) -> tuple[int, ...]:
        """The dimensions from the top to the bottom."""
        return self._order

    def _arrange(self, order: tuple[int, ...]) -> None:
        if order == self._order and self._column.count() == len(order):
            return
        self._order = order
        for dimension in order:
            self._column.addWidget(self.sliders[dimension])
        above: QWidget | None = None
        for dimension in order:
            slider = self.sliders[dimension]
            for part in (slider.track, slider.spin):
                if above is not None:
                    self.setTabOrder(above, part)
                above = part
