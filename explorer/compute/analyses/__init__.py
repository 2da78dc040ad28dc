"""Questions that are commands of the terminal, too: one a file, called as its command."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from explorer.compute.analysis import Analysis
from explorer.compute.question import questions


def names() -> tuple[str, ...]:
    """The commands, read from the folder, nothing is imported."""
    return tuple(sorted(info.name.replace("_", "-") for info in pkgutil.iter_modules(__path__)))


def load(name: str) -> type[Analysis[Any]]:
    """Import the one that is called ``name`` in a terminal; raises what its import raises."""
    module = f"{__name__}.{name.replace('-', '_')}"
    importlib.import_module(module)
    (found,) = (kind for kind in questions.values() if kind.__module__ == module)
    assert issubclass(found, Analysis)
    return found
