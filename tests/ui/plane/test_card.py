"""The card about the sample under the pointer: what it says, where it stands, when it goes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QPushButton

from explorer.app.background.jobs import Jobs
from explorer.app.state import State
from explorer.ui.plane.card import PlaneCard
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.themes import theme
from explorer.ui.widgets.legend.hover_card import HoverCard


@pytest.fixture
def card(plane_area: PlaneArea) -> HoverCard:
    return plane_area.window().findChild(HoverCard)


@pytest.fixture
def dwell(plane_area: PlaneArea, state: State, qtbot: Any, jobs: Jobs) -> Any:
    """Let the pointer rest on a row of the points."""

    def rest_on(row: int | None) -> None:
        plane_area.plane.hovered.emit(row)
        plane_area.plane.dwelled.emit(row)
        qtbot.waitUntil(lambda: not jobs.busy)

    return rest_on


def texts(card: HoverCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.isVisible()]


def test_it_says_class_number_and_error_of_the_sample(
    card: HoverCard, dwell: Any, state: State
) -> None:
    assert card.isHidden()
    dwell(3)
    label, number, error = texts(card)
    assert (label, number) == ("b", "Sample 3") and error.startswith("MSE 0.")
    dwell(None)
    assert card.isHidden()


def test_a_sample_has_its_own_name_beside_its_class(
    card: HoverCard, dwell: Any, state: State
) -> None:
    data, codes = state.now.dataset, state.now.codes
    assert data is not None
    state.update(dataset=replace(data, names=tuple("pqrst")))
    state.update(codes=codes)
    dwell(1)
    assert texts(card)[0] == "a - q"
    state.update(dataset=replace(data, labels=None, classes=(), names=None))
    state.update(codes=codes)
    dwell(1)
    assert texts(card)[0] == "no label"


def test_without_a_model_there_is_no_error_to_say(
    card: HoverCard, dwell: Any, state: State
) -> None:
    state.update(model=None)
    dwell(3)
    assert all("MSE" not in text for text in texts(card))


def test_it_stands_in_the_upper_right_corner_of_a_wide_plane(
    plane_area: PlaneArea, card: HoverCard, dwell: Any
) -> None:
    plane_area.resize(700, 500)
    dwell(2)  # which lies in another corner
    plane = plane_area.plane
    box = plane.getViewBox().sceneBoundingRect().toRect()
    corner = plane.mapTo(card.parentWidget(), box.topRight())
    assert card.geometry().right() < corner.x() and card.y() > corner.y()
    assert corner.x() - card.geometry().right() < 16 and card.y() - corner.y() < 16


def test_it_stays_in_the_window_of_a_narrow_plane(
    plane_area: PlaneArea, card: HoverCard, dwell: Any
) -> None:
    plane_area.resize(330, 500)
    dwell(3)
    assert card.x() >= 0 and card.y() >= 0


def test_it_goes_with_its_sample_and_with_the_workspace(
    card: HoverCard, dwell: Any, state: State
) -> None:
    dwell(3)
    state.update(hover=None)
    assert card.isHidden()
    dwell(2)
    assert card.isVisible()
    state.update(workspace="train")
    assert card.isHidden()
    state.update(workspace="explore")


def test_a_pointer_that_rests_on_nothing_has_no_card(
    plane_area: PlaneArea, card: HoverCard, state: State
) -> None:
    plane_area.plane.dwelled.emit(2)  # a sample that is not hovered any more
    assert card.isHidden()


def test_it_does_not_stand_over_its_own_point(
    plane_area: PlaneArea, card: HoverCard, dwell: Any
) -> None:
    plane_area.resize(700, 500)
    dwell(3)  # in the upper right corner
    plane = plane_area.plane
    at = plane.viewport().mapTo(card.parentWidget(), plane.pixel_at(plane.positions.xy[3]))
    assert not card.geometry().contains(at)
    box = plane.getViewBox().sceneBoundingRect().toRect()
    inside = QRect(plane.mapTo(card.parentWidget(), box.topLeft()), box.size())
    assert inside.contains(card.geometry())


def test_it_covers_nothing_to_be_pressed_where_it_has_another_place(
    plane_area: PlaneArea, card: HoverCard, dwell: Any
) -> None:
    plane_area.resize(700, 500)
    dwell(2)
    first = card.geometry()
    button = QPushButton("press", card.parentWidget())
    button.setGeometry(first.adjusted(20, 20, -20, -20))
    button.show()
    dwell(0)
    assert card.isVisible() and not card.geometry().intersects(button.geometry())
    button.hide()
    dwell(2)
    assert card.geometry() == first


def test_it_asks_once_what_is_pressed(
    plane_area: PlaneArea, card: HoverCard, dwell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    plane_area.resize(700, 500)
    calls = []

    def hear(name: str) -> None:
        real = getattr(PlaneCard, name)
        monkeypatch.setattr(PlaneCard, name, lambda self: calls.append(name) or real(self))

    hear("_put")
    hear("_pressed_on")
    dwell(2)
    assert card.isVisible() and calls  # once for all the places that it might stand in
    assert calls == ["_put", "_pressed_on"] * (len(calls) // 2)


def test_only_a_card_that_is_shown_goes_with_the_size_of_the_plane(
    plane_area: PlaneArea, card: HoverCard, dwell: Any
) -> None:
    plane_area.resize(700, 500)
    dwell(2)
    first = card.geometry()
    plane_area.resize(760, 500)
    moved = card.geometry()
    assert moved.left() > first.left()
    dwell(None)
    plane_area.resize(700, 500)
    assert card.geometry() == moved  # nobody looks for a place that nobody sees
    dwell(2)
    assert card.geometry() == first


def test_it_may_stand_in_a_corner_of_the_frame_or_beside_the_plane_always_as_far_away(
    plane_area: PlaneArea, card: HoverCard, dwell: Any
) -> None:
    plane_area.resize(700, 500)
    dwell(2)
    plane, window = plane_area.plane, plane_area.window()
    frame = plane.getViewBox().sceneBoundingRect().toRect()
    frame = QRect(plane.mapTo(window, frame.topLeft()), frame.size())
    whole = QRect(plane.mapTo(window, QPoint()), plane.size())
    places = plane.findChild(PlaneCard)._places()
    assert all(place.size() == card.size() for place in places) and len(places) == 12
    gaps = {(place.left() - frame.left(), place.top() - frame.top()) for place in places[:4]} | {
        (frame.right() - place.right(), frame.bottom() - place.bottom()) for place in places[:4]
    }
    across = frame.width() - card.width() - theme.GRID
    down = frame.height() - card.height() - theme.GRID
    assert gaps == {(x, y) for x in (theme.GRID, across) for y in (theme.GRID, down)}
    left, right, over, under = places[4:6], places[6:8], places[8:10], places[10:]
    assert {whole.left() - place.right() - 1 for place in left} == {theme.GRID}
    assert {place.left() - whole.right() - 1 for place in right} == {theme.GRID}
    assert {whole.top() - place.bottom() - 1 for place in over} == {theme.GRID}
    assert {place.top() - whole.bottom() - 1 for place in under} == {theme.GRID}


def test_it_stands_over_what_came_later(plane_area: PlaneArea, card: HoverCard, dwell: Any) -> None:
    plane_area.resize(700, 500)
    dwell(2)
    other = QLabel("later", card.parentWidget())
    other.show()
    dwell(0)
    beside = card.parentWidget().children()
    assert beside.index(card) > beside.index(other)
