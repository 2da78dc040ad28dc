"""The film strip: where the hand points is where it wants to be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.film_strip import HEIGHT, FilmStrip


@pytest.fixture
def strip(qtbot: Any, qapp: Any) -> FilmStrip:
    theme.apply(qapp, "light")
    made = FilmStrip()
    qtbot.addWidget(made)
    made.resize(600, HEIGHT)
    made.show()
    made.set_images([np.full((8, 8, 1), 20 * i, np.uint8) for i in range(10)])
    return made


def test_the_middles_of_the_first_and_last_picture_are_the_ends(strip: FilmStrip) -> None:
    assert strip.x_of(0) == 30 and strip.x_of(1) == 570


@pytest.mark.parametrize(("x", "share"), [(0, 0), (30, 0), (300, 0.5), (570, 1), (599, 1)])
def test_a_press_goes_there(strip: FilmStrip, qtbot: Any, x: int, share: float) -> None:
    with qtbot.waitSignal(strip.scrub_started), qtbot.waitSignal(strip.scrubbed) as told:
        QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(x, 20))
    assert told.args == [pytest.approx(share)]
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(x, 20))


def test_the_keys_travel(strip: FilmStrip, qtbot: Any) -> None:
    strip.set_share(0.5)
    for key, share in ((Qt.Key.Key_Right, 0.52), (Qt.Key.Key_Home, 0.0), (Qt.Key.Key_End, 1.0)):
        with qtbot.waitSignal(strip.scrubbed) as told:
            QTest.keyClick(strip, key)
        assert told.args == [pytest.approx(share)]


def test_pictures_off_the_data_are_underlined(strip: FilmStrip) -> None:
    strip.set_off(np.arange(10) == 3)
    seen = strip.grab().toImage()
    marked = [i for i in range(10) if seen.pixelColor(i * 60 + 30, HEIGHT - 1).name().upper()
              == theme.LIGHT.warn.upper()]  # fmt: skip
    assert marked == [3]


def test_an_empty_strip_says_what_to_do_and_ignores_the_hand(strip: FilmStrip, qtbot: Any) -> None:
    strip.set_images([])
    strip.set_empty_text("Draw")
    with qtbot.assertNotEmitted(strip.scrubbed):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(50, 20))
    assert not strip.grab().isNull()


def test_it_tells_how_many_pictures_it_has_room_for(strip: FilmStrip, qtbot: Any) -> None:
    with qtbot.waitSignal(strip.room_changed) as told:
        strip.resize(900, HEIGHT)
    assert told.args == [15]
