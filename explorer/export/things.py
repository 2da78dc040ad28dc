"""What can leave: a thing, and what it can be in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explorer.task import Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Columns = Mapping[str, Sequence[Any] | NDArray[Any]]
    Arrays = Mapping[str, NDArray[Any]]
else:  # a help page asks which files there are, and needs no arrays for that
    Bytes = Columns = Arrays = Any
Face = Callable[[Task], Any]
"""Finds what a thing looks like, in the lane where it is written."""
PICTURE, TABLE, ARRAYS = "picture", "table", "arrays"


@dataclass(frozen=True, eq=False)
class Thing:
    """name: of its file, without an ending. what: it is, for a sentence ("the curves").

    picture: (H, W, C) uint8, C 1, 3 or 4. film: (n, H, W, C) uint8, shown in a loop. table: columns
    of one length (`Columns`). drawing: an SVG, as bytes. array: the numbers themselves. arrays:
    several by their names, of any shapes, which a table is, too. None for what it cannot be.
    """

    name: str
    what: str
    picture: Callable[[Task], Bytes] | None = None
    film: Callable[[Task], Bytes] | None = None
    table: Callable[[Task], Columns] | None = None
    drawing: Callable[[Task], bytes] | None = None
    array: Callable[[Task], NDArray[Any]] | None = None
    arrays: Callable[[Task], Arrays] | None = None

    def face(self, name: str) -> Face | None:
        """One of them by its name."""
        face: Face | None = getattr(self, name)
        return self.table if face is None and name == ARRAYS else face


def pictured(name: str, what: str, pixels: Bytes) -> Thing:
    """A picture as it is, pixel by pixel."""
    return Thing(name, what, picture=lambda _task: pixels)


def tabled(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Columns:
    """Rows under the names of their columns, as columns."""
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return dict(zip(names, columns, strict=True))
