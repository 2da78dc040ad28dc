"""Features have names, units and values in the units of the file, in the order of the data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.data.choices import Choices
from explorer.data.dataset import Preparation
from explorer.data.features import axis_of, features_of, positions_of, spelled
from explorer.data.opening import open_dataset

TABLE = """mass (kg),region,speed [m/s],share (%),x (1),note
1.5,Alba,300,10,1.25,a b
2.5,Asti,310,20,2.5,a b
3.5,Alba,290,30,3.75,c
4.5,Barolo,305,40,0.5,c
""" + "".join(f"{i / 2},Alba,{300 + i},{i},{i / 8},a b\n" for i in range(30))


def table(tmp_path: Path, text: str = TABLE, kind: str | None = None) -> object:
    (tmp_path / "t.csv").write_text(text)
    return open_dataset(tmp_path / "t.csv", choices=Choices(label="none", kind=kind))


def test_names_units_and_categories_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = features_of(table(tmp_path).preparation)
    assert [f.title for f in found] == [
        "mass (kg)", "region", "speed (m/s)", "share (%)", "x (1)", "note"
    ]  # fmt: skip
    assert [f.unit for f in found] == ["kg", "", "m/s", "%", "", ""]
    assert found[1].categories == ("Alba", "Asti", "Barolo")
    assert [f.start for f in found] == [0, 1, 4, 5, 6, 7]


def test_values_are_those_of_the_file(tmp_path: Path) -> None:
    data = table(tmp_path)
    found = features_of(data.preparation)
    rows = data.preparation.original(data.unit(slice(0, 4)))
    assert [found[0].told(row) for row in rows] == ["1.5", "2.5", "3.5", "4.5"]
    assert [found[1].told(row) for row in rows] == ["Alba", "Asti", "Alba", "Barolo"]
    assert found[2].told(rows[0]) == "300.0" and found[5].told(rows[2]) == "c"


def test_a_category_between_two_says_how_sure_and_where_it_lies(tmp_path: Path) -> None:
    data = table(tmp_path)
    region = features_of(data.preparation)[1]
    made = data.preparation
    row = np.zeros(made.features, np.float32)
    row[1:4] = 0.3, 0.6, 0.1
    assert region.told(row) == "Asti 0.60"
    unit = (row - np.array(made.centre)) / np.array(made.scale)
    assert region.place(unit) == 0.0  # the middle one of three
    row[1:4] = 0.0
    assert region.told(row) == "\u2013"


@pytest.mark.parametrize(
    ("value", "scale", "text"),
    [
        (14.234, 0.8, "14.23"), (1065.4, 315.0, "1,065"), (-0.004, 0.8, "0.00"),
        (-2.5, 3.0, "\u22122.5"), (0.000123, 0.00001, "0.000123"), (3e9, 1e9, "3e+09"),
        (0.0, 1.0, "0.0"), (-1.2e-9, 1e-9, "\u22121.2e\u221209"), (5.0, 0.0, "5.00"),
    ],
)  # fmt: skip
def test_numbers_have_the_digits_that_mean_something(value: float, scale: float, text: str) -> None:
    assert spelled(value, scale) == text


def test_without_names_columns_are_counted() -> None:
    bare = Preparation(1, 3, kind="table")
    assert [f.title for f in features_of(bare)] == ["column 1", "column 2", "column 3"]


def test_a_column_that_only_looks_like_a_category_is_a_number() -> None:
    made = Preparation(1, 3, kind="table", names=("a=b", "c", "a=d"))
    assert [f.title for f in features_of(made)] == ["a=b", "c", "a=d"]


def test_the_numbers_of_a_header_are_the_axis_of_a_signal(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    header = ",".join(str(400 + 5 * i) for i in range(30))
    lines = [",".join(f"{v:.4f}" for v in rng.normal(size=30).cumsum()) for _ in range(20)]
    data = table(tmp_path, "\n".join([header, *lines]) + "\n", "signals")
    np.testing.assert_array_equal(positions_of(data.preparation), 400 + 5 * np.arange(30))
    again = open_dataset(tmp_path / "t.csv", preparation=data.preparation)
    assert again.preparation == data.preparation
    np.testing.assert_array_equal(positions_of(Preparation(1, 4, kind="signals")), np.arange(4))


@pytest.mark.parametrize("names", [("a", "b"), ("1", "3", "2"), ("1", "inf"), ("7",), ()])
def test_what_is_no_axis_is_none(names: tuple[str, ...]) -> None:
    assert axis_of(names) == ()
