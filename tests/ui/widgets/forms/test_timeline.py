"""The time line: what is chosen by mouse, keys and play, what its words say, and its ticks."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from explorer.ui.themes import theme
from explorer.ui.widgets.forms import timeline
from explorer.ui.widgets.forms.timeline import TimelineBar
from tests.ui import painted

LEFT = Qt.MouseButton.LeftButton
EPOCHS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)


@pytest.fixture
def bar(qtbot: Any) -> TimelineBar:
    made = TimelineBar()
    qtbot.addWidget(made)
    made.resize(500, 40)
    made.show()
    made.show_moments(EPOCHS, 10.0, 3.0)
    return made


@pytest.fixture
def heard(bar: TimelineBar) -> list[int]:
    chosen: list[int] = []
    bar.chosen.connect(chosen.append)
    return chosen


def test_without_moments_nothing_can_be_gone_back_to(bar: TimelineBar) -> None:
    for epochs in ((), (0.0,)):
        bar.show_moments(epochs, 10.0, None)
        for widget in (bar.slider, bar.play):
            assert not widget.isEnabled()
            assert widget.toolTip().endswith("A training makes moments to go back to")
    bar.show_moments((), 0.0, None)
    assert bar.text() == "no training yet"
    bar.show_moments(EPOCHS, 10.0, 3.0)
    assert bar.slider.isEnabled() and "makes moments" not in bar.slider.toolTip()


@pytest.mark.parametrize(("at", "row"), [(0.0, 0), (0.7, 1), (0.8, 2), (3.0, 6), (99.0, 6)])
def test_it_stands_at_the_moment_nearest_to_the_epoch_and_tells_nobody(
    bar: TimelineBar, heard: list[int], at: float, row: int
) -> None:
    bar.show_moments(EPOCHS, 10.0, at)
    assert bar.slider.value() == row and heard == []
    assert bar.text() == f"epoch {EPOCHS[row]:.1f} of 10"


def test_keys_choose_moments_each_with_its_gesture(bar: TimelineBar, heard: list[int]) -> None:
    gestures: list[object] = []
    bar.started.connect(gestures.append)
    QTest.keyClick(bar.slider, Qt.Key.Key_Left)
    QTest.keyClick(bar.slider, Qt.Key.Key_Home)
    QTest.keyClick(bar.slider, Qt.Key.Key_PageUp)
    assert heard == [5, 0, 5] and len(set(map(id, gestures))) == 3
    assert bar.text() == "epoch 2.5 of 10"


def test_a_drag_is_one_gesture(bar: TimelineBar, heard: list[int]) -> None:
    gestures: list[object] = []
    bar.started.connect(gestures.append)
    slider, y = bar.slider, bar.slider.height() // 2
    QTest.mousePress(slider, LEFT, pos=QPoint(slider.width() - 8, y))
    for share in (0.7, 0.5, 0.3):
        QTest.mouseMove(slider, QPoint(round(slider.width() * share), y))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(round(slider.width() * 0.3), y))
    assert len(heard) >= 2 and heard == sorted(heard, reverse=True)
    assert len(set(map(id, gestures))) == 1


def test_where_the_newest_is_shown_it_says_how_far_the_training_is(bar: TimelineBar) -> None:
    bar.show_place("epoch 3.4 of 10")
    assert bar.text() == "epoch 3.4 of 10"
    label = bar.findChildren(QLabel)[0]
    assert label.toolTip() == "What is shown is of epoch 3.0 of 10"
    QTest.keyClick(bar.slider, Qt.Key.Key_Left)
    assert bar.text() == "epoch 2.5 of 10"
    QTest.keyClick(bar.slider, Qt.Key.Key_End)
    assert bar.text() == "epoch 3.4 of 10"
    bar.show_place("")
    assert bar.text() == "epoch 3.0 of 10"


def test_a_second_line_says_how_fast_it_is(bar: TimelineBar) -> None:
    place, status = bar.findChildren(QLabel)
    assert not status.isVisible()
    bar.show_status("1,200 samples/s")
    assert status.isVisible() and status.text() == "1,200 samples/s"
    bar.show_moments((), 0.0, None)
    assert not place.isVisible() and bar.text() == ""  # "no training yet" would be a lie
    bar.show_status("")
    assert place.isVisible() and bar.text() == "no training yet"


def test_play_starts_over_at_the_end_and_holds_when_it_is_there_again(
    bar: TimelineBar, heard: list[int], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gestures: list[object] = []
    bar.started.connect(gestures.append)
    bar._timer.setInterval(0)
    QTest.mouseClick(bar.play, LEFT)
    assert bar.play.text() == "Hold" and heard == [0]
    qtbot.waitUntil(lambda: not bar.play.isChecked())
    assert heard == [0, 1, 2, 3, 4, 5, 6] and bar.play.text() == "Play"
    assert len(set(map(id, gestures))) == 1  # undo goes back to where it was set playing
    assert timeline.FRAME_MS == 100


def test_play_goes_on_from_here_and_stops_when_it_is_held(
    bar: TimelineBar, heard: list[int], qtbot: Any
) -> None:
    bar.show_moments(EPOCHS, 10.0, 1.0)
    bar._timer.setInterval(0)
    QTest.mouseClick(bar.play, LEFT)
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    bar.hold()
    assert heard[0] == 3 and not bar.play.isChecked() and not bar._timer.isActive()


def test_each_playing_is_a_gesture_of_its_own(bar: TimelineBar, qtbot: Any) -> None:
    gestures: list[object] = []
    bar.started.connect(gestures.append)
    bar._timer.setInterval(0)
    for _ in range(2):
        bar.show_moments(EPOCHS, 10.0, 2.5)
        QTest.mouseClick(bar.play, LEFT)
        qtbot.waitUntil(lambda: not bar.play.isChecked())
    assert len(set(map(id, gestures))) == 2


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_tick_stands_where_an_epoch_ends(
    light: None, bar: TimelineBar, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    slider = bar.slider
    seen = painted.of_colour(painted.pixels(slider), theme.tokens_of(slider).quiet)
    row = seen[slider.height() - 4]
    columns = [int(x) for x in range(slider.width()) if row[x]]
    span = slider.width() - 14
    assert columns == [round(7 + span * i / 6) for i in (2, 4, 6)]


def test_it_has_a_name_for_readers(bar: TimelineBar) -> None:
    assert bar.slider.accessibleName() == "Time line of the training"
    assert bar.play.toolTip().startswith("Play the training")
