"""What holds for every dataclass of the program, looked at beside the tests of its module."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from explorer.compute.question import Question

TESTS = Path(__file__).resolve().parent
ARRAYS = {
    "Array", "Bytes", "Counts", "Doubles", "Floats", "Index", "Mask", "NDArray", "Pixels", "Points",
    "Steps", "Tensor", "Values", "Vector", "Weights",
}  # fmt: skip
GATHERING = {
    "_Queue", "Job", "_Relay", "Brightness", "Findings", "ColumnStatistics", "Column", "Roles",
    "Table", "LeftOut", "_Listed", "Remembered", "Section",
}  # fmt: skip
BY_NAME = {"Choices", "Command", "ReadsData"}  # all optional, or for others to write
ONE_OF_A_KIND = {"Job", "ViewPart", "Turned"}  # no array in them, and yet no two are the same


def dataclasses_of(module: ModuleType) -> Iterator[type[Any]]:
    """Those that are written in it."""
    for kind in vars(module).values():
        own = inspect.isclass(kind) and kind.__module__ == module.__name__
        if own and "__dataclass_params__" in vars(kind):
            yield kind


def problems(module: ModuleType) -> list[str]:
    """What is wrong with its dataclasses: a value changes, or is compared as it should not be."""
    return [line for kind in dataclasses_of(module) for line in _problems(kind)]


def _problems(kind: type[Any]) -> Iterator[str]:
    flags = kind.__dataclass_params__
    if flags.frozen == (kind.__name__ in GATHERING):
        yield f"{kind.__name__}: frozen is {flags.frozen}"
    written = vars(kind).get("__annotations__", {})
    own = [field for field in dataclasses.fields(kind) if field.name in written]
    if any(field.kw_only == (kind.__name__ not in BY_NAME) for field in own):
        yield f"{kind.__name__}: its fields are given by name, or else are not"
    words = {w for field in dataclasses.fields(kind) for w in re.findall(r"\w+", str(field.type))}
    arrays = bool(words & ARRAYS) or issubclass(kind, Question)
    if flags.eq and arrays:
        yield f"{kind.__name__}: == would compare arrays, which numpy refuses"
    if not (flags.eq or arrays or _holds_such(words) or kind.__name__ in ONE_OF_A_KIND):
        yield f"{kind.__name__}: two equal ones are not =="


def _holds_such(words: set[str]) -> bool:
    """One of these names is a dataclass that is compared by identity."""
    known = [vars(module) for name, module in list(sys.modules.items()) if "explorer." in name]
    kinds = [names[word] for names in known for word in words & set(names)]
    flags = [vars(kind).get("__dataclass_params__") for kind in kinds if inspect.isclass(kind)]
    return any(flag is not None and not flag.eq for flag in flags)


def mirrored(test: Path) -> ModuleType | None:
    """The module that ``tests/a/test_b.py`` is the test of: ``explorer.a.b``, if there is one."""
    parts = (*test.relative_to(TESTS).parent.parts, test.stem.removeprefix("test_"))
    file = TESTS.parent.joinpath("explorer", *parts).with_suffix(".py")
    return importlib.import_module(".".join(("explorer", *parts))) if file.exists() else None
