"""explorer.data.tabular.tables: categories become columns of 0 and 1, beside the numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.data.choices import Choices
from explorer.data.opening import open_dataset
from explorer.data.tabular.tables import _one_hot
from explorer.errors import DataError
from tests.data.tabular.making import column


def test_a_category_is_a_column_of_its_own_and_gaps_are_in_none() -> None:
    said: list[str] = []
    found = _one_hot(column("fruit", ["pear", "fig", "", "pear"]), said)
    assert {name: values.tolist() for name, values in found.items()} == {
        "fruit=fig": [0, 1, 0, 0],
        "fruit=pear": [1, 0, 0, 1],
    }
    gaps = "all 0 in 1 row where it is missing"
    assert said == [f"the column 'fruit' of 2 categories becomes 2 columns of 0 and 1, {gaps}"]


@pytest.mark.parametrize(("count", "kept"), [(12, True), (13, False)])
def test_more_texts_than_categories_are_left_out_and_said(count: int, *, kept: bool) -> None:
    said: list[str] = []
    found = _one_hot(column("word", [f"w{i:02}" for i in range(count)]), said)
    assert len(found) == (count if kept else 0) and len(said) == 1
    assert ("left out" in said[0]) != kept and "missing" not in said[0]


def written(folder: Path, head: str, rows: list[str]) -> Path:
    path = folder / "a.csv"
    path.write_text("\n".join([head, *rows]))
    return path


def test_the_features_are_in_the_order_of_the_table(tmp_path: Path) -> None:
    rows = [f"{i}.5,{'ab'[i % 2]},{-i}.25,{'uvw'[i % 3]}" for i in range(12)]
    data = open_dataset(written(tmp_path, "first,letter,second,label", rows))
    assert data.preparation.names == ("first", "letter=a", "letter=b", "second")
    values = data.preparation.original(data.unit(slice(None)))
    np.testing.assert_allclose(values[:, 0], np.arange(12) + 0.5, atol=1e-4)
    np.testing.assert_allclose(values[:, 1] + values[:, 2], 1, atol=1e-5)
    np.testing.assert_allclose(values[2:, 3], -np.arange(2, 12) - 0.25, atol=1e-4)
    assert data.classes == ("u", "v", "w")


def test_a_table_of_texts_alone_has_nothing_to_learn_from(tmp_path: Path) -> None:
    rows = [f"word {i},other {i * 7}" for i in range(30)]
    with pytest.raises(DataError, match="no columns of numbers"):
        open_dataset(written(tmp_path, "one,two", rows), choices=Choices(label="none"))


def test_a_model_made_with_a_column_brings_it_back(tmp_path: Path) -> None:
    rows = [f"{i},{i % 5}.5,{i % 3}.25,{'uv'[i % 2]}" for i in range(20)]
    path = written(tmp_path, "id,a,b,label", rows)
    data = open_dataset(path)
    assert data.preparation.names == ("a", "b")
    all_of_them = open_dataset(path, choices=Choices(drop=("none",)))
    assert all_of_them.preparation.names == ("id", "a", "b")
    again = open_dataset(path, preparation=all_of_them.preparation)
    np.testing.assert_array_equal(again.x, all_of_them.x)
    assert again.classes == data.classes == ("u", "v")


def test_a_label_that_a_model_was_made_with_is_a_column_again(tmp_path: Path) -> None:
    """What was real beside its name was no label, and was left out."""
    path = written(tmp_path, "a,target", [f"{i % 5}.5,{i}.25" for i in range(20)])
    both = open_dataset(path, choices=Choices(label="none"))
    assert open_dataset(path).preparation.names == ("a",)
    assert both.preparation.names == ("a", "target") and both.classes == ()
    again = open_dataset(path, preparation=both.preparation)
    np.testing.assert_array_equal(again.x, both.x)
    assert again.labels is None
