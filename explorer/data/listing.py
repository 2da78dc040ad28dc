"""Long lists in sentences: the first few, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence


def few(texts: Sequence[str], most: int = 6) -> str:
    """As in: a, b, c and 497 more."""
    more = f" and {len(texts) - most:,} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more
