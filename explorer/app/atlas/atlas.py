"""Asks for the tiles that the views want, the newest view first, and keeps what comes."""

from __future__ import annotations

import weakref
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Signal

from explorer.app.atlas.store import TileStore
from explorer.app.background.answers import Answers
from explorer.app.state import State, differs, value_of
from explorer.compute.decoding.tiles import GRID, DecodeTiles, DrawnTiles, Pixels, Slice, Tile
from explorer.errors import Cancelled, ExplorerError

LEAST, MOST = 16, 256  # pictures in a batch of many
BATCH_SECONDS = 0.015  # that a batch takes: so long a new view waits behind the one before
FIRST_SECONDS = BATCH_SECONDS / 64  # that a picture is taken to take before it is known
QUICK_SECONDS = 0.02  # in which the finest tiles that lack are there without coarser ones first


@dataclass(frozen=True, eq=False)
class Wish:
    """What one view wants, in order: level by level, the finest last."""

    slice: Slice
    tiles: Sequence[Tile]

    @property
    def finest(self) -> list[Tile]:
        """Those of the last level, which make the others needless."""
        return [tile for tile in self.tiles if tile.level == self.tiles[-1].level]

    def asks(self, slice_: Slice, tiles: Sequence[Tile]) -> bool:
        """Whether it is for the same."""
        return self.slice.key == slice_.key and self.tiles == tiles


class Atlas(QObject):
    """Tiles for any number of views; what one has decoded is there for all of them.

    Two batches are on their way at most: one in the lane, and the next, which goes as soon as a
    view wants others.
    """

    changed = Signal(object)  # of a slice, by its key, tiles are there or will not come

    def __init__(self, state: State, answers: Answers, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._answers = state, answers
        self.store = TileStore()
        self._wishes: weakref.WeakKeyDictionary[QObject, Wish] = weakref.WeakKeyDictionary()
        self._sent: list[DecodeTiles] = []  # the one in the lane, and the one behind it
        self._failed: set[Hashable] = set()
        self._each: dict[Hashable, float] = {}  # seconds for one picture, by the place of its slice
        state.watch("dataset model pca", self._leave)

    def want(self, view: QObject, slice_: Slice | None, tiles: Sequence[Tile] = ()) -> None:
        """What a view wants from now on, in the place of what it wanted; None: nothing."""
        before = self._wishes.pop(view, None)
        if slice_ is not None:
            self._wishes[view] = Wish(slice_, tiles)  # the last in line, which is the newest
            if before is not None and before.asks(slice_, tiles):
                return
            self.store.see(slice_, tiles)
            del self._sent[1:]
            self._answers.cancel(DecodeTiles)  # what waits; what has begun is worth its end
            self._ask()

    def of(self, slice_: Slice) -> Mapping[Tile, Pixels]:
        """What is there of a slice."""
        return self.store.of(slice_)

    def failed(self, slice_: Slice) -> bool:
        """Whether nothing will come of a slice: the reason has been said."""
        return slice_.key in self._failed

    def is_due(self, view: QObject) -> bool:
        """Whether something that a view wants is to come."""
        wish = self._wishes.get(view)
        if wish is None or self.failed(wish.slice):
            return False
        there = self.store.of(wish.slice)
        return not all(tile in there for tile in wish.finest)

    # -- asking -----------------------------------------------------------------------------

    def _ask(self) -> None:
        """Until one batch is in the lane and one behind it, so that it never waits for this."""
        while len(self._sent) < 2 and (batch := self._next_batch()) is not None:
            self._sent.append(batch)
            self._answers.ask(
                batch, partial(self._hear, batch), owner=self, failed=partial(self._fail, batch)
            )

    def _next_batch(self) -> DecodeTiles | None:
        for view, wish in reversed(list(self._wishes.items())):
            if shiboken6.isValid(view) and not self.failed(wish.slice):
                missing = self._missing(wish)
                if missing:
                    return DecodeTiles(wish.slice.model, wish.slice, tuple(missing))
        return None

    def _missing(self, wish: Wish) -> list[Tile]:
        """As many as make a batch, of one level: a coarse one waits for no fine one."""
        there, each = self.store.of(wish.slice), self._each.get(wish.slice.place, FIRST_SECONDS)
        coming = {t for one in self._sent if one.slice.key == wish.slice.key for t in one.tiles}
        finest = [tile for tile in wish.finest if tile not in there and tile not in coming]
        if len(finest) * GRID * GRID * each <= QUICK_SECONDS:
            return finest
        lacking = [tile for tile in wish.tiles if tile not in there and tile not in coming]
        most = round(min(max(BATCH_SECONDS / each, LEAST), MOST) / (GRID * GRID))
        return [tile for tile in lacking[:most] if tile.level == lacking[0].level]

    # -- answers ----------------------------------------------------------------------------

    def _hear(self, batch: DecodeTiles, drawn: DrawnTiles) -> None:
        self._done(batch)
        self._each[batch.slice.place] = drawn.seconds / (len(batch.tiles) * GRID * GRID)
        self.store.put(batch.slice, drawn.pixels)
        self._ask()
        self.changed.emit(batch.slice.key)

    def _fail(self, batch: DecodeTiles, error: ExplorerError) -> None:
        self._done(batch)
        if not isinstance(error, Cancelled):
            self._failed.add(batch.slice.key)
        self._ask()
        self.changed.emit(batch.slice.key)

    def _done(self, batch: DecodeTiles) -> None:
        """What was sent before it has been answered, or never will be."""
        if batch in self._sent:
            del self._sent[: self._sent.index(batch) + 1]

    def _leave(self) -> None:
        """Nothing is kept of a model or data that are not shown any more."""
        for view in [view for view, wish in self._wishes.items() if not self._holds(wish.slice)]:
            del self._wishes[view]
        self._sent = [batch for batch in self._sent if self._holds(batch.slice)]
        self._failed.clear()
        self._each.clear()
        self.store.keep(self._holds)

    def _holds(self, slice_: Slice) -> bool:
        now = self._state.now
        return not any(differs(v, value_of(now, name)) for name, v in slice_.subject.items())
