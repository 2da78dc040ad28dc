from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QComboBox

from explorer.ui.panels.pca import PcaPanel
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane


@pytest.fixture
def panel(qtbot, state, jobs, asked, light):
    made = PcaPanel(state, asked)
    qtbot.addWidget(made)
    made.resize(340, 360)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def plane(panel) -> ScatterPlane:
    return panel.findChild(ScatterPlane, "pcaPlane")


def test_all_names_are_there_before_anything_is_open(panel):
    assert panel.findChild(ScatterPlane, "pcaPlane") is not None
    assert panel.findChild(PictureView, "pcaDecodedView").image() is None


def test_a_drag_marks_once_and_moves_the_pca_point(plane, state, toy, asked, qtbot):
    toy.show(state)
    pixels = [plane.pixel_at(at) for at in ((0, 0), (0.5, 0.2), (1.0, 0.5))]
    qtbot.mousePress(plane.viewport(), Qt.MouseButton.LeftButton, pos=pixels[0])
    for pixel in pixels[1:]:
        qtbot.mouseMove(plane.viewport(), pixel)
    qtbot.mouseRelease(plane.viewport(), Qt.MouseButton.LeftButton, pos=pixels[-1])
    assert asked.given("move_in") == ("pca", pytest.approx((1.0, 0.5), abs=0.1))
    assert asked.count("move_in") >= 2


def test_a_click_on_a_point_goes_to_its_sample(plane, state, toy, asked, qtbot):
    toy.show(state)
    row = int(np.argmax(toy.scores[:, 0]))
    pixel = plane.pixel_at(toy.scores[row, :2])
    qtbot.mouseClick(plane.viewport(), Qt.MouseButton.LeftButton, pos=pixel)
    assert asked.last("go_to") == row


def test_hover_goes_both_ways(plane, state, toy, qtbot):
    toy.show(state)
    row = int(np.argmax(toy.scores[:, 0]))
    with qtbot.waitSignal(plane.hovered):
        qtbot.mouseMove(plane.viewport(), plane.pixel_at(toy.scores[row, :2]))
    assert state.now.hover == row
    state.update(hover=5)
    assert plane._marks.hover_at == pytest.approx(tuple(toy.scores[5, :2]))
    state.update(hover=None)
    assert plane._marks.hover_at is None


def test_selection_and_cursor_come_from_the_state(plane, state, toy):
    toy.show(state)
    state.update(selection=np.array([9]))
    state.update_plane("pca", cursor=(0.5, 0.25))
    assert plane.layers["selection"].ringed.tolist() == [toy.scores[9, :2].tolist()]
    assert plane.cursor_at == (0.5, 0.25)


def test_nothing_is_asked_while_there_is_no_pca(plane, state, asked, qtbot):
    qtbot.mouseClick(plane.viewport(), Qt.MouseButton.LeftButton, pos=plane.pixel_at((0, 0)))
    qtbot.keyClick(plane, Qt.Key.Key_Right)
    assert asked.calls == []


def test_axes_are_chosen_by_key_and_equal_ones_change_places(panel, state, toy, qtbot):
    toy.show(state)
    first, second = panel.findChildren(QComboBox)
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert state.now.plane("pca").axes == (1, 0)  # PC2 was the other one's
    qtbot.keyClick(second, Qt.Key.Key_End)
    assert state.now.plane("pca").axes == (1, 15)
    assert state.undo() and state.now.plane("pca").axes == (1, 0)
    assert first.currentIndex() == 1 and second.currentIndex() == 0


def test_the_linear_picture_is_shown(panel, state, toy):
    toy.show(state)
    state.update(pca_decoded=toy.linear(99))
    assert (panel.findChild(PictureView, "pcaDecodedView").image() == 99).all()
    state.update(pca_decoded=None)
    assert panel.findChild(PictureView, "pcaDecodedView").image() is None


def test_muted_classes_are_dimmed(plane, state, toy, monkeypatch):
    toy.show(state)
    dimmed = []
    monkeypatch.setattr(plane, "set_dimmed", dimmed.append)
    state.update(muted=frozenset({1}))
    assert dimmed[-1].tolist() == (toy.data.labels == 1).tolist()
    state.update(muted=frozenset())
    assert dimmed[-1] is None


def test_other_components_are_seen_as_large_as_they_can_be(plane, state, toy):
    """Though they would fit in the view that was right for those before them."""
    toy.show(state)
    box, within = plane.getViewBox(), plane.getViewBox().viewRect()
    box.setRange(yRange=(1.3 * within.top(), 1.3 * within.bottom()), padding=0)
    loose = box.viewRect()
    assert not plane._fits_badly()
    state.update(selection=np.array([1]))
    assert box.viewRect() == loose
    state.update_plane("pca", axes=(1, 0))
    assert box.viewRect() != loose


def test_where_it_is_low_the_plane_has_all_the_height(panel, plane, qtbot):
    panel.resize(360, 180)
    qtbot.waitUntil(lambda: plane.height() >= 150)
    assert not panel._head.geometry().intersects(plane.geometry())
    panel.resize(360, 400)
    qtbot.waitUntil(lambda: plane.geometry().top() > panel._head.geometry().bottom())


def test_where_it_is_low_and_narrow_the_boxes_stand_over_one_another(panel, plane, state, toy):
    toy.show(state)
    state.update(pca_decoded=toy.linear(99))
    panel.resize(300, 180)
    QApplication.processEvents()
    first, second = panel.findChildren(QComboBox)
    assert first.mapTo(panel, first.rect().bottomLeft()).y() < second.mapTo(panel, QPoint()).y()
    for part in (first, second, plane, panel._decoded):
        assert panel.rect().contains(QRect(part.mapTo(panel, QPoint()), part.size()))
    assert plane.width() >= 160 and panel._decoded.picture_rect().height() >= 64
    assert not panel._decoded.accessibleDescription()  # for which there is no room
    panel.resize(360, 180)
    QApplication.processEvents()
    assert first.mapTo(panel, QPoint()).y() == second.mapTo(panel, QPoint()).y()
    assert panel._decoded.accessibleDescription()


def test_beside_the_model_s_plane_it_is_a_plane_and_no_more(panel, state):
    assert panel._decoded.isVisible()
    state.update(workspace="compare")
    assert not panel._decoded.isVisible()
    state.update(workspace="explore")
    assert panel._decoded.isVisible()
