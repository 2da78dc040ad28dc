"""The two boxes that choose a plane's axes: they follow the state, and change it as one step."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from explorer.app.state import State
from explorer.ui.plane.axis_boxes import GIVEN, AxisBoxes
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.themes import theme


@pytest.fixture
def boxes(plane_area: PlaneArea, state: State, qtbot: Any) -> AxisBoxes:
    made = AxisBoxes("latent", "Dimension", state)
    qtbot.addWidget(made)
    made.show()
    return made


def both(boxes: AxisBoxes) -> list[QComboBox]:
    return boxes.findChildren(QComboBox)


def chosen(boxes: AxisBoxes) -> tuple[int, ...]:
    return tuple(box.currentIndex() for box in both(boxes))


def choose(box: QComboBox, key: Qt.Key) -> None:
    box.setFocus()
    QTest.keyClick(box, key)


def test_they_show_the_axes_of_the_state(boxes: AxisBoxes, state: State) -> None:
    assert [[box.itemText(i) for i in range(box.count())] for box in both(boxes)] == [
        ["z1", "z2", "z3"]
    ] * 2
    assert chosen(boxes) == (0, 1)
    state.update_plane("latent", axes=(2, 0))
    assert chosen(boxes) == (2, 0)


def test_a_choice_changes_the_plane_as_one_step_of_undo(boxes: AxisBoxes, state: State) -> None:
    choose(both(boxes)[1], Qt.Key.Key_Down)
    assert state.now.plane("latent").axes == (0, 2)
    assert state.undo() and state.now.plane("latent").axes == (0, 1) == chosen(boxes)


def test_the_axis_that_the_other_one_shows_changes_places(boxes: AxisBoxes, state: State) -> None:
    choose(both(boxes)[0], Qt.Key.Key_Down)
    assert state.now.plane("latent").axes == (1, 0) == chosen(boxes)


def test_what_is_chosen_already_changes_nothing(boxes: AxisBoxes, state: State) -> None:
    both(boxes)[0].activated.emit(0)
    assert state.now.plane("latent").axes == (0, 1) and not state.undo()


def test_where_there_is_nothing_to_choose_they_say_why(boxes: AxisBoxes, state: State) -> None:
    assert all(box.isEnabled() for box in both(boxes))
    model = state.now.model
    assert model is not None
    config = replace(model.config, latent_dim=2)
    state.update(model=replace(model, config=config, id="flat"), codes=None,
                 z=np.zeros(2, np.float32))  # fmt: skip
    assert not any(box.isEnabled() for box in both(boxes))
    assert all(GIVEN in box.toolTip() for box in both(boxes))
    state.renew()
    assert not any(box.isEnabled() for box in both(boxes))


def test_each_says_which_axis_it_is(boxes: AxisBoxes) -> None:
    assert [box.accessibleName() for box in both(boxes)] == [
        "Dimension on the horizontal axis", "Dimension on the vertical axis",
    ]  # fmt: skip


def test_they_stand_beside_one_another_or_one_below_the_other(boxes: AxisBoxes, qtbot: Any) -> None:
    """With a times sign between them where they stand side by side."""
    first, second = both(boxes)
    times = boxes.findChild(QLabel)

    def settle() -> None:
        boxes.adjustSize()
        QApplication.processEvents()

    settle()
    places = [one.geometry() for one in (first, times, second)]
    assert times.text() == "\u00d7" and times.isVisible()
    gaps = [b.left() - a.right() - 1 for a, b in pairwise(places)]
    assert gaps == [theme.GRID, theme.GRID] and first.y() == second.y()
    boxes.set_upright(True)
    settle()
    assert times.isHidden() and first.x() == second.x()
    assert second.geometry().top() - first.geometry().bottom() - 1 == 4
    boxes.set_upright(False)
    settle()
    assert [one.geometry() for one in (first, times, second)] == places
