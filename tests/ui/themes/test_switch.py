"""Another theme, a little at a time: what is polished at once, what in turns, and what never."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QVBoxLayout, QWidget

from explorer.ui import themes
from explorer.ui.themes import theme
from explorer.ui.themes.switch import TURN_MS, ThemeSwitch
from tests.ui import painted


class Clock:
    """In QElapsedTimer's place: each look is a third of a turn later, on machines of any speed."""

    def start(self) -> None:
        self._looks = 0

    def elapsed(self) -> int:
        self._looks += 1
        return (self._looks - 1) * TURN_MS // 3 + (self._looks > 1)


@pytest.fixture
def polished(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the widgets that were polished, in order; those without one are Qt's."""
    names: list[str] = []
    polish = themes.switch._polish

    def noted(widget: QWidget) -> None:
        if shiboken6.isValid(widget) and widget.objectName():
            names.append(widget.objectName())
        polish(widget)

    monkeypatch.setattr(themes.switch, "_polish", noted)
    return names


@pytest.fixture
def switch(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThemeSwitch]:
    monkeypatch.setattr(themes.switch, "QElapsedTimer", Clock)
    made = ThemeSwitch(qapp)
    yield made
    made._left.clear()
    QApplication.processEvents()
    qapp.removeEventFilter(made)
    made.deleteLater()


@pytest.fixture
def window(shown: Callable[..., Any]) -> QWidget:
    """Of its labels one is seen, three were."""
    made: QWidget = QWidget()
    made.setObjectName("window")
    column = QVBoxLayout(made)
    for name in ("seen", "past1", "past2", "past3"):
        label = QLabel(name)
        label.setObjectName(name)
        column.addWidget(label)
    shown(made, 200, 200)
    QApplication.processEvents()
    for name in ("past1", "past2", "past3"):
        label_of(made, name).hide()
    QApplication.processEvents()
    return made


def label_of(window: QWidget, name: str) -> QLabel:
    found = window.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found


def mine(names: list[str]) -> list[str]:
    """Without what other tests have left hidden."""
    return [name for name in names if name in ("window", "seen", "never") or "past" in name]


def finish(switch: ThemeSwitch, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not switch.busy)
    QApplication.processEvents()


def test_what_is_seen_is_polished_at_once_and_the_rest_in_turns(
    window: QWidget, switch: ThemeSwitch, polished: list[str], qtbot: Any
) -> None:
    fresh = QLabel(window)
    fresh.setObjectName("never")  # Qt itself polishes it in the turn to come
    switch.begin()
    assert sorted(mine(polished)) == ["seen", "window"] and switch.busy
    finish(switch, qtbot)
    assert sorted(mine(polished)) == ["past1", "past2", "past3", "seen", "window"]  # each once


def test_a_turn_ends_in_time_and_another_follows(
    window: QWidget, switch: ThemeSwitch, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    switch.begin()
    labels = [label_of(window, f"past{i}") for i in (1, 2, 3)]
    switch._left = [*labels, *labels[:1]]
    left: list[int] = []
    turn = switch._turn
    switch._timer.timeout.disconnect()
    switch._timer.timeout.connect(lambda: (turn(), left.append(len(switch._left))))
    finish(switch, qtbot)
    assert left == [1, 0]  # three in a turn, by this clock


def test_a_window_is_polished_at_once_even_before_it_is_seen(
    switch: ThemeSwitch, polished: list[str], qtbot: Any
) -> None:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.setObjectName("window")
    switch.begin()
    assert mine(polished) == ["window"]


def test_one_behind_others_waits_for_its_turn(
    window: QWidget, switch: ThemeSwitch, polished: list[str]
) -> None:
    """It is visible to Qt, and yet no pixel of it is seen."""
    label_of(window, "seen").setGeometry(500, 500, 50, 20)
    switch.begin()
    assert "seen" not in polished and label_of(window, "seen").isVisible()


def test_what_is_shown_before_its_turn_is_polished_then(
    window: QWidget, switch: ThemeSwitch, polished: list[str], qtbot: Any
) -> None:
    switch.begin()
    polished.clear()
    label_of(window, "past2").show()
    assert mine(polished) == ["past2"]
    finish(switch, qtbot)
    polished.clear()
    label_of(window, "past3").show()
    assert mine(polished) == []  # long done


def test_a_second_theme_is_given_to_all_again(
    window: QWidget, switch: ThemeSwitch, polished: list[str], qtbot: Any
) -> None:
    switch.begin()
    switch.begin()
    finish(switch, qtbot)
    assert sorted(mine(polished)) == [
        "past1", "past2", "past3", "seen", "seen", "window", "window",
    ]  # fmt: skip


def test_one_that_is_gone_meanwhile_does_no_harm(
    window: QWidget, switch: ThemeSwitch, polished: list[str], qtbot: Any
) -> None:
    switch.begin()
    shiboken6.delete(label_of(window, "past1"))
    finish(switch, qtbot)
    assert "past1" not in polished and {"past2", "past3"} <= set(polished)


def test_a_polished_widget_is_painted_anew(window: QWidget, switch: ThemeSwitch) -> None:
    QApplication.processEvents()
    events: list[object] = []
    label = label_of(window, "seen")
    label.paintEvent = events.append  # type: ignore[method-assign]
    switch.begin()
    QApplication.processEvents()
    assert events


@pytest.mark.parametrize("hidden", [False, True])
def test_a_polished_widget_has_the_colours_of_the_theme(
    window: QWidget, qapp: QApplication, light: None, qtbot: Any, hidden: bool
) -> None:
    label = QLabel("\u2588\u2588")  # blocks: all ink
    label.setProperty("role", "warn")
    window.layout().addWidget(label)
    qtbot.waitUntil(lambda: has(label, theme.LIGHT.warn))
    label.setHidden(hidden)
    theme.apply(qapp, "dark")
    applied = qapp.findChild(ThemeSwitch)
    qtbot.waitUntil(lambda: not applied.busy)
    label.show()
    assert has(label, theme.DARK.warn) and not has(label, theme.LIGHT.warn)


def has(label: QLabel, colour: str) -> bool:
    return bool(painted.of_colour(painted.pixels(label), colour, near=2).any())
