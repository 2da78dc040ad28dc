"""Text tables: what the cells mean, and that another file of the same columns is read alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.data.choices import Choices
from explorer.data.dataset import Dataset
from explorer.data.opening import describe, open_dataset
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
