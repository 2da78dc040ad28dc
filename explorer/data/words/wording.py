"""Counts and names in sentences."""

from __future__ import annotations

from collections.abc import Sequence

_QUOTED = 4


def many(count: int, one: str, more: str) -> str:
    """The count with what goes with it: "1 picture is", "2,000 pictures are"."""
    return f"{count:,} {one if count == 1 else more}"


def few(texts: Sequence[str], most: int = 6) -> str:
    """The first of a long list: "a, b, c and 497 more"."""
    more = f" and {len(texts) - most:,} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def quoted(names: Sequence[str], most: int = _QUOTED) -> str:
    """A few names of many: "'a', 'b' and 7 more"."""
    return few([repr(name) for name in names[:most]] + list(names[most:]), most)


def columns(names: Sequence[str], one: str, more: str) -> str:
    """Columns with their verb: "the column 'a' holds", "the columns 'a', 'b' hold"."""
    noun = "the column" if len(names) == 1 else "the columns"
    return f"{noun} {quoted(names)} {one if len(names) == 1 else more}"
