"""A form made from settings: label, control and help come with each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explorer.config import Setting
from explorer.ui import theme
from explorer.ui.widgets.forms.setting_control import ChoiceControl, Control, control_for
from explorer.ui.widgets.offering import offer

WIDTHS = (148, 72)  # px of the controls in the left and in the right column
LABELS = (88, 124)  # px at least of their labels, so that forms below one another agree
COLUMNS = len(WIDTHS)


class SettingsForm(QWidget):
    """Two fields a row, the left one wider. ``changed``: a name, and what the hand gave it."""

    changed = Signal(str, object)

    def __init__(
        self, settings: Sequence[Setting], always: int, parent: QWidget | None = None
    ) -> None:
        """always: how many of the settings are shown even while the form is folded."""
        super().__init__(parent)
        self._controls: dict[str, Control] = {}
        self._settings: tuple[Setting, ...] = ()
        self._foldable: list[QWidget] = []
        self._choices: dict[str, list[tuple[str, str, str]]] = {}  # what each field offers
        self._reason, self._reasons = "", dict[str, str]()  # against all of them, against some
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GRID)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2 * COLUMNS, 1)
        for column, width in enumerate(LABELS):
            self._grid.setColumnMinimumWidth(2 * column, width)
        self.set_settings(settings, always)

    def set_settings(self, settings: Sequence[Setting], always: int | None = None) -> None:
        """Other fields; all are always shown unless ``always`` says how many."""
        if tuple(settings) == self._settings:
            return
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._settings, self._controls, self._foldable = tuple(settings), {}, []
        self._choices = {}
        for i, one in enumerate(settings):
            parts = self._add(self._grid, one, i // COLUMNS, 2 * (i % COLUMNS))
            self._foldable += parts if always is not None and i >= always else ()
        for control in self._controls.values():
            control.widget.show()
        self.offer(self._reason)
        self.set_folded(True)

    def _add(self, grid: QGridLayout, one: Setting, row: int, column: int) -> tuple[QWidget, ...]:
        control = control_for(one, self)
        widget = control.widget
        widget.setObjectName(one.name)
        widget.setAccessibleName(one.label)
        widget.setToolTip(one.help)
        widget.setFixedWidth(WIDTHS[column // 2])
        label = QLabel(one.label, self)
        label.setToolTip(one.help)
        label.setBuddy(widget)
        label.setIndent(theme.GRID if column else 0)
        grid.addWidget(label, row, column)
        grid.addWidget(widget, row, column + 1)
        control.given.connect(self._on_control_given)
        self._controls[one.name] = control
        return label, widget

    def offer(self, reason: str) -> None:
        """Let the hand at all fields, or say why not."""
        self._reason = reason
        for name, control in self._controls.items():
            offer(control.widget, reason or self._reasons.get(name, ""))

    def offer_one(self, name: str, reason: str) -> None:
        """The same for one of them."""
        self._reasons[name] = reason
        offer(self._controls[name].widget, self._reason or reason)

    def set_folded(self, folded: bool) -> None:
        """Show all settings, or only those that are always shown."""
        for widget in self._foldable:
            widget.setVisible(not folded)

    def set_values(self, values: object) -> None:
        """Show the fields of a dataclass by their names; emits nothing."""
        named = {name: getattr(values, name) for name in self._controls if hasattr(values, name)}
        self.show_values(named)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show values by the names of their fields; emits nothing."""
        for name, control in self._controls.items():
            if name in values:
                with QSignalBlocker(control):
                    control.set_value(values[name])

    def set_choices(self, name: str, choices: Sequence[tuple[str, str, str]]) -> None:
        """What a field offers: (value, text, help) each; emits nothing."""
        control = self._controls[name]
        if name in self._choices and self._choices[name] == list(choices):
            return
        self._choices[name] = list(choices)
        assert isinstance(control, ChoiceControl)
        with QSignalBlocker(control):
            control.set_choices(choices)

    def value(self, name: str) -> Any:
        """The value shown in a field."""
        return self._controls[name].value()

    def gesture(self, name: str) -> object:
        """What the hand does with a field, as a step of undo."""
        return self._controls[name].gesture()

    def control(self, name: str) -> QWidget:
        """The widget of a field."""
        return self._controls[name].widget

    @Slot(object)
    def _on_control_given(self, value: object) -> None:
        control = self.sender()
        assert isinstance(control, Control)
        self.changed.emit(control.name, value)
