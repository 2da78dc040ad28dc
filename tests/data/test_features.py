"""Features have names, units and values in the units of the file, in the order of the data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.data.choices import Choices
from explorer.data.dataset import Preparation
from explorer.data.features import (
    Feature,
    axis_of,
    features_of,
    largest,
    positions_of,
    spelled,
    told,
)
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


NUMBER = Feature("speed", 2, "m/s", (), (290.0,), (2.5,))
REGION = Feature("region", 1, "", ("a", "b", "c"), (0.5, 0.25, 0.25), (0.5, 0.4, 0.4))


def test_a_feature_says_what_is_usual() -> None:
    assert NUMBER.usual == "290.0 \u00b1 2.5 m/s"
    assert Feature("n", 0, "", (), (-1.0,), (2.0,)).usual == "\u22121.0 \u00b1 2.0"
    assert REGION.usual == "a, b, c"
    assert (NUMBER.columns, REGION.columns) == (slice(2, 3), slice(1, 4))
    assert (NUMBER.title, REGION.title) == ("speed (m/s)", "region")


@pytest.mark.parametrize(
    ("shares", "told_so"),
    [
        ((0.0, 0.995, 0.005), "b"),
        ((0.0, 0.99, 0.0), "b 0.99"),
        ((0.2, 0.1, 0.0), "a 0.20"),
        ((0.0, 0.0, 0.0), "\u2013"),
        ((-0.2, -0.1, -0.3), "b \u22120.10"),
        ((0.0, -0.1, -0.3), "a 0.00"),
    ],
)
def test_a_share_of_a_category(shares: tuple[float, ...], told_so: str) -> None:
    assert REGION.told(np.array([9.0, *shares])) == told_so


def test_where_a_value_lies() -> None:
    """A number in standard deviations; the first category at -2 and the last at 2."""
    row = np.array([0.0, 1.5, -0.75])
    assert NUMBER.place(row) == -0.75
    for best, place in enumerate((-2.0, 0.0, 2.0)):
        shares = np.full(3, 0.3)
        shares[best] = 0.31
        unit = (shares - REGION.centres) / REGION.scales
        assert REGION.place(np.array([9.0, *unit])) == place


@pytest.mark.parametrize(
    ("value", "scale", "text"),
    [
        (float("nan"), 1.0, "\u2013"), (float("inf"), 1.0, "\u2013"), (1234.5, 100.0, "1,234"),
        (1234.56, 9.0, "1,234.6"), (9_999_999.0, 1e3, "9,999,999"), (1e7, 1e3, "1e+07"),
        (0.123456, 1e-4, "0.12346"), (0.123456, 9e-5, "0.1235"), (-0.0, 1.0, "0.0"),
        (-1e7, 1.0, "\u22121e+07"), (0.05, 0.0, "0.05"), (1.0, -1.0, "1.00"),
    ],
)  # fmt: skip
def test_digits_at_their_limits(value: float, scale: float, text: str) -> None:
    assert spelled(value, scale) == text


MANY = Preparation(
    1, 18, kind="table", names=("mass (kg)", *(f"c{i}" for i in range(17))),
    centre=(1.0,) * 18, scale=(2.0,) * 18,
)  # fmt: skip


def test_a_row_is_told_up_to_sixteen_features() -> None:
    said = told(MANY, np.arange(18, dtype=np.float32))
    assert said[:2] == ["mass: 1.0 kg", "c0: 3.0"] and len(said) == 17
    assert said[-1] == "and 2 more"
    assert len(told(MANY, np.zeros(18, np.float32), 18)) == 18


def test_the_largest_weights_are_named_with_their_sign() -> None:
    weights = np.zeros(18)
    weights[[3, 4, 5, 6, 7, 8]] = 0.5, -0.75, 0.25, -0.25, 0.1, 0.05
    assert largest(MANY, weights) == (
        "\n\u22120.75 c3\n+0.50 c2\n+0.25 c4\n\u22120.25 c5\n+0.10 c6"
    )
    assert largest(Preparation(1, 18, kind="table"), weights) == ""


def test_texts_and_numbers_have_the_statistics_of_their_columns() -> None:
    names = ("a=x", "a=y", "n", "b=only", "c=1=2", "c=3")
    numbers = tuple(float(i) for i in range(6))
    made = Preparation(1, 6, kind="table", names=names, centre=numbers, scale=numbers[::-1])
    found = features_of(made)
    assert [(f.name, f.start, f.categories) for f in found] == [
        ("a", 0, ("x", "y")), ("n", 2, ()), ("b=only", 3, ()), ("c", 4, ("1=2", "3")),
    ]  # fmt: skip
    assert [f.centres for f in found] == [(0.0, 1.0), (2.0,), (3.0,), (4.0, 5.0)]
    assert [f.scales for f in found] == [(5.0, 4.0), (3.0,), (2.0,), (1.0, 0.0)]


@pytest.mark.parametrize("names", [("1", "2"), ("3.5", "2"), ("-1", "0", "1e3")])
def test_an_axis_rises_or_falls(names: tuple[str, ...]) -> None:
    assert axis_of(names) == tuple(map(float, names))


@pytest.mark.parametrize("names", [("1", "1", "2"), ("2", "1", "1"), ("nan", "1"), ("1", "x")])
def test_an_axis_never_stands_still(names: tuple[str, ...]) -> None:
    assert axis_of(names) == ()


def test_positions_need_one_for_each_value() -> None:
    made = Preparation(1, 2, kind="signals", axis=(400.0, 405.0))
    assert positions_of(made).tolist() == [400, 405]
