"""The defaults of settings and their ranges: what flags and forms promise.

A command or a script that names no value depends on them. They are written down a second time, in
``numbers.json``; the tests of a module fail where the two differ. After a change that is meant:
``python -m tests.numbers``, and a line in CHANGELOG.md. What is not in the table, as that of an
added file, is not looked at.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

import explorer

FILE = Path(__file__).with_suffix(".json")
PLACES = ("app.", "compute.", "data.", "training.", "analysis.")
Table = dict[str, dict[str, Any]]


def numbers_of(module: ModuleType) -> dict[str, Any]:
    """Name -> number or numbers, as JSON would have them."""
    found: dict[str, Any] = {}
    for kind in vars(module).values():
        if inspect.isclass(kind) and kind.__module__ == module.__name__:
            found |= {f"{kind.__name__}.{name}": value for name, value in _of_class(kind)}
    return {name: json.loads(json.dumps(_plain(v))) for name, v in found.items() if _numeric(v)}


def _of_class(kind: type[Any]) -> Iterator[tuple[str, Any]]:
    yield from ((k, v) for k, v in vars(kind).items() if not re.match("__|_is_|_use_", k))
    for field in dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ():
        if "label" in field.metadata:
            ends = (field.metadata["low"], field.metadata["high"])
            yield from (
                (f"{field.name} {end}", v) for end, v in zip(("low", "high"), ends, strict=True)
            )


def _numeric(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value) and all(map(_numeric, value.values()))
    if isinstance(value, tuple | list | frozenset):
        return bool(value) and all(map(_numeric, value))
    if isinstance(value, np.ndarray):
        return value.size > 0 and value.dtype.kind in "biuf"
    return type(value) in (bool, int, float)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray):
        return value.tolist()
    return sorted(value) if isinstance(value, frozenset) else value


def problems(module: ModuleType, table: Table) -> list[str]:
    """Those that are no longer what the table says."""
    written, now = table.get(module.__name__.removeprefix("explorer."), {}), numbers_of(module)
    return [
        f"{name} is {now[name]} and was {value} (meant? python -m tests.numbers)"
        for name, value in written.items()
        if name in now and now[name] != value
    ]


def read() -> Table:
    """The table."""
    table: Table = json.loads(FILE.read_text(encoding="utf-8"))
    return table


def write() -> None:
    """One line a module."""
    rows = []
    for info in pkgutil.walk_packages(explorer.__path__, "explorer."):
        name = info.name.removeprefix("explorer.")
        if name.startswith(PLACES):
            found = numbers_of(importlib.import_module(info.name))
            if found:
                rows.append(f"{json.dumps(name)}: {json.dumps(found)}")
    FILE.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    write()
