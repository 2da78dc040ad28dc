"""Values stay as they are, and are compared by identity where they hold arrays."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import explorer
from tests import values

MODULES = [
    module.name
    for module in pkgutil.walk_packages(explorer.__path__, "explorer.")
    if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_dataclasses_of_every_module(name: str) -> None:
    """Frozen, unless it gathers; without ``==``, if that would compare arrays."""
    assert values.problems(importlib.import_module(name)) == []


def test_the_list_of_those_that_gather_is_up_to_date() -> None:
    """Every name on it is a dataclass."""
    kinds = [values.dataclasses_of(importlib.import_module(name)) for name in MODULES]
    names = {kind.__name__ for of_module in kinds for kind in of_module}
    assert names >= values.GATHERING | values.ONE_OF_A_KIND | values.BY_NAME


@dataclass
class Loose:
    """Neither frozen nor a gatherer."""

    number: int


@dataclass(frozen=True)
class Compared:
    """Two of them cannot be compared: numpy would have to answer for a whole array."""

    rows: NDArray[Any]


@dataclass(frozen=True, eq=False)
class Unequal:
    """No reason for two of the same number to differ."""

    number: int


@dataclass(frozen=True, kw_only=True)
class Named:
    """Of one field that nobody would take for another."""

    number: int


def test_each_rule_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line for each of the four above."""
    found = values.problems(sys.modules[__name__])
    assert [line.split(":")[0] for line in found] == ["Loose", "Compared", "Unequal", "Named"]
    with pytest.raises(ValueError, match="ambiguous"):
        assert Compared(np.zeros(2)) == Compared(np.zeros(2))


def test_the_module_that_a_test_is_of() -> None:
    """By the name of the file; there is none for tests of many."""
    module = values.mirrored(values.TESTS / "data/test_choices.py")
    assert module is not None and module.__name__ == "explorer.data.choices"
    assert values.mirrored(values.TESTS / "test_values.py") is None
    assert values.mirrored(values.TESTS / "data/kinds/test_citizens.py") is None
