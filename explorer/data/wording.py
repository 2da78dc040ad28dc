"""Counts in sentences."""

from __future__ import annotations


def many(count: int, one: str, more: str) -> str:
    """The count with what goes with it: "1 picture is", "2,000 pictures are"."""
    return f"{count:,} {one if count == 1 else more}"
