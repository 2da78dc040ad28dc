"""A form made from settings: label, control and help come with each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explorer.config import Setting
from explorer.ui.themes import theme
from explorer.ui.widgets.forms.setting_control import ChoiceControl, Control, control_for
from explorer.ui.widgets.offering import offer

LABEL = 120  # px at least of the labels, so that forms below one another agree
WIDEST = 240  # px of a control
FORM = LABEL + WIDEST + theme.GRID  # px that a form has use for
Groups = Mapping[str, Sequence[Setting]]  # by their heads; "" has none


class SettingsForm(QWidget):
    """Groups of fields below their heads. ``changed``: a name, and what the user gave it.

    heads: a sentence on each, for who points at it. labels: px of width at least of the labels.
    """

    changed = Signal(str, object)

    def __init__(
        self,
        groups: Groups,
        parent: QWidget | None = None,
        heads: Mapping[str, str] | None = None,
        labels: int = LABEL,
    ) -> None:
        super().__init__(parent)
        self._heads = heads or {}
        self._controls: dict[str, Control] = {}
        self._labels: dict[str, QLabel] = {}
        self._groups: dict[str, tuple[Setting, ...]] = {}
        self._ends: dict[str, int] = {}  # the row below each group
        self._choices: dict[str, list[tuple[str, str, str]]] = {}  # what each field offers
        self._reason, self._reasons = "", dict[str, str]()  # against all of them, against some
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GRID)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, labels)
        self._grid.setColumnStretch(1, 1)
        self.set_groups(groups)

    def set_groups(self, groups: Groups) -> None:
        """Other fields."""
        wanted = {head: tuple(settings) for head, settings in groups.items() if settings}
        if wanted == self._groups:
            return
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._groups, self._controls, self._labels, self._choices = wanted, {}, {}, {}
        row = 0
        for head, settings in wanted.items():
            row = self._add_group(head, settings, row) + 1  # a row for what is put below it
        self.offer(self._reason)

    def _add_group(self, head: str, settings: Sequence[Setting], row: int) -> int:
        """Returns the first row below the group."""
        if head:
            label = QLabel(head, self)
            label.setProperty("role", "head")
            label.setToolTip(self._heads.get(head, ""))
            label.setContentsMargins(0, theme.GRID if row else 0, 0, 0)
            self._grid.addWidget(label, row, 0, 1, 2)
            label.show()
            row += 1
        for i, one in enumerate(settings):
            self._add(one, row + i)
        self._ends[head] = row + len(settings)
        return self._ends[head]

    def put_below(self, head: str, widget: QWidget) -> None:
        """Show a widget at the end of a group, as one more form."""
        self._grid.addWidget(widget, self._ends[head], 0, 1, 2)

    def _add(self, one: Setting, row: int) -> None:
        control = control_for(one, self)
        widget = control.widget
        widget.setMaximumWidth(WIDEST)
        label = self._labels[one.name] = QLabel(one.label, self)
        label.setToolTip(one.help)
        label.setBuddy(widget)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(widget, row, 1)
        for part in (label, widget):
            part.show()
        control.given.connect(self._on_control_given)
        self._controls[one.name] = control

    def offer(self, reason: str) -> None:
        """Let the user at all fields, or say why not."""
        self._reason = reason
        for name, control in self._controls.items():
            offer(control.widget, reason or self._reasons.get(name, ""))

    def offer_one(self, name: str, reason: str) -> None:
        """The same for one of them."""
        self._reasons[name] = reason
        offer(self._controls[name].widget, self._reason or reason)

    def set_shown(self, name: str, shown: bool) -> None:
        """Show a field, or leave its row away."""
        for part in (self._labels[name], self._controls[name].widget):
            part.setVisible(shown)

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

    def values(self) -> dict[str, Any]:
        """The values shown, by the names of their fields."""
        return {name: control.value() for name, control in self._controls.items()}

    def gesture(self, name: str) -> object:
        """What the user does with a field, as a step of undo."""
        return self._controls[name].gesture()

    def control(self, name: str) -> QWidget:
        """The widget of a field."""
        return self._controls[name].widget

    @Slot(object)
    def _on_control_given(self, value: object) -> None:
        control = self.sender()
        assert isinstance(control, Control)
        self.changed.emit(control.name, value)
