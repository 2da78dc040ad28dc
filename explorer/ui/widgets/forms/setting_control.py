"""One setting's control: a box of choices, a switch, a whole number or a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from explorer.config import Setting
from explorer.ui.widgets.forms.boxes import ChoiceBox, WholeBox
from explorer.ui.widgets.forms.value_box import ValueBox
from explorer.ui.widgets.forms.value_line import ValueLine

MOST = 2**31 - 1  # the largest whole number of a spin box
MARGINS = 7, 0, 7, 0  # px, so that its text begins where that of a line edit does


class Control(QObject):
    """A widget and the value in it. ``given`` by the user only."""

    given = Signal(object)

    def __init__(self, one: Setting, widget: QWidget) -> None:
        super().__init__(widget)
        self.name, self.widget = one.name, widget

    def value(self) -> Any:
        """The value shown."""
        raise NotImplementedError

    def gesture(self) -> object:
        """What the user does with it, as a step of undo."""
        return object()

    def set_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError


class ChoiceControl(Control):
    """A box of choices; a value that is not among them is added, so that it can be shown."""

    def __init__(self, one: Setting, parent: QWidget) -> None:
        self._box = ChoiceBox(parent)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self._box.setSizeAdjustPolicy(policy)
        super().__init__(one, self._box)
        plain = [(name, name or "default", "") for name in one.choices or (one.default,)]
        self.set_choices(one.words or plain)
        self._box.activated.connect(self._on_box_activated)

    def set_choices(self, choices: Sequence[tuple[str, str, str]]) -> None:
        """(value, text, help) each; the value shown stays if it is among them."""
        before = self.value()
        self._box.clear()
        for value, text, tip in choices:
            self._box.addItem(text, value)
            self._box.setItemData(self._box.count() - 1, tip or text, Qt.ItemDataRole.ToolTipRole)
        self._widen()
        if before is not None:
            self._box.setCurrentIndex(max(0, self._box.findData(before)))

    def _widen(self) -> None:
        """The list may be wider than the box: no text in it is cut."""
        metrics = self._box.fontMetrics()
        texts = [self._box.itemText(i) for i in range(self._box.count())]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        self._box.view().setMinimumWidth(widest + 32)

    def value(self) -> Any:
        """The value chosen."""
        return self._box.currentData()

    def set_value(self, value: Any) -> None:
        """Choose a value."""
        if self._box.findData(value) < 0:
            self._box.addItem(str(value) or "default", value)
        self._box.setCurrentIndex(self._box.findData(value))

    @Slot(int)
    def _on_box_activated(self, _index: int) -> None:
        self.given.emit(self.value())


class SwitchControl(Control):
    """True or false."""

    def __init__(self, one: Setting, parent: QWidget) -> None:
        self._box = QCheckBox(parent)
        super().__init__(one, self._box)
        self._box.clicked.connect(self._on_box_clicked)

    def value(self) -> bool:
        """Whether it is on."""
        return self._box.isChecked()

    def set_value(self, value: bool) -> None:
        """Switch it."""
        self._box.setChecked(value)

    @Slot(bool)
    def _on_box_clicked(self, on: bool) -> None:
        self.given.emit(on)


class WholeControl(Control):
    """A whole number within the setting's range."""

    def __init__(self, one: Setting, parent: QWidget) -> None:
        self._box = WholeBox(parent)
        self._box.setRange(int(one.low or 0), min(int(one.high or MOST), MOST))
        self._box.setSingleStep(int(one.step) or 1)
        self._box.setKeyboardTracking(False)
        self._box.lineEdit().setTextMargins(*MARGINS)
        super().__init__(one, self._box)
        self._box.valueChanged.connect(self._on_box_value_changed)

    def value(self) -> int:
        """The number."""
        return self._box.value()

    def gesture(self) -> object:
        """The wheel, or a key that is held down, is one."""
        return self._box.gesture.now

    def set_value(self, value: float) -> None:
        """Show a number."""
        with QSignalBlocker(self._box):
            self._box.setValue(int(value))

    @Slot(int)
    def _on_box_value_changed(self, value: int) -> None:
        self.given.emit(value)


class NumberControl(Control):
    """A number as it is written, 0.001 or 1e-3; what does not fit is put back."""

    def __init__(self, one: Setting, parent: QWidget) -> None:
        self._line = ValueLine(parent)
        self._value = float(one.default)
        low = -1e12 if one.low is None else one.low
        high = 1e12 if one.high is None else one.high
        self._line.setValidator(QDoubleValidator(low, high, 12, self._line))
        self._low, self._high = low, high
        super().__init__(one, self._line)
        self._line.editingFinished.connect(self._on_line_editing_finished)

    def value(self) -> float:
        """The number."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show a number, unless one is being written."""
        self._value = value
        if not (self._line.hasFocus() and self._line.isModified()):
            self._line.setText(f"{value:g}")

    @Slot()
    def _on_line_editing_finished(self) -> None:
        try:
            value = min(max(float(self._line.text()), self._low), self._high)
        except ValueError:
            value = self._value
        before, self._value = self._value, value
        self._line.setText(f"{value:g}")
        self._line.setModified(False)
        if value != before:
            self.given.emit(value)


class SteppedControl(Control):
    """A number within the setting's range, with arrows and a wheel."""

    def __init__(self, one: Setting, parent: QWidget) -> None:
        self._box = ValueBox(parent)
        assert one.low is not None and one.high is not None, "a box has two ends"
        self._box.setRange(one.low, one.high)
        self._box.setSingleStep(one.step)
        self._box.lineEdit().setTextMargins(*MARGINS)
        super().__init__(one, self._box)
        self._box.valueChanged.connect(self._on_box_value_changed)

    def value(self) -> float:
        """The number."""
        return self._box.value()

    def gesture(self) -> object:
        """The wheel, or a key that is held down, is one."""
        return self._box.gesture.now

    def set_value(self, value: float) -> None:
        """Show a number."""
        with QSignalBlocker(self._box):
            self._box.setValue(value)

    @Slot(float)
    def _on_box_value_changed(self, value: float) -> None:
        self.given.emit(value)


def control_for(one: Setting, parent: QWidget) -> Control:
    """The control that fits the setting's type, with its name, its help and its default."""
    made = _fitting(one, parent)
    with QSignalBlocker(made):
        made.set_value(one.default)
    made.widget.setObjectName(one.name)
    made.widget.setAccessibleName(one.label)
    made.widget.setToolTip(one.help)
    return made


def _fitting(one: Setting, parent: QWidget) -> Control:
    if one.choices or one.type is str:
        return ChoiceControl(one, parent)
    if one.type is bool:
        return SwitchControl(one, parent)
    if one.type is int:
        return WholeControl(one, parent)
    return SteppedControl(one, parent) if one.step else NumberControl(one, parent)
