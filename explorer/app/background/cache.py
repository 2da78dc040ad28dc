"""Answers that took long, kept by what was asked: the least recently used go first."""

from __future__ import annotations

import dataclasses
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from explorer.compute.question import Question

A = TypeVar("A")

MOST_BYTES = 128 * 2**20  # of the arrays in all answers


@dataclass(frozen=True)
class _Entry:
    kind: type[Question[Any]]
    fields: tuple[Any, ...]  # values, and weak references to what compares by identity
    answer: Any
    nbytes: int

    def asks(self, question: Question[Any]) -> bool:
        """Whether it is the same question."""
        same_kind = type(question) is self.kind
        return same_kind and all(map(_is, self.fields, _values(question)))

    @property
    def dead(self) -> bool:
        """Whether nobody can ask it again."""
        return any(isinstance(kept, weakref.ref) and kept() is None for kept in self.fields)


class Cache:
    """From questions to answers. Two are the same if each field is equal, or the same object.

    The questions are not kept alive, and an answer goes with the model or the data it was about.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._entries: list[_Entry] = []  # the last one was used last

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def nbytes(self) -> int:
        """Of the arrays in what is kept."""
        return sum(entry.nbytes for entry in self._entries)

    def get(self, question: Question[A]) -> A | None:
        """The answer, if it is known."""
        entry = next((entry for entry in self._entries if entry.asks(question)), None)
        if entry is None:
            return None
        self._entries = [*(e for e in self._entries if e is not entry), entry]
        answer: A = entry.answer
        return answer

    def put(self, question: Question[A], answer: A) -> None:
        """Keep an answer that is not None, and let go what is too much or dead."""
        size = nbytes_of(answer)
        self._entries = [e for e in self._entries if not e.dead and not e.asks(question)]
        if answer is None or size > self._most_bytes:
            return
        fields = tuple(_kept(value) for value in _values(question))
        self._entries.append(_Entry(type(question), fields, answer, size))
        while self.nbytes > self._most_bytes:
            del self._entries[0]


def asks_the_same(one: Question[Any], other: Question[Any]) -> bool:
    """Whether two questions are of one kind, and each field is equal or the same object."""
    same_kind = type(one) is type(other)
    return same_kind and all(map(_is, map(_kept, _values(one)), _values(other)))


def nbytes_of(value: object) -> int:
    """Bytes of every array within a value, each counted once."""
    return sum(array.nbytes for array in {id(a): a for a in _arrays(value)}.values())


def _values(question: Question[Any]) -> Iterator[Any]:
    return (getattr(question, field.name) for field in dataclasses.fields(question))


def _kept(value: object) -> object:
    return weakref.ref(value) if _goes_by_identity(value) else value


def _is(kept: object, value: object) -> bool:
    if isinstance(kept, weakref.ref):
        return kept() is value
    return not _goes_by_identity(value) and bool(kept == value)


def _goes_by_identity(value: object) -> bool:
    same_only = isinstance(value, np.ndarray) or type(value).__eq__ is object.__eq__
    return same_only and value is not None


def _arrays(value: object) -> Iterator[np.ndarray[Any, Any]]:
    if isinstance(value, np.ndarray):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _arrays(getattr(value, field.name))
    elif isinstance(value, Mapping):
        yield from _arrays(tuple(value.values()))
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _arrays(part)
