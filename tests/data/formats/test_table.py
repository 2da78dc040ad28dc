"""Text tables: what the cells mean, and that another file of the same columns is read alike."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.data.choices import Choices, ChoiceWanted
from explorer.data.dataset import Dataset
from explorer.data.formats.table import TextTable
from explorer.data.opening import describe, open_dataset
from explorer.data.raw import Arrays
from explorer.errors import DataError
from explorer.task import Task

RANDOM = np.random.default_rng(0)


def saved(folder: Path, text: str, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def values(data: Dataset) -> np.ndarray:
    return data.preparation.original(data.unit(slice(None)))


def test_wine_as_text_is_wine(tmp_path: Path) -> None:
    from sklearn.datasets import load_wine

    found = load_wine()
    names = [f"n{i}" for i in range(13)]
    rows = [
        ",".join([*map(repr, map(float, row)), found.target_names[label]])
        for row, label in zip(found.data, found.target, strict=True)
    ]
    data = open_dataset(saved(tmp_path, "\n".join([",".join([*names, "grower"]), *rows])))
    assert data.kind == "table" and data.preparation.names == tuple(names)
    np.testing.assert_allclose(values(data), found.data, rtol=1e-5)
    assert data.labels is not None and data.labels.tolist() == found.target.tolist()
    assert data.warnings == ("the labels are taken from the column 'grower'",)
    seen = describe(tmp_path / "a.csv")
    assert (seen.kind, seen.n, seen.shape, seen.dtype) == ("table", 178, [13], "float64")
    assert seen.labels == {"class_0": 59, "class_1": 71, "class_2": 48}
    assert tuple(seen.warnings) == data.warnings


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("header", ["", "a,b,c\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_headers_and_line_ends(
    separator: str, header: str, end: str, tmp_path: Path
) -> None:
    text = (header + "1,2,3\n\n4,5,6\n-7e1, 8 ,9\n").replace(",", separator).replace("\n", end)
    data = open_dataset(saved(tmp_path, "\ufeff" + text))
    np.testing.assert_allclose(values(data), [[1, 2, 3], [4, 5, 6], [-70, 8, 9]], rtol=1e-5)
    assert data.preparation.names == (
        tuple("abc") if header else ("column 1", "column 2", "column 3")
    )


def test_tabs_by_name_and_quotes(tmp_path: Path) -> None:
    data = open_dataset(saved(tmp_path, '"a, b"\tc\n1\t"2"\n3\t4\n', "a.tsv"))
    assert data.preparation.names == ("a, b", "c")


def test_a_decimal_comma(tmp_path: Path) -> None:
    data = open_dataset(saved(tmp_path, "a;b\n1,5;2\n2,5;3\n3,5;-4,25\n"))
    np.testing.assert_allclose(values(data)[:, 0], [1.5, 2.5, 3.5], rtol=1e-6)
    assert "numbers are read with a decimal comma" in data.warnings


@pytest.mark.parametrize("mark", ["", "NA", "nan", "?", "null", "-", " "])
def test_marks_of_a_gap(mark: str, tmp_path: Path) -> None:
    data = open_dataset(saved(tmp_path, f"a,b\n1,2\n{mark},3\n3,4\n5,6\n"))
    assert data.x[1, 0, 0, 0] == 0
    assert "1 missing value is filled with the mean: the column 'a' 1" in data.warnings


@pytest.mark.parametrize("name", ["label", "Class", "target", "species", "Y"])
def test_labels_by_name(name: str, tmp_path: Path) -> None:
    data = open_dataset(saved(tmp_path, f"{name},a,b\n0,1,2\n1,3,4\n1,5,6\n0,7,9\n"))
    assert data.preparation.names == ("a", "b") and data.classes == ("0", "1")
    assert data.labels is not None and data.labels.tolist() == [0, 1, 1, 0]


def test_a_real_target_is_no_feature_and_no_label(tmp_path: Path) -> None:
    data = open_dataset(saved(tmp_path, "a,target\n1,0.5\n2,0.7\n3,0.9\n"))
    assert data.labels is None and data.preparation.names == ("a",)
    assert any("real numbers, not classes" in said for said in data.warnings)


def test_categories_become_columns_and_repeat(tmp_path: Path) -> None:
    text = "colour,a\nred,1\nblue,2\nred,3\ngreen,4\n,5\n"
    data = open_dataset(saved(tmp_path, text))
    assert data.preparation.names == ("colour=blue", "colour=green", "colour=red", "a")
    wanted = [[0, 0, 1], [1, 0, 0], [0, 0, 1], [0, 1, 0], [0, 0, 0]]
    np.testing.assert_allclose(values(data)[:, :3], wanted, atol=1e-6)
    other = saved(tmp_path, "extra,a,colour\n9,1,red\n9,2,pink\n", "b.csv")
    again = open_dataset(other, preparation=data.preparation)
    wanted = [[0, 0, 1, 1], [0, 0, 0, 2]]
    np.testing.assert_allclose(values(again), wanted, atol=1e-6)


def test_rows_without_a_category_are_counted(tmp_path: Path) -> None:
    data = open_dataset(saved(tmp_path, "colour,a\nred,1\nblue,2\nred,3\n,4\nblue,5\nred,6\n"))
    assert len(data.warnings) == 1
    assert "2 columns of 0 and 1, all 0 in 1 row where it is missing" in data.warnings[0]


PIXELS = {
    "pixel{}": "images",
    "pixel_{}": "images",
    "{}x1": "images",
    "gene{}": "table",
    "{}": "table",
    "": "table",
}


@pytest.mark.parametrize("name", PIXELS)
def test_columns_named_as_pixels_are_pictures(name: str, tmp_path: Path) -> None:
    values = RANDOM.integers(0, 256, (40, 100)).astype(str)
    names = [name.format(i) for i in range(100)] if name else []
    rows = [",".join(row) for row in ([names] if names else []) + values.tolist()]
    path = saved(tmp_path, "\n".join(rows))
    data = open_dataset(path)
    assert data.kind == PIXELS[name] and any("--kind" in w for w in data.warnings)
    for kind in ("images", "table"):
        assert open_dataset(path, choices=Choices(kind=kind)).kind == kind
    table = open_dataset(path, choices=Choices(kind="table"))
    for first in (data, table):
        again = open_dataset(path, preparation=first.preparation)
        np.testing.assert_array_equal(again.x, first.x)
        assert again.kind == first.kind and not any("--kind" in w for w in again.warnings)


def test_a_lost_column_is_named(tmp_path: Path) -> None:
    data = open_dataset(saved(tmp_path, "a,b\n1,2\n3,5\n"))
    with pytest.raises(DataError, match="there is no column 'b'"):
        open_dataset(saved(tmp_path, "a,c\n1,2\n3,4\n", "b.csv"), preparation=data.preparation)


def test_names_and_row_numbers_are_left_out(tmp_path: Path) -> None:
    rows = "\n".join(f"{i},name{i},{RANDOM.normal()}" for i in range(40))
    data = open_dataset(saved(tmp_path, f",name,a\n{rows}\n"))
    assert data.preparation.names == ("a",)
    assert data.warnings == (
        "the column of row numbers is left out",
        "the column 'name' holds 40 different texts and is left out",
    )


def test_read_as_signals_when_told(tmp_path: Path) -> None:
    rows = np.sin(np.linspace(0, 9, 40) + np.arange(12)[:, None])
    path = saved(tmp_path, "\n".join(",".join(map(repr, map(float, row))) for row in rows))
    assert open_dataset(path).kind == "table"
    data = open_dataset(path, choices=Choices(kind="signals"))
    assert data.kind == "signals" and data.x.shape == (12, 1, 40, 1) and not data.preparation.names


def test_many_rows_and_a_word_late(tmp_path: Path) -> None:
    rows = [f"{i},{i % 7}" for i in range(12_000)]
    data = open_dataset(saved(tmp_path, "a,b\n" + "\n".join(rows)), Task())
    np.testing.assert_allclose(values(data)[:, 0], np.arange(12_000), atol=1e-2)
    rows[11_000] = "1,oops"
    with pytest.raises(DataError, match="line 11,002 holds 'oops' in the column 'b'"):
        open_dataset(saved(tmp_path, "a,b\n" + "\n".join(rows)))


@pytest.mark.parametrize(
    ("name", "text", "is_one"),
    [
        ("a.csv", "no numbers", True),
        ("a.TSV", "", True),
        ("a.txt", "1 2", True),
        ("a.dat", "words\n# more\n1;2\n", True),
        ("a.data", "a,1\nb,2", False),  # one number a line
        ("a.txt", "words and more words", False),
        ("a.txt", "word\n" * 99 + "1 2", True),
        ("a.txt", "word\n" * 100 + "1 2", False),  # only the first lines are looked at
        ("a.log", "1 2", False),
    ],
)
def test_a_text_is_a_table_by_its_name_or_its_numbers(
    name: str, text: str, is_one: bool, tmp_path: Path
) -> None:
    assert TextTable.recognises(saved(tmp_path, text, name)) == is_one


def test_neither_a_folder_nor_bytes_are_a_table(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert not TextTable.recognises(tmp_path / "folder.csv")
    assert not TextTable.recognises(tmp_path / "nothing.csv")
    (tmp_path / "a.txt").write_bytes(b"\0\1\2" * 99)
    assert not TextTable.recognises(tmp_path / "a.txt")


def read(folder: Path, rows: np.ndarray, names: list[str] | None = None, **choices: Any) -> Arrays:
    lines = ([names] if names else []) + rows.tolist()
    path = saved(folder, "\n".join(",".join(map(str, line)) for line in lines))
    with TextTable.reading(path, Choices(**choices), Task()) as raw:
        assert isinstance(raw, Arrays)
        return raw


CURVES = np.sin(np.linspace(0, 6, 24) + np.arange(12)[:, None]).round(4) + 0.00001
BYTES = np.random.default_rng(1).integers(0, 256, (12, 64))
PIXEL_NAMES = [f"pixel{i}" for i in range(64)]


def test_curves_behind_a_label_are_signals_from_24_values_on(tmp_path: Path) -> None:
    """Without names: a number that leads each row is what it is of."""
    led = np.column_stack([np.arange(12) % 2, CURVES])
    found = read(tmp_path, led)
    assert found.kind == "signals" and found.parts[0].labels is not None
    assert found.parts[0].images.shape == (12, 24)
    assert any("is taken as that of a signal" in said for said in found.warnings)
    assert read(tmp_path, led[:, :-1]).kind == "table"
    named = read(tmp_path, led, ["label", *(f"t{i}" for i in range(24))])
    assert named.kind == "table"
    assert "neighbouring columns are alike; --kind signals reads them as signals" in named.warnings
    bare = read(tmp_path, CURVES)
    assert bare.kind == "table" and any("neighbouring" in said for said in bare.warnings)
    told = read(tmp_path, led, kind="table")
    assert told.kind == "table" and not any("--kind" in said for said in told.warnings)


def test_gaps_at_the_ends_of_rows_are_missing_values_under_names(tmp_path: Path) -> None:
    """Without names they may be series that end early, which only the user knows."""
    rows: np.ndarray = CURVES.astype(object)
    rows[::3, 20:] = ""
    named = read(tmp_path, rows, [f"t{i}" for i in range(24)])
    assert named.parts[0].images.shape == (12, 24)
    with pytest.raises(ChoiceWanted, match="of unequal lengths, from 20 to 24 values"):
        read(tmp_path, rows)
    assert read(tmp_path, rows, lengths="cut").parts[0].images.shape == (12, 20)


def test_numbers_in_any_order_are_a_table_without_a_word_of_signals(tmp_path: Path) -> None:
    rows = np.random.default_rng(0).normal(size=(12, 30))
    found = read(tmp_path, rows)
    assert found.kind == "table" and not any("alike" in said for said in found.warnings)


@pytest.mark.parametrize(
    ("at", "value", "may_be"),
    [((0, 0), 0, True), ((0, 0), 255, True), ((0, 0), 256, False), ((0, 0), -1, False)],
)
def test_pixels_are_whole_numbers_up_to_255(
    at: tuple[int, int], value: int, may_be: bool, tmp_path: Path
) -> None:
    rows = BYTES.copy()
    rows[at] = value
    found = read(tmp_path, rows, [f"gene{i}" for i in range(64)])
    told = "rows of 64 bytes may be pictures; --kind images reads them as such"
    assert found.kind == "table" and (told in found.warnings) == may_be
    pictures = read(tmp_path, rows, PIXEL_NAMES)
    assert (pictures.kind == "images") == may_be


def test_one_name_that_is_no_pixel_is_enough(tmp_path: Path) -> None:
    assert read(tmp_path, BYTES, [*PIXEL_NAMES[:-1], "weight"]).kind == "table"
    whole = read(tmp_path, BYTES, PIXEL_NAMES)
    assert whole.kind == "images"
    assert (
        "columns that are named as pixels are taken as pictures; --kind table says otherwise"
        in whole.warnings
    )
    halves = BYTES / 2 + 0.25
    assert read(tmp_path, halves, PIXEL_NAMES).kind == "table"
    assert read(tmp_path, BYTES[:, :60], PIXEL_NAMES[:60]).kind == "table"  # no square


def test_a_table_larger_than_the_memory_is_refused(tmp_path: Path) -> None:
    """Its cells and numbers take four times the text."""
    path = tmp_path / "a.csv"
    path.touch()
    os.truncate(path, 1 << 42)  # sparse: no disk taken
    with (
        pytest.raises(DataError, match=r"16,384\.0 GB, more than this machine's memory"),
        TextTable.reading(path, Choices(), Task()),
    ):
        pass


@pytest.mark.parametrize(("before", "seen"), [(40_000, True), (120_000, False)])
def test_a_text_is_a_table_by_what_a_glance_at_its_start_shows(
    before: int, seen: bool, tmp_path: Path
) -> None:
    """A line of words of so many characters comes before the numbers."""
    words = "word " * (before // 5)
    assert TextTable.recognises(saved(tmp_path, f"{words}\n1 2 3\n", "a.txt")) == seen


@pytest.mark.parametrize(("row", "hinted"), [(300, False), (800, True)])
def test_some_hundred_rows_tell_whether_bytes_may_be_pictures(
    row: int, hinted: bool, tmp_path: Path
) -> None:
    """One number beyond 255 among the first of them, and they are none."""
    table = RANDOM.integers(0, 256, (900, 64))
    table[row, 5] = 256
    data = open_dataset(saved(tmp_path, "\n".join(",".join(map(str, r)) for r in table.tolist())))
    assert any("may be pictures" in said for said in data.warnings) == hinted
