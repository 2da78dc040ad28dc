"""A window that remembers what it was told to do."""

from __future__ import annotations

from typing import Any


class Told:
    """Each call as (name, *arguments)."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *given: self.told.append((name, *given))
