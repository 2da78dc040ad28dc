"""explorer.export.things: what a thing can be."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.export.things import Thing, pictured, tabled
from explorer.task import NO_TASK, Task


def test_a_thing_is_what_it_was_given_and_nothing_else() -> None:
    table = lambda _task: {"a": [1]}  # noqa: E731
    thing = Thing("curve", "the curve", table=table)
    assert thing.face("table") is table
    assert [thing.face(name) for name in ("picture", "film", "drawing", "array")] == [None] * 4


def test_a_table_is_arrays_by_name_too_and_arrays_are_no_table() -> None:
    def named(_task: Task) -> dict[str, np.ndarray]:
        return {"a": np.zeros((2, 3))}

    both = Thing("codes", "the codes", table=lambda _: {}, arrays=named)
    assert both.face("arrays") is named and both.face("table") is both.table
    assert Thing("t", "a table", table=both.table).face("arrays") is both.table
    assert Thing("a", "arrays", arrays=named).face("table") is None


def test_a_picture_is_those_pixels() -> None:
    pixels = np.zeros((3, 4, 1), np.uint8)
    thing = pictured("atlas", "the atlas", pixels)
    assert (thing.name, thing.what) == ("atlas", "the atlas")
    assert thing.picture is not None and thing.picture(NO_TASK) is pixels


def test_rows_become_columns() -> None:
    assert tabled(("a", "b"), [(1, "x"), (2, "y")]) == {"a": (1, 2), "b": ("x", "y")}
    assert {name: list(column) for name, column in tabled(("a", "b"), []).items()} == {
        "a": [], "b": [],
    }  # fmt: skip
    with pytest.raises(ValueError, match="zip"):
        tabled(("a", "b"), [(1, "x"), (2,)])
    with pytest.raises(ValueError, match="zip"):
        tabled(("a",), [(1, "x")])
