"""The tray of own pictures: what it says of one, what its buttons ask for, with mouse and keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from explorer.data.pictures.own import INVERTED, Own, OwnPicture
from explorer.data.preparation import Preparation
from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.own_tray import OwnTray

LEFT = Qt.MouseButton.LeftButton
MADE = Preparation(8, 8)


def own(count: int = 1, at: int = 0, notes: tuple[str, ...] = (), path: str = "") -> Own:
    whole = np.zeros((8, 8, 1), np.uint8)
    pictures = (OwnPicture(f"my <b>picture</b> {i}.png", whole, MADE, notes, path)
                for i in range(count))  # fmt: skip
    return Own(tuple(pictures), at)


@pytest.fixture
def tray(qtbot: Any, qapp: Any) -> OwnTray:
    theme.apply(qapp, "light")
    made = OwnTray()
    qtbot.addWidget(made)
    made.resize(420, 60)
    made.show()
    return made


def button(tray: OwnTray, name: str) -> QToolButton:
    return tray.findChild(QToolButton, name)


def texts(tray: OwnTray) -> list[str]:
    return [label.text() for label in tray.findChildren(QLabel) if label.isVisible()]


def test_it_is_away_until_it_is_asked_for(qtbot: Any) -> None:
    made = OwnTray()
    qtbot.addWidget(made)
    assert made.isHidden()


def test_of_one_picture_there_is_nowhere_to_step_to(tray: OwnTray) -> None:
    tray.show_picture(own(1))
    assert not any(button(tray, name).isVisible() for name in ("ownPrevious", "ownNext"))
    assert texts(tray) == ["my <b>picture</b> 0.png"]  # as it is called, not as HTML
    tray.show_picture(own(3, 1))
    assert all(button(tray, name).isVisible() for name in ("ownPrevious", "ownNext"))
    assert "2 of 3" in texts(tray) and "my <b>picture</b> 1.png" in texts(tray)


def test_arrows_ask_for_the_one_before_and_the_next(tray: OwnTray) -> None:
    heard: list[int] = []
    tray.stepped.connect(heard.append)
    tray.show_picture(own(3, 1))
    QTest.mouseClick(button(tray, "ownPrevious"), LEFT)
    QTest.mouseClick(button(tray, "ownNext"), LEFT)
    button(tray, "ownNext").setFocus()
    QTest.keyClick(button(tray, "ownNext"), Qt.Key.Key_Space)
    assert heard == [-1, 1, 1]


def test_invert_and_close_are_asked_for(tray: OwnTray, qtbot: Any) -> None:
    tray.show_picture(own())
    with qtbot.waitSignal(tray.inverted):
        QTest.mouseClick(button(tray, "ownInvert"), LEFT)
    with qtbot.waitSignal(tray.closed):
        QTest.mouseClick(button(tray, "ownClose"), LEFT)


def test_the_button_is_down_where_light_and_dark_are_exchanged(tray: OwnTray) -> None:
    tray.show_picture(own(notes=(INVERTED,)))
    assert button(tray, "ownInvert").isChecked()
    tray.show_picture(own())
    assert not button(tray, "ownInvert").isChecked()


def test_what_was_done_is_said_once_there_is_something(tray: OwnTray) -> None:
    tray.show_picture(own())
    assert tray.accessibleDescription() == "my <b>picture</b> 0.png" and len(texts(tray)) == 1
    tray.show_picture(own(notes=("made smaller", INVERTED)))
    assert texts(tray)[-1] == f"made smaller; {INVERTED}"
    labels = [label for label in tray.findChildren(QLabel) if "picture" in label.text()]
    labels += [label for label in tray.findChildren(QLabel) if "smaller" in label.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert tray.accessibleDescription().endswith(f". made smaller. {INVERTED}")


def test_a_warning_comes_first_and_stands_out(tray: OwnTray) -> None:
    tray.show_picture(own(notes=("made smaller",)), "Unlike the data")
    notes = tray.findChildren(QLabel)[2]
    assert notes.text().startswith("Unlike the data; made") and notes.property("role") == "warn"
    warned = notes.palette().color(notes.foregroundRole())
    tray.show_picture(own(notes=("made smaller",)))
    assert notes.property("role") == "quiet"
    assert notes.palette().color(notes.foregroundRole()) != warned


def test_in_a_narrow_panel_names_are_cut_in_their_middle_and_said_whole_in_a_tooltip(
    tray: OwnTray,
) -> None:
    tray.show_picture(own(2, path="/pictures/me/a long way from here/picture.png"))
    tray.resize(240, 60)
    name = tray.findChildren(QLabel)[0]
    assert "\u2026" in name.text() and name.text().endswith("g")
    assert name.fontMetrics().horizontalAdvance(name.text()) <= name.width()
    assert name.toolTip() == "/pictures/me/a long way from here/picture.png"
    tray.resize(600, 60)
    assert name.text() == "my <b>picture</b> 0.png"


def test_each_button_has_a_name_and_is_reached_by_the_keyboard(tray: OwnTray) -> None:
    for made in tray.findChildren(QToolButton):
        assert made.accessibleName() and made.accessibleName() == made.toolTip()
        assert made.focusPolicy() == Qt.FocusPolicy.TabFocus
