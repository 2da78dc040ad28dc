"""What folders say of the pictures in them."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from explorer.data.files.trees import entries_of, is_litter, named
from explorer.data.raw import Entry


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


AGAIN = "the folder {} holds the classes again: it is held out"
ALONE = "the folder {} is taken as a class: beside it there is no other part of a split"
TREES = {
    # pictures, without their ending; the class and side of each; what is said
    "a test folder that holds the classes again": (
        "test/x/a test/y/b x/c y/d",
        "x:test y:test x:train y:train",
        [AGAIN.format("test")],
    ),
    "one that holds some of them": (
        "val/x/a x/c y/d", "x:test x:train y:train", [AGAIN.format("val")],
    ),
    "one that holds others, too": (
        "test/x/a test/z/b x/c y/d", "test test x y", [ALONE.format("test")],
    ),
    "one that holds them and pictures": (
        "test/a test/x/b x/c y/d", "test test x y", [ALONE.format("test")],
    ),
    "a folder for training with the classes": (
        "train/x/a train/y/b x/c y/d", "train train x y", [ALONE.format("train")],
    ),
    "a split inside each class": ("x/test/a x/train/b y/test/c y/train/d",
                                  "x:test x:train y:test y:train", []),
    "a split inside each class, and a picture beside": (
        "x/a x/test/b x/train/c y/test/d", "x x x y", [],
    ),
    "a split inside, and a folder beside": ("x/test/a x/train/b y/other/c", "x x y", []),
    "a split with pictures beside it": (
        "a test/b train/c", "- :test :train",
        ["1 picture beside the parts of the split is left out"],
    ),
    "a split with folders beside it": (
        "other/a other/b test/x/c train/x/d train/y/e", "- - x:test x:train y:train",
        ["2 pictures beside the parts of the split are left out"],
    ),
    "three sides": (
        "test/x/a train/x/b train/y/c val/x/d val/y/e", "x:test x:train y:train - -",
        ["2 pictures of a validation part are left out"],
    ),
    "a validation part alone with training": (
        "train/x/a val/y/b", "x:train y:test",
        ["there is no test part, so the validation part is held out"],
    ),
    "sides and classes in one name": (
        "test_cat/a test_dog/b train_cat/c train_dog/d",
        "cat:test dog:test cat:train dog:train", [],
    ),
    "sides in some names only": ("cat/a test_cat/b train_cat/c", "cat test_cat train_cat", []),
    "one side in all names": ("train_cat/a train_dog/b", "train_cat train_dog", []),
    "wrapped twice": ("v/w/x/a v/w/y/b", "x y", []),
    "wrapped, with a picture in the wrapper": ("w/a w/x/b w/y/c", "", []),
    "a wrapped split of pictures": ("w/test/a w/train/b", ":test :train", []),
    "a wrapped split with a picture beside": (
        "w/a w/test/b w/train/c", "- :test :train",
        ["1 picture beside the parts of the split is left out"],
    ),
    "only one folder, called as a side": ("test/a test/b", "", []),
    "one folder, called as a side, and a picture beside": (
        "a test/b", "(no_folder) test",
        ["1 picture lies in no folder of a class: the class (no folder) is theirs"],
    ),
    "sides and classes in one name, and a picture beside": (
        "a test_cat/b train_cat/c train_dog/d", "- cat:test cat:train dog:train",
        ["1 picture beside the parts of the split is left out"],
    ),
    "a split inside each class, and pictures called so": (
        "x/test/test x/train/train y/test/a", "x:test x:train y:test", [],
    ),
    "pictures called as sides": ("x/test x/train y/test", "x x y", []),
    "pictures beside a class": (
        "a b x/c", "(no_folder) (no_folder) x",
        ["2 pictures lie in no folder of a class: the class (no folder) is theirs"],
    ),
    "one picture beside two classes": (
        "a x/b y/c", "(no_folder) x y",
        ["1 picture lies in no folder of a class: the class (no folder) is theirs"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TREES)
def test_trees(case: str) -> None:
    """What is left out is a dash; no class and no side is a picture among others."""
    names, wanted, said = TREES[case]
    pictures = [f"{name}.png" for name in names.split()]
    entries, found = entries_of(pictures[::-1])  # in whatever order they come
    sides = {"test": True, "train": False}
    expected = [
        Entry(name, label.replace("_f", " f") or None, sides.get(side))
        for name, place in zip(pictures, wanted.split() or [""] * len(pictures), strict=True)
        if place != "-"
        for label, _, side in [place.partition(":")]
    ]
    assert list(entries) == expected and found == said


def test_one_file_and_two_tables_are_said_in_numbers() -> None:
    one = "1 file of a kind that is not read is left out (.heic)"
    assert entries_of(["a.png", "b.HEIC", "c.pdf"])[1] == [one]
    _, said = entries_of(["a.png", "b.csv", "C.TSV"])[1]
    assert said.startswith("C.TSV, b.csv are not read: ")
