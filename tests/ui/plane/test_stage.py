"""What stands in the corners of the plane, and its layers."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from explorer.app.state import State
from explorer.ui.plane.stage import Stage
from explorer.ui.widgets.hover_card import HoverCard
from explorer.ui.widgets.legend import Legend

LEFT = Qt.MouseButton.LeftButton


def test_the_cursor_stands_where_z_is(stage: Stage, state: State) -> None:
    state.update(z=np.array([0.5, -0.25, 9], np.float32))
    assert stage.plane.cursor_at == (0.5, -0.25)
    state.update(plane_axes=(2, 0))
    assert stage.plane.cursor_at == (9.0, 0.5)


def test_another_slice_moves_points_and_names_the_axes(stage: Stage, state: State) -> None:
    state.update(plane_axes=(2, 1))
    np.testing.assert_array_equal(stage.plane._xy, state.now.codes.mean[:, [2, 1]])
    assert "z3" in stage.plane.getAxis("bottom").labelText


def test_a_move_on_the_plane_keeps_the_other_coordinates(stage: Stage, state: State) -> None:
    state.update(z=np.array([0, 0, 1.5], np.float32))
    QTest.mouseClick(stage.plane.viewport(), LEFT, pos=stage.plane.pixel_at((0.5, 0.5)))
    np.testing.assert_allclose(state.now.z, (0.5, 0.5, 1.5), atol=0.02)


def test_a_selected_sample_shows_its_posterior_at_true_scale(stage: Stage, state: State) -> None:
    state.update(selection=np.array([3]))
    (ellipse,) = stage.plane.layers["ellipses"].ellipses
    assert ellipse.mean == (1.0, 1.0) and np.allclose(ellipse.radii, 0.1)


def test_a_crowd_dims_the_rest(stage: Stage, state: State) -> None:
    state.update(selection=np.array([0, 1]))
    assert stage.plane._points._dimmed.tolist() == [False, False, True, True, True]
    state.update(selection=np.array([0]))
    assert stage.plane._points._dimmed is None


def test_the_legend_mutes_a_class_and_undo_brings_it_back(stage: Stage, state: State) -> None:
    legend = stage.findChild(Legend)
    QTest.mouseClick(legend.row(1), LEFT)
    assert state.now.muted == {1}
    assert stage.plane._points._dimmed.tolist() == [False, False, True, True, True]
    assert state.undo() and state.now.muted == frozenset()


def test_hovering_shows_the_card_with_label_and_error_in_one_place(
    stage: Stage, state: State, qtbot: Any
) -> None:
    card, plane = stage.findChild(HoverCard), stage.plane
    QTest.mouseMove(plane.viewport(), plane.pixel_at((1, 1)) + QPoint(4, 4))
    qtbot.waitUntil(card.isVisible, timeout=3000)
    texts = "".join(label.text() for label in card.findChildren(QLabel))
    assert state.now.hover == 3 and "b" in texts and "3" in texts
    qtbot.waitUntil(lambda: any("MSE" in w.text() for w in card.findChildren(QLabel)))
    place = card.pos()
    QTest.mouseMove(plane.viewport(), plane.pixel_at((-1, -1)))
    qtbot.waitUntil(lambda: state.now.hover == 0, timeout=3000)
    assert card.pos() == place
    QTest.mouseMove(plane.viewport(), plane.pixel_at((0.5, 0)))
    qtbot.waitUntil(card.isHidden, timeout=3000)


def test_without_data_the_stage_says_what_to_do(stage: Stage, state: State) -> None:
    state.renew()
    texts = [label.text() for label in stage.findChildren(QLabel) if label.isVisible()]
    assert any("Drop a folder of images" in text for text in texts)
