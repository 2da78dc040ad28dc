"""explorer.ui.plane.z_strip: of one dimension, the pictures along the z in view; else nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSignalBlocker, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.app.background.jobs import Jobs
from explorer.app.state import State
from explorer.compute.decoding.line import DecodeLine
from explorer.models import autoencoder
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.plane.z_strip import LEAST, ZStrip

LEFT = Qt.MouseButton.LeftButton
LINE = np.array([[-1], [-0.5], [0.5], [1], [2]], np.float32)


def _line(state: State, name: str = "line", seed: int = 0) -> dict[str, Any]:
    """A model of one dimension."""
    preparation = state.now.dataset.preparation  # type: ignore[union-attr]
    config = ModelConfig(latent_dim=1, hidden=8)
    weights = autoencoder.weights_of(autoencoder.build(config, preparation, seed=seed))
    codes = Codes(name, LINE, np.full_like(LINE, 0.1), np.arange(5))
    model = ModelSnapshot(name, config, preparation, weights)
    return {"model": model, "codes": codes, "z": np.zeros(1, np.float32)}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[DecodeLine]:
    """Every question that was answered."""
    seen: list[DecodeLine] = []
    answer = DecodeLine.answer

    def noted(question: DecodeLine, task: Any) -> Any:
        seen.append(question)
        return answer(question, task)

    monkeypatch.setattr(DecodeLine, "answer", noted)
    return seen


@pytest.fixture
def strip(plane_area: PlaneArea, state: State, asked: list[DecodeLine], qtbot: Any) -> ZStrip:
    """Of a model of one dimension, with its pictures."""
    made: ZStrip = plane_area.findChild(ZStrip)
    assert made.isHidden() and not asked  # the model has three
    state.update(**_line(state))
    qtbot.waitUntil(lambda: _settled(made, plane_area))
    return made


def _settled(strip: ZStrip, area: PlaneArea) -> bool:
    """Whether its pictures are of what the plane shows now."""
    seen, box = strip._answer.value, area.plane.getViewBox()
    if seen is None or len(strip._images) < 2:
        return False
    low, high = box.viewRange()[0]
    half = (seen.z[1] - seen.z[0]) / 2
    return bool(np.allclose([seen.z[0] - half, seen.z[-1] + half], [low, high], atol=0.02))


@pytest.mark.parametrize("aside", [0, 40])
def test_each_picture_stands_below_its_z_on_the_plane(
    strip: ZStrip, plane_area: PlaneArea, aside: int
) -> None:
    seen, plane = strip._answer.value, plane_area.plane
    strip.setGeometry(strip.x() + aside, strip.y(), strip.width() - aside, strip.height())
    assert seen is not None and strip.isVisible()
    for i, z in enumerate(seen.z):
        there = plane.viewport().mapToGlobal(plane.pixel_at((float(z), 0.0)))
        assert abs(strip.mapFromGlobal(there).x() - strip.picture_rect(i).center().x()) <= 2


def test_another_view_brings_other_pictures(
    strip: ZStrip, plane_area: PlaneArea, qtbot: Any, asked: list[DecodeLine]
) -> None:
    before = strip._answer.value
    plane_area.plane.zoom(3.0, QPointF(plane_area.plane.pixel_at((0.5, 0.0))))
    qtbot.waitUntil(lambda: strip._answer.value is not before and _settled(strip, plane_area))
    assert asked[-1].high - asked[-1].low == pytest.approx((asked[0].high - asked[0].low) / 3, 0.3)


def test_a_model_that_learns_brings_other_pictures_and_none_go_meanwhile(
    strip: ZStrip, state: State, qtbot: Any
) -> None:
    before, counts = strip._answer.value, list[int]()
    model = _line(state, "line", seed=5)["model"]
    state.update(model=replace(model, id="line"))
    counts.append(len(strip._images))
    qtbot.waitUntil(lambda: strip._answer.value is not before)
    assert before is not None and min(counts) > 0
    assert not np.array_equal(strip._answer.value.images, before.images)


def test_a_press_moves_z_and_a_drag_is_one_step_of_undo(strip: ZStrip, state: State) -> None:
    seen = strip._answer.value
    assert seen is not None and strip._axis is not None
    state.forget()
    at = [QPoint(round(strip._axis.pixel(float(z))), 20) for z in seen.z[1:3]]
    QTest.mousePress(strip, LEFT, pos=at[0])
    assert state.now.z is not None and state.now.z[0] == pytest.approx(seen.z[1], abs=0.05)
    QTest.mouseMove(strip, at[1])
    QTest.mouseRelease(strip, LEFT, pos=at[1])
    strip._moves.flush()
    assert state.now.z[0] == pytest.approx(seen.z[2], abs=0.05)
    assert state.undo() and state.now.z[0] == 0 and not state.undo()


def test_the_picture_follows_the_pointer_where_that_is_wanted(strip: ZStrip, state: State) -> None:
    middle = strip.rect().center()
    QTest.mouseMove(strip, middle)
    assert state.now.preview is None
    state.update(follow=True)
    QTest.mouseMove(strip, middle + QPoint(20, 0))
    assert state.now.preview is not None and len(state.now.preview) == 1
    strip.hovered.emit(None)
    assert state.now.preview is None


def test_unseen_it_asks_nothing_and_seen_again_it_is_up_to_date(
    strip: ZStrip, plane_area: PlaneArea, state: State, asked: list[DecodeLine], qtbot: Any,
    jobs: Jobs,
) -> None:  # fmt: skip
    plane_area.hide()
    qtbot.waitUntil(lambda: not strip._seen)
    asked.clear()
    state.update(**_line(state, "other", seed=3))
    plane_area.plane.zoom(2.0)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert not asked
    plane_area.show()
    qtbot.waitUntil(lambda: len(asked) > 0 and _settled(strip, plane_area))
    assert asked[-1].model.id == "other"


def test_with_another_space_it_goes(strip: ZStrip, state: State, qtbot: Any) -> None:
    model = state.now.model
    assert model is not None
    state.update(model=None, codes=None, z=None)
    assert strip.isHidden() and not strip._images


def test_the_line_at_the_cursor_and_the_look_of_pictures_are_those_of_the_state(
    strip: ZStrip, state: State
) -> None:
    state.update(z=np.array([0.5], np.float32))
    assert strip._cursor == 0.5
    state.update(preview=np.array([-0.25], np.float32))
    assert strip._cursor == -0.25
    state.update(preview=None, z=np.zeros(3, np.float32))
    assert strip._cursor is None
    for smooth in (True, False):
        state.update(smooth=smooth)
        assert strip._smooth == smooth


def test_a_plane_with_no_room_has_no_axis(strip: ZStrip, plane_area: PlaneArea) -> None:
    box, seen = plane_area.plane.getViewBox(), set()
    for taken in range(100, 520, 30):
        plane_area.plane.getAxis("left").setWidth(taken)
        QApplication.processEvents()
        there = strip._axis_of_plane() is not None
        assert there == (box.sceneBoundingRect().width() >= LEAST)
        seen.add(there)
    assert seen == {False, True}


def test_what_is_not_followed_is_no_preview_and_none_is_taken_back(
    strip: ZStrip, state: State
) -> None:
    held = np.array([0.3], np.float32)
    state.update(preview=held)
    strip.hovered.emit(None)
    assert state.now.preview is held  # another view's: nobody follows here
    state.update(follow=True, preview=None)
    before = state.now
    strip.hovered.emit(None)
    assert state.now is before


def test_a_frame_that_moves_takes_its_pictures_along(
    strip: ZStrip, plane_area: PlaneArea, qtbot: Any
) -> None:
    """As the numbers of its axis grow wider: the same z are seen, at other pixels."""
    plane = plane_area.plane
    with QSignalBlocker(plane.getViewBox()):
        plane.getAxis("left").setWidth(150)
        QApplication.processEvents()
    plane.framed.emit()
    qtbot.waitUntil(lambda: _settled(strip, plane_area))
    assert strip._axis == strip._axis_of_plane()


def test_an_axis_has_room_for_two_pictures_before_it_has_any() -> None:
    assert 100 <= LEAST <= 200  # px
