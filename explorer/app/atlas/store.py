"""Where decoded tiles are kept, up to a limit of memory: the least recently seen go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping

from explorer.compute.decoding.tiles import Pixels, Slice, Tile

MOST_BYTES = 96 * 2**20


class TileStore:
    """Tiles by what they are of, the key of their slice, and by their place in it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._shelves: dict[Hashable, dict[Tile, Pixels]] = {}
        self._slices: dict[Hashable, Slice] = {}
        self._order: OrderedDict[tuple[Hashable, Tile], None] = OrderedDict()
        self.nbytes = 0

    def of(self, slice_: Slice) -> Mapping[Tile, Pixels]:
        """All that is there of one slice; to read, not to edit."""
        return self._shelves.get(slice_.key, {})

    def put(self, slice_: Slice, tiles: Mapping[Tile, Pixels]) -> None:
        """Keep tiles, and let those go that were seen longest ago."""
        shelf = self._shelves.setdefault(slice_.key, {})
        self._slices[slice_.key] = slice_
        for tile, pixels in tiles.items():
            self._forget(slice_.key, tile)
            shelf[tile] = pixels
            self._order[slice_.key, tile] = None
            self.nbytes += pixels.nbytes
        while self.nbytes > self._most_bytes:
            self._forget(*next(iter(self._order)))
        self._sweep()

    def see(self, slice_: Slice, tiles: Iterable[Tile]) -> None:
        """These are in sight: others go before them."""
        for tile in tiles:
            if (slice_.key, tile) in self._order:
                self._order.move_to_end((slice_.key, tile))

    def keep(self, fits: Callable[[Slice], bool]) -> None:
        """Let everything go that is of a slice that does not fit."""
        for key in [key for key, slice_ in self._slices.items() if not fits(slice_)]:
            for tile in list(self._shelves[key]):
                self._forget(key, tile)
        self._sweep()

    def _forget(self, key: Hashable, tile: Tile) -> None:
        pixels = self._shelves.get(key, {}).pop(tile, None)
        if pixels is not None:
            self.nbytes -= pixels.nbytes
            del self._order[key, tile]

    def _sweep(self) -> None:
        for key in [key for key, shelf in self._shelves.items() if not shelf]:
            del self._shelves[key], self._slices[key]
