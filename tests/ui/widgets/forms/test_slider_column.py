"""Sliders of all latent dimensions: their order, values, reasons, and how Tab goes through them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSlider

from explorer.ui.themes import theme
from explorer.ui.widgets.forms.latent_slider import HEIGHT
from explorer.ui.widgets.forms.slider_column import MOST_ROWS, SliderColumn
from tests.ui import painted

KL = np.array([0.1, 2.0, 0.001], np.float32)


@pytest.fixture
def column(qtbot: Any) -> SliderColumn:
    made = SliderColumn()
    qtbot.addWidget(made)
    made.resize(320, 200)
    made.show()
    made.set_count(3)
    QApplication.processEvents()
    return made


def values(column: SliderColumn) -> list[float]:
    return [slider.spin.value() for slider in column.sliders]


def from_the_top(column: SliderColumn) -> list[int]:
    QApplication.processEvents()
    return [s.dimension for s in sorted(column.sliders, key=lambda s: s.y())]


def test_the_most_telling_dimension_comes_first(column: SliderColumn) -> None:
    assert from_the_top(column) == [0, 1, 2] and not column.has_kl
    column.set_kl(KL, dead=0.01)
    assert from_the_top(column) == [1, 0, 2] == list(column.order()) and column.has_kl
    assert [slider.dead for slider in column.sliders] == [False, False, True]
    column.set_kl(None, dead=0.01)
    assert from_the_top(column) == [0, 1, 2] and not any(s.dead for s in column.sliders)


def test_equal_dimensions_keep_their_order(column: SliderColumn) -> None:
    column.set_kl(np.array([1.0, 2.0, 1.0], np.float32), dead=0.0)
    assert column.order() == (1, 0, 2)


def test_tab_goes_from_the_top_to_the_bottom_in_the_order_of_sight(column: SliderColumn) -> None:
    column.set_kl(KL, dead=0.0)
    column.activateWindow()
    first = column.sliders[1]
    first.track.setFocus()
    seen = [QApplication.focusWidget()]
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    wanted = [part for i in (1, 0, 2) for part in (column.sliders[i].track, column.sliders[i].spin)]
    assert seen == wanted


def test_a_key_on_a_slider_tells_its_dimension_and_value(column: SliderColumn) -> None:
    heard: list[tuple[int, float]] = []
    gestures: list[object] = []
    column.moved.connect(lambda dimension, value: heard.append((dimension, value)))
    column.started.connect(gestures.append)
    column.set_kl(KL, dead=0.0)
    track = column.findChild(QSlider, "latentSlider2")
    QTest.keyClick(track, Qt.Key.Key_Right)
    assert len(heard) == 1 and len(gestures) == 1
    assert heard[0][0] == 2 and 0 < heard[0][1] < 0.5


def test_values_are_shown_in_full_missing_ones_as_0_and_nobody_is_told(
    column: SliderColumn, qtbot: Any
) -> None:
    with qtbot.assertNotEmitted(column.moved):
        column.set_values(np.array([1.0, -2.5, 7.0], np.float32))
        assert values(column) == [1.0, -2.5, 7.0]
        column.set_values(np.array([0.5], np.float32))
        assert values(column) == [0.5, 0.0, 0.0]
        column.set_values(np.array([np.inf, np.nan, 1.0], np.float32))
        assert values(column)[2] == 1.0 and np.isfinite(values(column)).all()


def test_ranges_are_those_of_the_codes(column: SliderColumn) -> None:
    ends = np.array([[-1, -2, -4], [1, 2, 4]], np.float32)
    column.set_ranges(ends)
    column.set_values(np.array([1.0, 1.0, 1.0], np.float32))
    shares = [s.track.value() / s.track.maximum() for s in column.sliders]
    assert shares == pytest.approx([1.0, 0.75, 0.625], abs=2e-3)


def test_where_it_cannot_be_moved_each_slider_says_why(column: SliderColumn) -> None:
    column.offer("Train a model first")
    assert not any(slider.track.isEnabled() for slider in column.sliders)
    column.set_count(4)  # one that comes later says so, too
    assert all("Train a model first" in slider.track.toolTip() for slider in column.sliders)
    column.offer("")
    assert all(slider.track.isEnabled() for slider in column.sliders)


@pytest.mark.parametrize("count", [1, 2, MOST_ROWS, 16])
def test_it_is_as_high_as_its_sliders_up_to_a_few(column: SliderColumn, count: int) -> None:
    column.set_count(count)
    QApplication.processEvents()
    assert column.height() == HEIGHT * min(count, MOST_ROWS)
    assert len(column.sliders) == count
    bar = column.verticalScrollBar()
    assert (bar.maximum() > 0) == (count > MOST_ROWS)
    assert column.horizontalScrollBar().maximum() == 0
    assert {s.track.objectName() for s in column.sliders} == {
        f"latentSlider{i}" for i in range(count)
    }


def test_another_count_forgets_the_kl_and_names_no_slider_twice(column: SliderColumn) -> None:
    column.set_kl(KL, dead=0.0)
    column.set_count(2)
    assert not column.has_kl and column.order() == (0, 1)
    assert len(column.findChildren(QSlider, "latentSlider1")) == 1
    same = column.sliders
    column.set_count(2)
    assert column.sliders is same


def test_in_no_hurry_it_shows_the_last_of_many_values(column: SliderColumn, qtbot: Any) -> None:
    column.unhurried = True
    for value in (0.5, 1.0, 1.5):
        column.set_values(np.full(3, value, np.float32))
    qtbot.waitUntil(lambda: values(column) == [1.5] * 3)
    column.set_values(np.full(3, 2.0, np.float32))
    column.unhurried = False
    column.set_values(np.full(3, 3.0, np.float32))
    assert values(column) == [3.0] * 3  # and what was waiting does not come after it
    timers = column.findChildren(QTimer)
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers))
    assert values(column) == [3.0] * 3


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_stands_on_the_ground_of_its_panel(
    light: None, column: SliderColumn, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    seen = painted.pixels(column.viewport())
    assert tuple(seen[-1, 0]) == painted.rgb(theme.tokens_of(column).surface)
