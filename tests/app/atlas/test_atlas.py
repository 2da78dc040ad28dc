"""explorer.app.atlas.atlas: what is asked, in which order, and what is kept."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject

from explorer.app.atlas.atlas import (
    BATCH_SECONDS,
    FIRST_SECONDS,
    LEAST,
    MOST,
    QUICK_SECONDS,
    Atlas,
)
from explorer.app.state import State
from explorer.compute.decoding.tiles import GRID, DecodeTiles, DrawnTiles, Slice, Tile
from explorer.data.dataset import Preparation
from explorer.errors import Cancelled, DataError, ExplorerError
from explorer.models.config import ModelConfig, ModelSnapshot

MODEL = ModelSnapshot("a", ModelConfig(), Preparation(8, 8), {})
PIXELS = np.zeros((16, 16), np.uint32)
CELLS = GRID * GRID
FIRST = round(BATCH_SECONDS / FIRST_SECONDS)  # pictures
COARSE = [Tile(0, i, 0) for i in range(3)]
FINE = [Tile(2, i, 0) for i in range(40)]


def _slice(key: str = "here", model: ModelSnapshot = MODEL) -> Slice:
    return Slice(key, "", {"model": model}, model.preparation, lambda points: points, model)


class Lane:
    """Holds what is asked until a test answers it, the oldest first."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.cancelled = 0

    def ask(self, question: DecodeTiles, then: Any, *, owner: QObject, failed: Any) -> None:
        self.asked.append(
            SimpleNamespace(tiles=question.tiles, then=then, failed=failed, q=question)
        )

    def cancel(self, kind: type) -> None:
        assert kind is DecodeTiles
        self.cancelled += 1

    def answer(self, seconds: float = 1.0) -> tuple[Tile, ...]:
        """Seconds of one picture times all."""
        one = self.asked.pop(0)
        one.then(DrawnTiles(dict.fromkeys(one.tiles, PIXELS), seconds * len(one.tiles) * CELLS))
        return one.tiles

    def fail(self, error: ExplorerError) -> None:
        self.asked.pop(0).failed(error)


@pytest.fixture
def lane() -> Lane:
    return Lane()


@pytest.fixture
def atlas(state: State, lane: Lane) -> Atlas:
    state.update(model=MODEL)
    return Atlas(state, lane, state)  # type: ignore[arg-type]


@pytest.fixture
def view(state: State) -> QObject:
    return QObject(state)


def test_a_coarse_batch_waits_for_no_fine_one(atlas: Atlas, lane: Lane, view: QObject) -> None:
    atlas.want(view, _slice(), [*COARSE, *FINE])
    first, second = lane.asked
    assert first.tiles == tuple(COARSE) and second.tiles == tuple(FINE[: FIRST // CELLS])
    lane.answer()
    assert list(atlas.of(_slice())) == COARSE
    assert len(lane.asked) == 2, "one is in the lane and one behind it"


def test_a_batch_takes_about_as_long_as_a_frame(atlas: Atlas, lane: Lane, view: QObject) -> None:
    atlas.want(view, _slice(), [Tile(0, i, 0) for i in range(1000)])
    quick = QUICK_SECONDS / (4000 - 3 * MOST)  # a little less would be at once
    for each, size in ((1.0, LEAST), (quick, MOST), (BATCH_SECONDS / 100, 100)):
        lane.answer(each)
        assert len(lane.asked[1].tiles) * CELLS == size


def test_where_the_finest_are_there_in_no_time_no_others_are_asked_for(
    atlas: Atlas, lane: Lane, view: QObject, state: State
) -> None:
    atlas.want(view, _slice(), COARSE)
    lane.answer(QUICK_SECONDS / (len(FINE) * CELLS))
    atlas.want(view, _slice(), [*COARSE, Tile(0, 9, 0), *FINE])
    (one,) = lane.asked
    assert one.tiles == tuple(FINE) and atlas.is_due(view)
    lane.answer()
    assert not lane.asked and not atlas.is_due(view), "the coarse one is needless"
    other = QObject(state)
    slow = replace(_slice("slow"), place="elsewhere")
    atlas.want(other, slow, [*COARSE, *FINE])
    assert lane.asked[0].tiles == tuple(COARSE), "of another place nothing is known"
    assert not atlas.is_due(QObject(state))


def test_all_is_asked_once_and_told_of(atlas: Atlas, lane: Lane, view: QObject) -> None:
    told: list[int] = []

    def hear(key: object) -> None:
        assert key == _slice().key
        told.append(len(atlas.of(_slice())))

    atlas.changed.connect(hear)
    atlas.want(view, _slice(), [*COARSE, *FINE])
    found: list[Tile] = []
    while lane.asked:
        found += lane.answer()
    assert found == [*COARSE, *FINE] and told[0] == len(COARSE) and told[-1] == len(found)
    atlas.want(view, _slice(), FINE)
    assert not lane.asked, "what is there is not asked for again"


def test_the_newest_view_comes_first_and_what_waits_goes(
    atlas: Atlas, lane: Lane, view: QObject, state: State
) -> None:
    other = QObject(state)
    atlas.want(view, _slice(), FINE)
    atlas.want(other, _slice("there"), COARSE)
    assert lane.cancelled == 2
    assert [one.q.slice.key for one in lane.asked] == ["here", "here", "there"]
    del lane.asked[1]  # cancelled
    lane.answer()
    lane.answer()
    assert list(atlas.of(_slice("there"))) == COARSE
    assert {one.q.slice.key for one in lane.asked} == {"here"}
    atlas.want(view, _slice(), FINE)  # the same: nothing is taken back
    assert lane.cancelled == 2


def test_what_is_in_sight_no_more_is_not_asked_for(atlas: Atlas, lane: Lane, view: QObject) -> None:
    atlas.want(view, _slice(), FINE)
    atlas.want(view, None)
    lane.answer()
    lane.answer()
    assert not lane.asked
    atlas.want(view, _slice(), FINE)
    assert lane.asked[0].tiles[0] not in atlas.of(_slice())


def test_a_view_that_is_gone_wants_nothing(
    atlas: Atlas, lane: Lane, state: State, qtbot: Any
) -> None:
    view = QObject(state)
    atlas.want(view, _slice(), FINE)
    view.setParent(None)
    import shiboken6

    shiboken6.delete(view)
    lane.answer()
    lane.answer()
    assert not lane.asked


def test_another_model_takes_all_along(
    atlas: Atlas, lane: Lane, view: QObject, state: State
) -> None:
    atlas.want(view, _slice(), [*COARSE, *FINE])
    lane.answer()
    state.update(model=replace(MODEL, id="b"))
    assert not atlas.of(_slice()) and atlas.store.nbytes == 0
    stale = list(lane.asked)
    lane.asked.clear()  # nobody hears of them
    new = _slice("new", state.now.model)
    atlas.want(view, new, [*COARSE, *FINE])
    assert [one.tiles for one in lane.asked] == [tuple(COARSE), tuple(FINE[: FIRST // CELLS])]
    assert stale


def test_what_is_of_no_model_stays_wanted(
    atlas: Atlas, lane: Lane, view: QObject, state: State
) -> None:
    other = QObject(state)
    atlas.want(view, _slice(), COARSE)
    atlas.want(other, replace(_slice("rows"), subject={"pca": None}, model=None), COARSE)
    state.update(model=replace(MODEL, id="b"))
    assert atlas.is_due(other) and not atlas.is_due(view)
    lane.asked[1].then(DrawnTiles(dict.fromkeys(COARSE, PIXELS), 1.0))
    assert not atlas.is_due(other)


def test_what_fails_is_not_asked_for_again(atlas: Atlas, lane: Lane, view: QObject) -> None:
    told: list[object] = []
    atlas.changed.connect(told.append)
    atlas.want(view, _slice(), FINE)
    assert atlas.is_due(view)
    lane.fail(DataError("no"))
    assert atlas.failed(_slice()) and told == ["here"] and not atlas.is_due(view)
    lane.answer()
    assert not lane.asked and not atlas.failed(_slice("there"))


def test_what_is_cancelled_is(atlas: Atlas, lane: Lane, view: QObject) -> None:
    atlas.want(view, _slice(), COARSE)
    lane.fail(Cancelled())
    assert not atlas.failed(_slice()) and lane.asked[0].tiles == tuple(COARSE)


def test_a_failure_is_of_a_model_and_goes_with_it(
    atlas: Atlas, lane: Lane, view: QObject, state: State
) -> None:
    atlas.want(view, _slice(), COARSE)
    lane.fail(DataError("no"))
    state.update(model=replace(MODEL, id="b"))
    assert not atlas.failed(_slice())
