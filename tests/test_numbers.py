"""Defaults and ranges are those that are written down."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass

import pytest

from explorer import config
from tests import numbers

table = numbers.read()
LIMIT = 5  # none of a setting


@dataclass(frozen=True)
class Settings:
    """One of them with a range."""

    share: float = config.setting(0.5, "Share", "How much.", low=0, high=1)
    word: str = "none"


@pytest.mark.parametrize("name", sorted(table))
def test_the_numbers_of_every_module(name: str) -> None:
    """As in the table."""
    assert numbers.problems(importlib.import_module(f"explorer.{name}"), table) == []


def test_what_is_found_in_a_module() -> None:
    """Defaults and ranges, and nothing that is no number."""
    found = numbers.numbers_of(sys.modules[__name__])
    ends = {"Settings.share low": 0, "Settings.share high": 1}
    assert found == {"Settings.share": 0.5, **ends}


def test_a_number_that_differs_is_named() -> None:
    """With what it was; one that is in one of them only is of no concern."""
    module = sys.modules[__name__]
    other = {__name__: {"Settings.share": 0.6, "Settings.share low": 0, "GONE": 1}}
    assert numbers.problems(module, other) == [
        "Settings.share is 0.5 and was 0.6 (meant? python -m tests.numbers)"
    ]
