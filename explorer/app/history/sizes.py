"""How many bytes of memory the arrays within a value take; what lies in a file takes none."""

from __future__ import annotations

import dataclasses
import weakref
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Sizes = Mapping[int, int]  # bytes of arrays, by their identity


class Scales:
    """Weighs values that are never edited: each once, and none is kept alive by it."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[weakref.ref[Any], Sizes]] = {}

    def weigh(self, values: Iterable[object], without: Iterable[object]) -> int:
        """Bytes of the arrays within ``values`` that are not within the others, each once."""
        known: dict[int, tuple[weakref.ref[Any], Sizes]] = {}
        total, others = self._sum(values, known), self._sum(without, known)
        self._known = known
        return sum(size for name, size in total.items() if name not in others)

    def _sum(
        self, values: Iterable[object], known: dict[int, tuple[weakref.ref[Any], Sizes]]
    ) -> Sizes:
        found: dict[int, int] = {}
        for value in _members(values):
            entry = known.get(id(value)) or self._known.get(id(value))
            if entry is None or entry[0]() is not value:
                entry = (weakref.ref(value), sizes(value))
            known[id(value)] = entry
            found.update(entry[1])
        return found


def _members(values: Iterable[object]) -> Iterator[Any]:
    """The values that hold arrays, those in tuples one by one; each may come again."""
    for value in values:
        if isinstance(value, tuple):
            yield from _members(value)
        elif isinstance(value, np.ndarray) or dataclasses.is_dataclass(value):
            yield value


def sizes(value: object) -> Sizes:
    """The arrays within a value that lie in memory."""
    return {id(array): size for array in _arrays(value) if (size := _nbytes(array))}


def _arrays(value: object) -> Iterator[NDArray[Any]]:
    """Every array within a value of the state."""
    if isinstance(value, np.ndarray):
        yield value
    elif dataclasses.is_dataclass(value):
        for part in vars(value).values():
            yield from _arrays(part)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _arrays(part)
    elif isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
        for part in value:
            yield from _arrays(part)


def _nbytes(array: NDArray[Any]) -> int:
    """0 for what lies in a file."""
    whole: object = array
    while isinstance(whole, np.ndarray) and not isinstance(whole, np.memmap):
        whole = whole.base
    return 0 if isinstance(whole, np.memmap) else array.nbytes
