"""What folders say of the pictures in them."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from explorer.data.raw import Entry
from explorer.data.trees import entries_of, is_litter, named


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["b.png", "a.png"], [("a.png", None, None), ("b.png", None, None)]),
        (["x/a.png", "y/a.png"], [("x/a.png", "x", None), ("y/a.png", "y", None)]),
        (["x/1/a.png", "y/a.png"], [("x/1/a.png", "x", None), ("y/a.png", "y", None)]),
        (["w/x/a.png", "w/y/a.png"], [("w/x/a.png", "x", None), ("w/y/a.png", "y", None)]),
        (["x/a.png", "b.png"], [("b.png", "(no folder)", None), ("x/a.png", "x", None)]),
        (["only/a.png", "only/b.png"], [("only/a.png", None, None), ("only/b.png", None, None)]),
        (["train/a.png", "test/b.png"], [("test/b.png", None, True), ("train/a.png", None, False)]),
        (
            ["w/Train/x/a.png", "w/TEST/y/b.png", "w/val/x/c.png"],
            [("w/TEST/y/b.png", "y", True), ("w/Train/x/a.png", "x", False)],
        ),
        (["train/a.png", "x/b.png"], [("train/a.png", "train", None), ("x/b.png", "x", None)]),
        (["test/a.png"], [("test/a.png", None, None)]),
        ([".git/a.png", "__MACOSX/b.png", "x/.c.png"], []),
    ],
)
def test_entries(names: list[str], wanted: list[tuple[str, str | None, bool | None]]) -> None:
    assert entries_of(names)[0] == tuple(Entry(*w) for w in wanted)


def test_other_kinds_are_counted_but_not_the_quiet_ones() -> None:
    _, said = entries_of(["a.png", "b.heic", "c.psd", "d.heic", "README.md", "notes.txt"])
    assert said == ["3 files of kinds that are not read are left out (.heic, .psd)"]


def test_a_table_beside_pictures_without_classes_is_said() -> None:
    way = "pictures get classes from folders, one for each class"
    assert entries_of(["a.png", "b.png", "labels.csv"])[1] == [f"labels.csv is not read: {way}"]
    assert entries_of(["x/a.png", "y/b.png", "labels.csv"])[1] == []
    assert entries_of(["a.png", "b.png"])[1] == []


def work_on(files: int) -> int:
    """How many calls it takes to sort them, those into C too."""
    calls = 0

    def count(frame: FrameType, event: str, what: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    names = [f"{i % 10}/{i}.png" for i in range(files)]
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        assert len(entries_of(names)[0]) == files
    finally:
        sys.setprofile(before)
    return calls


def test_many_files_take_work_in_proportion() -> None:
    assert work_on(2000) < 2.2 * work_on(1000)


def test_litter() -> None:
    assert all(map(is_litter, (".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX", ".git")))
    assert all(map(is_litter, ("@eaDir", "$RECYCLE.BIN", "System Volume Information")))
    assert not is_litter("a.png")


def test_long_lists_are_cut() -> None:
    assert named(["a", "b"]) == "a, b"
    assert named(list("abcde")) == "a, b, c and 2 more"
