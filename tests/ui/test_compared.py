from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from explorer.app.snapshot import Snapshot
from explorer.ui.compared import invitation_of, is_compared, named, preset_of, series_of


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


def test_an_own_picture_has_the_name_of_its_file_and_a_sample_that_of_its_class() -> None:
    data = SimpleNamespace(label_name=lambda index: "bag" if index == 3 else "")
    now: Any = SimpleNamespace(dataset=data)

    def seen(**given: Any) -> Any:
        return SimpleNamespace(**{"own": None, "index": None, **given})

    assert named(now, seen(own=SimpleNamespace(name="cat.png"))) == ("cat.png", "own picture")
    assert named(now, seen(index=3)) == ("bag", "sample 3")
    assert named(now, seen(index=1234)) == ("Original", "sample 1,234")
    assert named(now, seen()) == ("Original", "")
