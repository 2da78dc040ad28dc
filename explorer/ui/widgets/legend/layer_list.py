"""A row a layer: a switch, how opaque it is, and the key that toggles it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.forms.boxes import Slider
from explorer.ui.widgets.offering import offer

FINEST = 100  # steps of a slider from nothing to opaque
LEAST = 10  # of them: a layer that cannot be seen should be switched off


@dataclass(frozen=True)
class LayerRow:
    """What a row says. key: a digit, or an empty string."""

    name: str
    label: str
    key: str
    tip: str


class LayerList(QWidget):
    """It shows what it is told, and tells what the user wants.

    ``switched``: name, whether it should be seen. ``faded``: name, opacity 0 to 1, after
    ``fade_started``, which carries the gesture.
    """

    switched = Signal(str, bool)
    fade_started = Signal(object)
    faded = Signal(str, float)

    def __init__(self, rows: list[LayerRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._switches: dict[str, QCheckBox] = {}
        self._sliders: dict[str, Slider] = {}
        self._keys = {row.name: row.key for row in rows}
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        grid.setHorizontalSpacing(theme.INSIDE)
        grid.setVerticalSpacing(theme.GRID)
        for i, row in enumerate(rows):
            self._add(grid, i, row)

    def _add(self, grid: QGridLayout, i: int, row: LayerRow) -> None:
        switch = QCheckBox(row.label, self)
        switch.setObjectName(f"layerSwitch-{row.name}")
        switch.setProperty("layer", row.name)
        switch.toggled.connect(self._on_switch_toggled)
        slider = Slider(self)
        slider.setObjectName(f"layerOpacity-{row.name}")
        slider.setRange(LEAST, FINEST)
        slider.setFixedWidth(96)
        slider.setToolTip(f"How opaque {row.label.lower()} are drawn")
        slider.setAccessibleName(f"Opacity of {row.label.lower()}")
        slider.setProperty("layer", row.name)
        slider.valueChanged.connect(self._on_slider_value_changed)
        key = QLabel(row.key, self)
        key.setProperty("role", "quiet")
        key.setToolTip("The key that shows or hides it")
        grid.addWidget(switch, i, 0)
        grid.addWidget(slider, i, 1)
        grid.addWidget(key, i, 2)
        self._switches[row.name], self._sliders[row.name] = switch, slider
        self.set_tip(row.name, row.tip)

    def set_tip(self, name: str, tip: str) -> None:
        """What the switch of a layer tells about it."""
        key = self._keys[name]
        self._switches[name].setToolTip(f"{tip} ({key})" if key else tip)

    def set_appearance(self, name: str, visible: bool, opacity: float) -> None:
        """Show how a layer looks; emits nothing."""
        switch, slider = self._switches[name], self._sliders[name]
        with QSignalBlocker(switch), QSignalBlocker(slider):
            switch.setChecked(visible)
            slider.setValue(round(opacity * FINEST))
            offer(slider, "" if visible else "Switch it on first")

    @Slot(bool)
    def _on_switch_toggled(self, on: bool) -> None:
        self.switched.emit(self.sender().property("layer"), on)

    @Slot(int)
    def _on_slider_value_changed(self, value: int) -> None:
        slider = self.sender()
        assert isinstance(slider, Slider)
        self.fade_started.emit(slider.gesture.now)
        self.faded.emit(slider.property("layer"), value / FINEST)
