from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from explorer.ui.widgets.forms.latent_slider import LatentSlider

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def heard() -> list[object]:
    return []


@pytest.fixture
def slider(qtbot, heard):
    made = LatentSlider(0)
    qtbot.addWidget(made)
    made.resize(320, 36)
    made.show()
    made.started.connect(lambda: heard.append("started"))
    made.moved.connect(heard.append)
    return made


def wheel(widget, steps: int) -> None:
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_values_from_elsewhere_are_shown_and_not_told(slider, heard):
    for value in (1.25, -2.0, 17.0, 0.0):
        slider.set_value(value)
        assert slider.spin.value() == pytest.approx(value)
    slider.set_range(-20, 20)
    slider.set_kl(0.001, dead=True)
    assert heard == []


def test_a_press_starts_then_moves_to_the_pointer(slider, heard, qtbot):
    track = slider.track
    qtbot.mousePress(track, LEFT, pos=QPoint(track.width() * 3 // 4, track.height() // 2))
    assert heard[0] == "started" and heard[1] == pytest.approx(1.55, abs=0.1)
    qtbot.mouseMove(track, QPoint(track.width(), track.height() // 2))
    qtbot.mouseRelease(track, LEFT, pos=QPoint(track.width(), track.height() // 2))
    assert heard[-1] == 3.0
    assert heard.count("started") == 1


def test_keys_start_and_move(slider, heard, qtbot):
    qtbot.keyClick(slider.track, Qt.Key.Key_Right)
    assert heard == ["started", pytest.approx(0.06)]


def test_a_double_click_resets(slider, heard, qtbot):
    slider.set_value(2.0)
    qtbot.mouseDClick(slider.track, LEFT, pos=slider.track.rect().center())
    assert heard[-2:] == ["started", 0.0]
    assert slider.value == 0.0 and not slider.track.isSliderDown()


def test_a_typed_value_may_lie_outside_the_range(slider, heard, qtbot):
    slider.spin.selectAll()
    qtbot.keyClicks(slider.spin, "-7.5")
    assert heard == []
    qtbot.keyClick(slider.spin, Qt.Key.Key_Return)
    assert heard == ["started", -7.5]
    assert slider.track.value() == 0 and slider.spin.value() == -7.5


def test_the_wheel_is_left_to_the_list_until_the_slider_has_the_focus(slider, heard):
    slider.track.clearFocus()
    wheel(slider.track, 1)
    assert heard == []
    slider.track.setFocus()
    wheel(slider.track, 1)
    assert heard[0] == "started" and heard[1] > 0


def test_the_range_stands_still_under_the_hand(slider, qtbot):
    qtbot.mousePress(slider.track, LEFT, pos=slider.track.rect().center())
    slider.set_range(-9, 9)
    assert slider.range() == (-3.0, 3.0)
    qtbot.mouseRelease(slider.track, LEFT, pos=slider.track.rect().center())
    slider.set_range(-9, 9)
    assert slider.range() == (-9, 9)


def test_a_dead_dimension_says_so(slider):
    slider.set_kl(0.003, dead=True)
    assert "0.003 nats" in slider.track.toolTip() and "dead" in slider.track.toolTip()
    slider.set_kl(2.0, dead=False)
    assert "dead" not in slider.track.toolTip() and not slider.styleSheet()
