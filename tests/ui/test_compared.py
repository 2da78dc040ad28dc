from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from explorer.app.snapshot import Snapshot
from explorer.ui.compared import invitation_of, is_compared, preset_of, series_of


def test_without_anything_open_nothing_is_compared() -> None:
    now = Snapshot()
    assert not is_compared(now) and preset_of(now) == "Model" and series_of(now) == []


@pytest.mark.parametrize(
    ("data", "codes", "words"),
    [
        (None, None, "Open data"),
        ("data", None, "Choose one of the samples"),
        ("data", "codes", "Click a point"),
    ],
)
def test_what_to_click_follows_from_what_is_there(data: Any, codes: Any, words: str) -> None:
    now: Any = SimpleNamespace(dataset=data, codes=codes)
    assert invitation_of(now).startswith(words)
