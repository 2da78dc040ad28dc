"""What somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, names: Iterable[str], *, say: str) -> str:
    """``did you mean NAME?``, or ``say`` where no name is like ``word``."""
    from difflib import get_close_matches

    bare = {name.lstrip("-"): name for name in names}
    typed = word.lstrip("-").lower()
    begun = [name for name in bare if typed and name.startswith(typed)]
    close = begun or get_close_matches(typed, bare, n=1)
    return f"did you mean {bare[close[0]]}?" if close else say
