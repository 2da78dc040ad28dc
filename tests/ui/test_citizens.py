"""What holds for every control of the window, whoever made it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from explorer.ui.themes import theme
from explorer.ui.widgets.forms.boxes import MOST_ROWS, ChoiceBox, Slider, WholeBox
from explorer.ui.widgets.forms.latent_slider import Track
from explorer.ui.widgets.forms.timeline import EpochSlider
from explorer.ui.widgets.forms.value_box import ValueBox
from explorer.ui.widgets.forms.value_line import ValueLine
from explorer.ui.window import MainWindow, open_window

KINDS = (ChoiceBox, WholeBox, ValueBox, Slider, Track, EpochSlider)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window("digits", settings_dir=tmp_path / "settings")
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.state.now.decoded is not None)
    yield made
    made.close()


def _turn(widget: QWidget, notches: int) -> bool:
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def _value(control: QWidget) -> object:
    return control.currentIndex() if isinstance(control, QComboBox) else control.value()


def _movable(control: QWidget) -> QWidget:
    """Ready to be changed, if it lets itself."""
    control.blockSignals(True)
    control.setEnabled(True)
    if isinstance(control, QComboBox):
        control.addItems(["a", "b", "c"])
        control.setCurrentIndex(1)
    else:
        control.setRange(0, 10)
        control.setValue(5)
    return control


def _controls(window: MainWindow) -> list[QWidget]:
    kinds = (QAbstractSlider, QAbstractSpinBox, QComboBox)
    found = [w for kind in kinds for w in window.findChildren(kind)]
    return [w for w in found if not isinstance(w, QScrollBar)]


def test_a_wheel_on_its_way_over_a_control_changes_nothing(window: MainWindow) -> None:
    controls = _controls(window)
    assert len(controls) > 20
    for control in controls:
        before = _value(_movable(control))
        taken = [_turn(control, notches) for notches in (1, -1, -1)]
        told = f"{type(control).__name__} {control.objectName() or control.accessibleName()}"
        assert _value(control) == before and not any(taken), told
        assert control.focusPolicy() != Qt.FocusPolicy.WheelFocus, told


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_with_the_focus_on_it_a_control_follows_the_wheel(qtbot: Any, kind: type[QWidget]) -> None:
    control = kind()
    qtbot.addWidget(control)
    with qtbot.waitActive(control):
        control.show()
        control.activateWindow()
    _movable(control)
    control.setFocus()
    assert _turn(control, 1) and _value(control) != (1 if kind is ChoiceBox else 5)


def test_a_list_that_is_let_down_shows_twelve_rows(qtbot: Any, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItems([f"choice {i}" for i in range(40)])
    box.show()
    box.showPopup()
    view = box.view()
    row = view.visualRect(view.model().index(0, 0)).height()
    assert 1 <= view.viewport().height() // row <= MOST_ROWS
    assert view.verticalScrollBar().maximum() > 0
    box.hidePopup()


def test_every_list_shows_twelve_rows_and_every_value_is_replaced(window: MainWindow) -> None:
    assert {box.maxVisibleItems() for box in window.findChildren(QComboBox)} == {MOST_ROWS}
    lines = [w for w in window.findChildren(QLineEdit) if not w.placeholderText()]
    assert len(lines) > 8 and all(isinstance(line, ValueLine) for line in lines)


@pytest.fixture
def form(qtbot: Any) -> QWidget:
    """Two boxes and a line."""
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    made.whole, made.number, made.line = WholeBox(), ValueBox(), ValueLine()
    for widget in (made.whole, made.number, made.line):
        column.addWidget(widget)
    made.whole.setRange(0, 99_999)
    made.whole.setValue(128)
    made.number.setValue(1.5)
    made.line.setText("0.001")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.mark.parametrize("name", ["whole", "number", "line"])
@pytest.mark.parametrize("way", ["click", "tab", "focus"])
def test_what_is_typed_into_a_value_replaces_it(form: QWidget, name: str, way: str) -> None:
    box = getattr(form, name)
    line = box if name == "line" else box.lineEdit()
    (form.line if name != "line" else form.whole).setFocus()
    if way == "click":
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(12, line.height() // 2))
    else:
        box.setFocus(
            Qt.FocusReason.TabFocusReason if way == "tab" else Qt.FocusReason.OtherFocusReason
        )
    QTest.keyClicks(box, "7")
    assert line.text() == "7"


def test_a_second_click_puts_the_caret(form: QWidget) -> None:
    box: QSpinBox = form.whole
    for _ in range(2):
        QTest.mouseClick(box.lineEdit(), Qt.MouseButton.LeftButton, pos=QPoint(1, 8))
    QTest.keyClicks(box, "7")
    assert box.lineEdit().text() in ("7128", "1728")
