"""Spares PySide6's reading of every module's source: a fifth of the time that torch takes to come.

It looks there for ``from __feature__ import snake_case``, which nothing here asks for.
"""

from __future__ import annotations

import builtins


def restore() -> None:
    """After PySide6 was imported: the import that was there before it looked for features."""
    before = getattr(builtins, "__orig_import__", None)  # where PySide6 keeps it
    if before is not None:
        builtins.__import__ = before
