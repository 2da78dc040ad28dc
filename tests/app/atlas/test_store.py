"""explorer.app.atlas.store: a limit of memory, and what goes first."""

from __future__ import annotations

import numpy as np

from explorer.app.atlas.store import TileStore
from explorer.compute.decoding.tiles import Slice, Tile
from explorer.data.dataset import Preparation

PIXELS = np.zeros((5, 5), np.uint32)  # 100 bytes


def _slice(key: str) -> Slice:
    return Slice((key,), "", {}, Preparation(8, 8), lambda points: points)


def _tiles(*numbers: int) -> dict[Tile, np.ndarray]:
    return {Tile(0, i, 0): PIXELS for i in numbers}


A, B = _slice("a"), _slice("b")


def test_what_is_put_is_there_of_its_slice_alone() -> None:
    store = TileStore()
    store.put(A, _tiles(1, 2))
    store.put(_slice("a"), _tiles(3))  # of the same key
    assert list(store.of(A)) == [Tile(0, i, 0) for i in (1, 2, 3)]
    assert not store.of(B) and store.nbytes == 300
    store.put(A, _tiles(1))  # once more
    assert store.nbytes == 300


def test_those_seen_longest_ago_go_first() -> None:
    store = TileStore(most_bytes=300)
    store.put(A, _tiles(1, 2))
    store.put(B, _tiles(1))
    store.see(A, [Tile(0, 1, 0), Tile(0, 9, 0)])
    store.put(B, _tiles(2))
    assert list(store.of(A)) == [Tile(0, 1, 0)]
    store.put(B, _tiles(3, 4))
    assert not store.of(A) and store.nbytes == 300
    assert list(store.of(B)) == [Tile(0, i, 0) for i in (2, 3, 4)]


def test_exactly_as_much_as_the_limit_stays() -> None:
    store = TileStore(most_bytes=200)
    store.put(A, _tiles(1, 2))
    assert len(store.of(A)) == 2
    assert TileStore()._most_bytes == 96 * 2**20


def test_what_does_not_fit_goes() -> None:
    store = TileStore()
    store.put(A, _tiles(1, 2))
    store.put(B, _tiles(1))
    store.keep(lambda slice_: slice_.key == B.key)
    assert not store.of(A) and list(store.of(B)) == [Tile(0, 1, 0)]
    assert store.nbytes == 100
    assert not store._slices.keys() - {B.key} and len(store._order) == 1
    store.keep(lambda _slice: False)
    assert (store.nbytes, store._shelves, store._slices) == (0, {}, {})
