"""What stands in the corners of the plane, and its layers."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from explorer.app import needs
from explorer.app.background.jobs import Jobs
from explorer.app.commands import Context
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.decoding.sheet import sheet_of
from explorer.ui.plane.plane_area import ACROSS, FOLD, NARROW, PlaneArea
from explorer.ui.themes import theme
from explorer.ui.widgets.legend.hover_card import HoverCard
from explorer.ui.widgets.legend.legend import Legend
from tests.ui.onscreen import idle
from tests.ui.plane.conftest import MEAN

LEFT = Qt.MouseButton.LeftButton


def test_the_cursor_stands_where_z_is(plane_area: PlaneArea, state: State) -> None:
    state.update(z=np.array([0.5, -0.25, 9], np.float32))
    assert plane_area.plane.cursor_at == (0.5, -0.25)
    state.update_plane("latent", axes=(2, 0))
    assert plane_area.plane.cursor_at == (9.0, 0.5)


def test_another_slice_moves_points_and_names_the_axes(plane_area: PlaneArea, state: State) -> None:
    state.update_plane("latent", axes=(2, 1))
    np.testing.assert_array_equal(plane_area.plane._xy, state.now.codes.mean[:, [2, 1]])
    assert "z3" in plane_area.plane.getAxis("bottom").labelText


def test_a_move_on_the_plane_keeps_the_other_coordinates(
    plane_area: PlaneArea, state: State
) -> None:
    state.update(z=np.array([0, 0, 1.5], np.float32))
    QTest.mouseClick(plane_area.plane.viewport(), LEFT, pos=plane_area.plane.pixel_at((0.5, 0.5)))
    np.testing.assert_allclose(state.now.z, (0.5, 0.5, 1.5), atol=0.02)


def test_a_selected_sample_shows_its_posterior_at_true_scale(
    plane_area: PlaneArea, state: State
) -> None:
    state.update(selection=np.array([3]))
    (ellipse,) = plane_area.plane.layers["ellipses"].ellipses
    assert ellipse.mean == (1.0, 1.0) and np.allclose(ellipse.radii, 0.1)


def test_a_crowd_dims_the_rest(plane_area: PlaneArea, state: State) -> None:
    state.update(selection=np.array([0, 1]))
    assert plane_area.plane._points._dimmed.tolist() == [False, False, True, True, True]
    state.update(selection=np.array([0]))
    assert plane_area.plane._points._dimmed is None


def test_the_legend_mutes_a_class_and_undo_brings_it_back(
    plane_area: PlaneArea, state: State
) -> None:
    legend = plane_area.findChild(Legend)
    QTest.mouseClick(legend.row(1), LEFT, pos=QPoint(10, 10))
    assert state.now.muted == {1}
    assert plane_area.plane._points._dimmed.tolist() == [False, False, True, True, True]
    assert state.undo() and state.now.muted == frozenset()


def test_hovering_shows_the_card_with_label_and_error_in_one_place(
    plane_area: PlaneArea, state: State, qtbot: Any
) -> None:
    card, plane = plane_area.findChild(HoverCard), plane_area.plane
    QTest.mouseMove(plane.viewport(), plane.pixel_at((1, 1)) + QPoint(4, 4))
    qtbot.waitUntil(card.isVisible)
    texts = "".join(label.text() for label in card.findChildren(QLabel))
    assert state.now.hover == 3 and "b" in texts and "3" in texts
    qtbot.waitUntil(lambda: any("MSE" in w.text() for w in card.findChildren(QLabel)))
    place = card.pos()
    QTest.mouseMove(plane.viewport(), plane.pixel_at((-1, -1)))
    qtbot.waitUntil(lambda: state.now.hover == 0)
    assert card.pos() == place
    QTest.mouseMove(plane.viewport(), plane.pixel_at((0.5, 0)))
    qtbot.waitUntil(card.isHidden)


def test_without_data_the_stage_says_what_to_do(plane_area: PlaneArea, state: State) -> None:
    state.renew()
    texts = [label.text() for label in plane_area.findChildren(QLabel) if label.isVisible()]
    assert any("Drop a folder of images" in text for text in texts)


def test_the_legend_stands_beside_the_plane_and_takes_no_point_away(plane_area: PlaneArea) -> None:
    legend, plane = plane_area.findChild(Legend), plane_area.plane
    assert legend.isVisible() and not legend.geometry().intersects(plane.geometry())
    for point in MEAN[:, :2]:
        assert plane.viewport().rect().contains(plane.pixel_at(tuple(point)))


def test_a_click_on_the_ground_of_the_legend_does_nothing(
    plane_area: PlaneArea, state: State
) -> None:
    legend, z = plane_area.findChild(Legend), state.now.z
    before = state.now
    for at in (legend.rect().center(), QPoint(4, legend.height() - 4), QPoint(60, 40)):
        under = legend.childAt(at) or legend
        QTest.mouseClick(under, LEFT, pos=under.mapFrom(legend, at))
    assert state.now is before and state.now.z is z


def _seen(plane_area: PlaneArea) -> tuple[float, ...]:
    return tuple(plane_area.plane.getViewBox().viewRect().getRect())


def test_a_view_chosen_by_hand_stays_in_training_and_goes_with_the_data(
    plane_area: PlaneArea, state: State
) -> None:
    model, codes, data = state.now.model, state.now.codes, state.now.dataset
    assert model is not None and codes is not None and data is not None
    plane_area.plane.zoom(40.0, plane_area.plane.pixel_at((1, 1)).toPointF())
    chosen = _seen(plane_area)
    moment = replace(model, id="later")
    state.update(model=moment, codes=replace(codes, model_id="later"), training="running",
                 moments=(object(),))  # fmt: skip
    assert _seen(plane_area) == chosen
    state.update(training="idle", moments=())
    assert _seen(plane_area) == chosen
    state.renew(dataset=replace(data, name="other"))
    state.update(model=moment, codes=replace(codes, model_id="later"), z=np.zeros(3, np.float32))
    assert _seen(plane_area) != chosen
    xs = [plane_area.plane.pixel_at((x, y)) for x, y, _ in codes.mean.tolist()]
    assert all(plane_area.plane.viewport().rect().contains(pixel) for pixel in xs)


def test_a_new_training_is_seen_whole(plane_area: PlaneArea, state: State) -> None:
    codes, model = state.now.codes, state.now.model
    assert codes is not None and model is not None
    plane_area.plane.zoom(40.0, plane_area.plane.pixel_at((1, 1)).toPointF())
    state.update(training="running", moments=())
    state.update(model=replace(model, id="m"), codes=replace(codes, model_id="m"))
    assert all(
        plane_area.plane.viewport().rect().contains(plane_area.plane.pixel_at((x, y)))
        for x, y, _ in codes.mean.tolist()
    )
    state.update(training="idle")


def test_a_model_without_its_data_is_not_asked_to_be_dropped_upon(
    plane_area: PlaneArea, state: State
) -> None:
    model = state.now.model
    state.renew()
    assert any("Drop a folder" in label.text() for label in plane_area.findChildren(QLabel))
    state.update(model=model, z=np.zeros(3, np.float32))
    assert not any("Drop a folder" in label.text() for label in plane_area.findChildren(QLabel))


def test_where_codes_are_missing_a_button_finds_them(
    plane_area: PlaneArea, state: State, jobs: Jobs, qtbot: Any
) -> None:
    button = plane_area.findChild(QPushButton, "findCodesButton")
    assert button.isHidden()
    state.update(codes=None)
    assert button.isVisible() and plane_area.rect().contains(button.geometry())
    state.update(training="running")
    assert button.isHidden()
    state.update(training="idle")
    QTest.mouseClick(button, LEFT)
    assert button.isHidden()  # they are on their way
    qtbot.waitUntil(lambda: not jobs.busy)
    assert len(state.now.whole_codes.index) == 5 and button.isHidden()


def test_codes_whose_search_was_cancelled_can_be_asked_for_again(
    plane_area: PlaneArea, session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    state.update(codes=None)
    gate = threading.Event()
    jobs.run("gate", lambda _: gate.wait(), owner=plane_area)  # the search waits behind it
    session.encode()
    jobs.cancel("encode")
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert (
        state.now.codes is None and plane_area.findChild(QPushButton, "findCodesButton").isVisible()
    )


def test_rows_are_of_the_codes_where_those_are_of_some_samples(
    plane_area: PlaneArea, state: State
) -> None:
    codes = state.now.codes
    assert codes is not None
    some = replace(codes, mean=MEAN[[4, 1]], std=codes.std[:2], index=np.array([4, 1]))
    state.update(codes=some, selection=np.array([1, 2]))
    assert plane_area.plane.of_samples(np.array([1])).tolist() == [[-1.0, 1.0]]
    assert plane_area.plane.of_samples(np.array([4])).tolist() == [[0.0, 0.0]]
    assert plane_area.plane.of_samples(np.array([0, 2])).tolist() == []
    assert [plane_area.plane.sample_of(row) for row in (0, 1, 2)] == [4, 1, None]
    (ellipse,) = plane_area.plane.layers["ellipses"].ellipses
    assert ellipse.mean == (-1.0, 1.0)


def test_a_view_chosen_by_hand_does_not_hold_for_other_axes(
    plane_area: PlaneArea, state: State
) -> None:
    plane_area.plane.zoom(40.0, plane_area.plane.pixel_at((1, 1)).toPointF())
    chosen = _seen(plane_area)
    state.update_plane("latent", axes=(2, 1))
    assert state.now.plane("latent").view is None and _seen(plane_area) != chosen


def test_the_card_goes_with_the_model_that_its_error_is_of(
    plane_area: PlaneArea, state: State, jobs: Jobs, qtbot: Any
) -> None:
    card, model = plane_area.findChild(HoverCard), state.now.model
    assert model is not None
    QTest.mouseMove(plane_area.plane.viewport(), plane_area.plane.pixel_at((1, 1)))
    qtbot.waitUntil(lambda: any("MSE" in label.text() for label in card.findChildren(QLabel)))
    state.update(model=replace(model, id="later"))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert card.isHidden()


def test_nothing_is_said_of_a_training_that_has_ended(plane_area: PlaneArea, state: State) -> None:
    codes = state.now.codes
    assert codes is not None
    few = replace(codes, mean=MEAN[:2], std=codes.std[:2], index=np.arange(2))
    state.update(codes=few, training="running")

    def said() -> str:
        return " ".join(
            label.text() for label in plane_area.findChildren(QLabel) if label.isVisible()
        )

    assert "showing 2 of 5 while training" in said()
    state.update(training="idle")
    assert "showing 2 of 5" in said() and "training" not in said()
    state.update(codes=codes)
    assert "showing" not in said()


def test_other_data_is_seen_as_large_as_it_can_be(plane_area: PlaneArea, state: State) -> None:
    """Though it would fit in the view that was right for the data before."""
    data, codes = state.now.dataset, state.now.codes
    assert data is not None and codes is not None
    before = _seen(plane_area)
    few = replace(codes, mean=codes.mean * np.float32(0.8))
    state.update(codes=few)
    assert _seen(plane_area) == before
    state.update(dataset=replace(data, name="other"), codes=replace(few))
    assert _seen(plane_area)[2] < 0.85 * before[2]


def test_the_strip_of_a_path_stands_below_the_plane_and_over_nothing(
    plane_area: PlaneArea, state: State, qtbot: Any
) -> None:
    state.update(tool="path")
    strip = plane_area._strip
    qtbot.waitUntil(lambda: strip.isVisible() and strip.y() > plane_area.plane.geometry().bottom())
    assert plane_area.rect().contains(strip.geometry())


def test_what_stands_in_the_corner_follows_the_frame(plane_area: PlaneArea, state: State) -> None:
    codes = state.now.codes
    assert codes is not None
    some = np.array([0, 2])
    state.update(codes=replace(codes, mean=codes.mean[some], std=codes.std[some], index=some))
    plane = plane_area.plane
    before = plane.getViewBox().sceneBoundingRect().height()
    plane.getAxis("bottom").setHeight(150)
    QApplication.processEvents()
    assert plane.getViewBox().sceneBoundingRect().height() < before - 60
    box = plane.getViewBox().sceneBoundingRect().toRect().translated(plane.pos())
    assert box.contains(plane_area._count.geometry()) and plane_area._count.text()


def test_button_and_count_share_the_corner_and_the_button_goes_first(
    plane_area: PlaneArea, state: State
) -> None:
    """The button in the lower right corner of the frame, the count left of it or in its place."""
    codes, plane = state.now.codes, plane_area.plane
    few = replace(codes, mean=MEAN[:2], std=codes.std[:2], index=np.arange(2))
    state.update(codes=few)
    button, count = plane_area._find, plane_area._count
    box = plane.getViewBox().sceneBoundingRect().toRect().translated(plane.pos())
    corner = box.bottomRight() - QPoint(theme.GRID, 4)
    assert button.isVisible() and button.geometry().bottomRight() == corner
    assert count.geometry().right() == button.geometry().left() - 1 - theme.GRID
    assert abs(count.geometry().center().y() - button.geometry().center().y()) <= 4
    assert count.size() == count.sizeHint() and button.size() == button.sizeHint()
    state.update(training="running")
    assert button.isHidden() and count.geometry().bottomRight() == corner


def test_the_invitation_stands_in_the_middle(plane_area: PlaneArea, state: State) -> None:
    state.renew()
    plane, invitation = plane_area.plane, plane_area._empty
    box = plane.getViewBox().sceneBoundingRect().toRect().translated(plane.pos())
    away = invitation.geometry().center() - box.center()
    assert max(abs(away.x()), abs(away.y())) <= 1 and invitation.size() == invitation.sizeHint()


def test_the_names_of_the_classes_make_way_below_a_width(plane_area: PlaneArea) -> None:
    for width, folded in ((NARROW + 1, False), (NARROW, False), (NARROW - 1, True)):
        plane_area.resize(width, 600)
        assert plane_area.legend.folded == folded


def test_the_names_of_the_classes_are_folded_by_a_command(
    plane_area: PlaneArea, state: State, session: Session
) -> None:
    fold = next(one for one in plane_area.commands() if one.name == FOLD)
    context = Context(state, session)
    plane_area.resize(900, 600)
    for folded in (True, False):
        fold.act(context)
        assert plane_area.legend.folded == folded
    assert fold.missing(context) == ""
    state.update(dataset=replace(state.now.dataset, labels=None, classes=()))
    assert fold.missing(context) == needs.LABELS


def test_the_legend_counts_the_samples_whose_codes_are_known(
    plane_area: PlaneArea, state: State
) -> None:
    codes, legend = state.now.codes, plane_area.legend
    assert legend._counts == (2, 3) and legend.isVisible()
    few = replace(codes, mean=MEAN[:3], std=codes.std[:3], index=np.arange(3))
    state.update(codes=few)
    assert legend._counts == (2, 1)
    state.update(codes=None)
    assert legend.isHidden()


def test_a_head_names_the_plane_and_it_begins_below(plane_area: PlaneArea) -> None:
    head = plane_area._head
    for top in (60, 100):
        plane_area.set_head(top)
        QApplication.processEvents()
        assert head.isVisible() and plane_area.plane.y() == top
    plane_area.set_head(0)
    assert head.height() == head.minimumSizeHint().height()
    plane_area.set_head(None)
    QApplication.processEvents()
    assert head.isHidden() and plane_area.plane.y() == theme.GRID


def test_names_make_way_where_the_plane_would_be_a_small_one() -> None:
    """Of a window of 1024 px the plane may take 70 %, beside which names have no room."""
    assert 500 <= NARROW < 0.7 * 1024


def test_the_decoded_plane_is_exported_at_any_size(
    plane_area: PlaneArea, state: State, jobs: Jobs, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    target = tmp_path / "plane.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    command = next(c for c in plane_area.commands() if c.name == "export-decoded-plane")
    context = Context(state, plane_area._session)
    assert command.missing(context) == "" and command.choices is not None
    offered = command.choices(context)
    assert [choice.title for choice in offered] == [f"{n} pictures across" for n in ACROSS]
    offered[0].act()
    idle(plane_area, jobs)
    slice_ = plane_area.plane.kind.slice_of(state.now)
    assert slice_ is not None
    (left, right), (bottom, top) = plane_area.plane.getViewBox().viewRange()
    seen = np.array(Image.open(target).convert("L"))
    made = sheet_of(slice_, (left, right, bottom, top), ACROSS[0])
    np.testing.assert_array_equal(seen, made[..., 0])
    state.update(model=None, codes=None)
    assert command.missing(context)
