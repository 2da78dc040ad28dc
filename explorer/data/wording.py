"""Counts and names in sentences."""

from __future__ import annotations

from collections.abc import Sequence

_NAMED = 4


def many(count: int, one: str, more: str) -> str:
    """The count with what goes with it: "1 picture is", "2,000 pictures are"."""
    return f"{count:,} {one if count == 1 else more}"


def named(names: Sequence[str], most: int = _NAMED) -> str:
    """A few names of many: "'a', 'b' and 7 more"."""
    shown = ", ".join(map(repr, names[:most]))
    return f"{shown} and {len(names) - most:,} more" if len(names) > most else shown


def columns(names: Sequence[str], one: str, more: str) -> str:
    """Columns with their verb: "the column 'a' holds", "the columns 'a', 'b' hold"."""
    noun = "the column" if len(names) == 1 else "the columns"
    return f"{noun} {named(names)} {one if len(names) == 1 else more}"
