"""File dialogs that answer themselves: with a prepared file, or by Cancel."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from PySide6.QtWidgets import QFileDialog

from benchmarks.pressing.supplies import Supplies

CANCELLED = 0.2


@contextmanager
def answered(supplies: Supplies, rng: random.Random) -> Iterator[None]:
    """Within, no file dialog is seen: each answers at once."""

    def opened(*_: Any, **__: Any) -> tuple[str, str]:
        return ("" if rng.random() < CANCELLED else str(supplies.any(rng))), ""

    def several(*_: Any, **__: Any) -> tuple[list[str], str]:
        return [str(supplies.any(rng)) for _ in range(rng.randrange(3))], ""

    def folder(*_: Any, **__: Any) -> str:
        return opened()[0]

    def saved(*_: Any, **__: Any) -> tuple[str, str]:
        return ("" if rng.random() < CANCELLED else str(supplies.target(rng))), ""

    stubs = {
        "getOpenFileName": opened, "getOpenFileNames": several,
        "getExistingDirectory": folder, "getSaveFileName": saved,
    }  # fmt: skip
    replaced: dict[str, Any] = {name: staticmethod(f) for name, f in stubs.items()}
    with patch.multiple(QFileDialog, **replaced):
        yield
