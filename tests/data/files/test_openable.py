"""What is said of all that can be opened, as the formats declare it."""

from __future__ import annotations

import pytest

from explorer.data.files.openable import _told, endings, filters, kinds_of_pictures, opens
from explorer.data.formats import formats
from explorer.data.pictures.reading import FORMATS, SUFFIXES


def test_a_remedy_names_every_format_once() -> None:
    said = opens()
    assert said.startswith("open ") and said.count(" or ") == 1
    assert all(said.count(formats[name].title) >= 1 for name in formats)
    listed = said.removeprefix("open ").replace(" or ", ", ")
    assert [t for t in listed.split(", ") if t.startswith("a folder")] == ["a folder of pictures"]


def test_endings_are_of_data_and_not_of_pictures() -> None:
    found = endings()
    assert {".npz", ".npy", ".csv", ".zip"} <= set(found) and list(found) == sorted(set(found))
    assert not SUFFIXES & set(found)
    assert set(found) | SUFFIXES >= {s for name in formats for s in formats[name].suffixes}


def test_kinds_of_pictures_make_a_sentence() -> None:
    said = kinds_of_pictures()
    assert said.replace(" or ", ", ").split(", ") == list(FORMATS) and said.count(" or ") == 1


def test_a_dialog_shows_all_first_then_each_kind_and_pictures_last() -> None:
    (title, everything), *kinds = filters()
    assert title == "Data and pictures" and list(everything) == sorted(everything)
    assert set(everything) == {s for _, suffixes in kinds for s in suffixes}
    assert kinds[-1] == ("a picture", tuple(sorted(SUFFIXES)))
    with_files = [formats[name].title for name in formats if formats[name].suffixes]
    assert [t for t, _ in kinds[:-1]] == with_files and all(suffixes for _, suffixes in kinds)


@pytest.mark.parametrize(
    ("title", "suffixes", "said"),
    [
        ("a folder", (), "a folder"),
        ("a table", (".a",), "a table (.a)"),
        ("a table", (".a", ".b", ".c"), "a table (.a, .b, .c)"),
        ("a table", (".a", ".b", ".c", ".d"), "a table"),
        ("a .b table", (".a", ".b"), "a .b table"),
    ],
)
def test_a_few_endings_are_named_where_the_title_does_not(
    title: str, suffixes: tuple[str, ...], said: str
) -> None:
    assert _told(title, suffixes) == said
