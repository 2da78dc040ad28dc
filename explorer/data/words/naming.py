"""Names of files in sentences, whatever they are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from explorer.data.words.wording import few

_LONG = 240  # characters of a name that a sentence still bears
_FILES = 3


def printable(name: str | Path) -> str:
    """A file name on one line that any terminal and JSON can hold."""
    text = str(name).encode("utf-8", "replace").decode("utf-8")
    if len(text) > _LONG:
        text = f"{text[: _LONG // 2]}...{text[-_LONG // 2 :]}"
    return "".join("?" if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)


def named(names: Sequence[str], most: int = _FILES) -> str:
    """The first few files and how many more, on one line whatever they are called."""
    return few([printable(name) for name in names[:most]] + list(names[most:]), most)
