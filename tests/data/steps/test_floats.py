"""explorer.data.steps.floats: what is missing or the same, said at each limit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.data import raw
from explorer.data.dataset import Preparation
from explorer.data.layout import Layout
from explorer.data.raw import Arrays, Held, Part
from explorer.data.steps import floats
from explorer.data.steps.floats import (
    LARGEST_VALUE,
    ColumnStatistics,
    Values,
    column_name,
    column_statistics,
    constant_columns,
    filled,
    matched_values,
    measured,
    require_values,
)
from explorer.data.steps.splitting import digests_of
from explorer.errors import DataError
from explorer.task import NO_TASK, Task
from tests.data.makers import sentence

NAMES = tuple("abcdefg")


def survey(present: list[int], same: tuple[int, ...] = ()) -> ColumnStatistics:
    """Of columns from 0 to 1, those that are the ``same`` at 0."""
    d = len(present)
    high = np.ones(d)
    high[list(same)] = 0.0
    return ColumnStatistics(np.zeros(d), high, np.zeros(d), np.array(present))


def test_nothing_missing_is_nothing_said() -> None:
    assert require_values(survey([10, 10]), 10, NAMES[:2], "here") == []


def test_gaps_are_counted_and_named() -> None:
    one = require_values(survey([9, 10]), 10, NAMES[:2], "here")
    assert one == ["1 missing value is filled with the mean: the column 'a' 1"]
    said = require_values(survey([8, 10, 7]), 10, NAMES[:3], "here")[0]
    assert said.startswith("5 missing values are filled with the mean: ")
    assert " 2" in said and " 3" in said and "'b'" not in said


@pytest.mark.parametrize(
    ("columns", "more"), [(4, ""), (5, "1 more column"), (7, "3 more columns")]
)
def test_four_columns_are_named_and_the_rest_counted(columns: int, more: str) -> None:
    said = require_values(survey([9] * columns), 10, NAMES[:columns], "here")[0]
    assert said.endswith(f" and {more}" if more else " 1") and said.count("column '") == 4


@pytest.mark.parametrize(("present", "fits"), [(5, True), (4, False), (0, False)])
def test_a_column_of_which_more_than_half_is_missing_is_refused(
    present: int, *, fits: bool
) -> None:
    found = survey([10, present, 9])
    if fits:
        assert require_values(found, 10, NAMES[:3], "here")
        return
    with pytest.raises(DataError) as caught:
        require_values(found, 10, NAMES[:3], "here")
    sentence(caught.value)
    held = f"{present} values" if present else "no values"
    assert f"holds {held} in 10 rows" in str(caught.value)


def test_columns_that_say_nothing_are_named() -> None:
    assert constant_columns(survey([9] * 3), NAMES[:3]) == []
    assert constant_columns(survey([9] * 3, (1,)), NAMES[:3]) == [
        "the same value in all rows of 'b'"
    ]
    four = constant_columns(survey([9] * 7, (0, 1, 2, 3)), NAMES)
    assert four == ["the same value in all rows of 'a', 'b', 'c', 'd'"]
    six = constant_columns(survey([9] * 7, (0, 1, 2, 3, 4, 5)), NAMES)
    assert six == ["the same value in all rows of 'a', 'b', 'c', 'd' and 2 more"]


@pytest.mark.parametrize(
    ("same", "verb"), [((2,), "1 of 3 values is"), ((0, 2), "2 of 3 values are")]
)
def test_values_without_names_are_counted(same: tuple[int, ...], verb: str) -> None:
    assert constant_columns(survey([9] * 3, same), ()) == [f"{verb} the same in all samples"]


RANDOM = np.random.default_rng(0)
TRAIN, TEST = RANDOM.normal(5, 3, (31, 6)), RANDOM.normal(-5, 1, (9, 6))
TRAIN[3, 1] = TRAIN[4, 5] = TEST[2, 1] = np.nan
TRAIN[:, 4] = TEST[:, 4] = 7.25  # nothing is learned from it
ALL = np.concatenate([TRAIN, TEST])


@pytest.fixture(params=[1, 400, 1 << 22])
def table(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Values:
    """Two parts of a table with gaps, read in blocks of one row, of some, of all."""
    monkeypatch.setattr(raw, "BLOCK", request.param)
    parts = tuple(Part(Held.of(x, n, "here")) for x, n in ((TRAIN, "train"), (TEST, "test")))
    arrays = Arrays(parts, columns=NAMES[:6])
    return Values(arrays, Layout("table", (1, 6, 1), "flat"))


def test_values_come_in_order_and_say_how_far_they_are(table: Values) -> None:
    told: list[tuple[float | None, str]] = []
    task = Task(lambda share, text: told.append((share, text)), interval=0.0)
    starts, blocks = zip(*table.blocks(task, "reading"), strict=True)
    np.testing.assert_array_equal(np.concatenate(blocks), ALL)
    assert list(starts) == np.cumsum([0, *map(len, blocks[:-1])]).tolist() and len(table) == 40
    assert [share for share, _ in told] == [
        (s + len(b)) / 40 for s, b in zip(starts, blocks, strict=True)
    ]
    assert told[-1][1] == "reading test, 40 of 40 samples" and "train" in told[0][1]


def test_one_look_finds_what_numpy_finds(table: Values) -> None:
    found = column_statistics(table, NO_TASK)
    np.testing.assert_array_equal(found.low, np.nanmin(ALL, axis=0))
    np.testing.assert_array_equal(found.high, np.nanmax(ALL, axis=0))
    np.testing.assert_allclose(found.mean, np.nanmean(ALL, axis=0), rtol=1e-12)
    assert found.present.tolist() == [40, 38, 40, 40, 40, 39]
    assert bytes(found.digests) == digests_of(ALL)


def test_a_column_of_gaps_has_no_values_and_equal_rows_have_equal_digests() -> None:
    other = np.frombuffer(np.uint64(0xFFF8000000000001).tobytes(), np.float64)[0]  # NaN, too
    rows = np.array([[1.0, np.nan], [1.0, other], [3.0, np.nan]])
    arrays = Arrays((Part(Held.of(rows, "x", "")),))
    found = column_statistics(Values(arrays, Layout("table", (1, 2, 1), "flat")), NO_TASK)
    assert found.mean.tolist() == [pytest.approx(5 / 3), 0] and found.present.tolist() == [3, 0]
    digests = bytes(found.digests)
    assert len(digests) == 24 and digests[:8] == digests[8:16] != digests[16:]


@pytest.mark.parametrize("there", [1, 2, 3, 9])
def test_a_mean_is_of_the_values_that_there_are(there: int) -> None:
    rows = np.arange(9.0)[:, None] ** 2 + 5
    rows[there:] = np.nan
    arrays = Arrays((Part(Held.of(rows, "x", "")),))
    found = column_statistics(Values(arrays, Layout("table", (1, 1, 1), "flat")), NO_TASK)
    assert found.mean[0] == pytest.approx(np.nanmean(rows), rel=1e-12)


def test_mean_and_deviation_are_of_the_training_part(table: Values) -> None:
    """Divided by n; a column of equal values has a deviation of 1, so that it stays finite."""
    test = np.arange(40) >= 31
    mean, scale = measured(table, test, column_statistics(table, NO_TASK).mean, NO_TASK)
    np.testing.assert_allclose(mean, np.nanmean(TRAIN, axis=0), rtol=1e-12)
    wanted = np.nanstd(TRAIN, axis=0)
    wanted[4] = 1.0
    np.testing.assert_allclose(scale, wanted, rtol=1e-9)


@pytest.mark.parametrize("there", [0, 1, 2, 3])
def test_a_gap_of_the_training_part_counts_for_nothing(there: int) -> None:
    """Where there is no value at all, the rough mean stays, and a deviation of 1."""
    rows = np.array([[3.0], [5.0], [10.0], [400.0]])
    rows[there:3] = np.nan
    arrays = Arrays((Part(Held.of(rows, "x", "")),))
    table = Values(arrays, Layout("table", (1, 1, 1), "flat"))
    mean, scale = measured(table, np.arange(4) == 3, np.array([4.0]), NO_TASK)
    train = rows[:there]
    assert mean[0] == pytest.approx(train.mean() if there else 4.0)
    assert scale[0] == pytest.approx(train.std() if there > 1 else 1.0)


@pytest.mark.parametrize(("spread", "scale"), [(1.1e-6, 1.1e-6), (0.9e-6, 1.0)])
def test_what_differs_by_less_than_a_millionth_is_the_same(spread: float, scale: float) -> None:
    """Of how far the values lie from the rough mean."""
    rows = 7 + np.array([[-spread], [spread]] * 50) * 7
    arrays = Arrays((Part(Held.of(rows, "x", "")),))
    table = Values(arrays, Layout("table", (1, 1, 1), "flat"))
    _, found = measured(table, np.zeros(100, bool), np.zeros(1), NO_TASK)
    assert found[0] == pytest.approx(7 * scale if scale < 1 else 1.0, rel=1e-3)


def test_the_points_of_a_channel_have_one_deviation() -> None:
    """The root of the mean of their variances; a constant point counts as 0, and is not divided by.

    Two channels of three points; the second is constant altogether.
    """
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(50, 3, 2)) * np.array([1.0, 2.0, 0.0])[None, :, None] + 7.0
    rows[:, :, 1] = 3.0
    values = Values(Arrays((Part(Held.of(rows, "x", "")),)), Layout("signals", (1, 3, 2), "lc"))
    test = np.arange(50) >= 40
    rough = column_statistics(values, NO_TASK).mean
    mean, scale = measured(values, test, rough, NO_TASK, 2)
    train = rows[:40].reshape(40, 6)
    np.testing.assert_allclose(mean, train.mean(axis=0))
    one = np.sqrt(rows[:40, :, 0].var(axis=0).mean())
    np.testing.assert_allclose(scale, [one, 1.0] * 3)
    alone, each = measured(values, test, rough, NO_TASK)
    np.testing.assert_allclose(alone, mean)
    np.testing.assert_allclose(each[::2], [*rows[:40, :2, 0].std(axis=0), 1.0])


def test_a_mean_far_from_zero_costs_no_digits() -> None:
    values = 1e9 + np.array([[0.0], [1.0], [2.0], [3.0]])
    arrays = Arrays((Part(Held.of(values, "x", "")),))
    table = Values(arrays, Layout("table", (1, 1, 1), "flat"))
    mean, scale = measured(table, np.zeros(4, bool), np.array([1e9]), NO_TASK)
    assert mean[0] == 1e9 + 1.5 and scale[0] == pytest.approx(np.sqrt(1.25), rel=1e-12)


def kept(**more: object) -> Preparation:
    parts: dict[str, object] = {"centre": (1.0,) * 6, "scale": (2.0,) * 6}
    return Preparation(1, 6, levels=1, kind="table", **{**parts, **more})  # type: ignore[arg-type]


def test_rows_are_standardised_and_gaps_are_the_mean(table: Values) -> None:
    found = filled(table, kept(), "here", NO_TASK)
    assert found.dtype == np.float32 and found.shape == (40, 1, 6, 1)
    np.testing.assert_array_equal(found[:, 0, :, 0], np.nan_to_num((ALL - 1) / 2).astype("f4"))


def test_values_far_from_the_preparation_are_refused(table: Values) -> None:
    with pytest.raises(DataError, match="far from those that the preparation was made for"):
        filled(table, kept(scale=(1e-31,) * 6), "here", NO_TASK)


def test_room_is_asked_for(table: Values, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four bytes for each value of each sample."""
    asked: list[tuple[int, str]] = []
    monkeypatch.setattr(floats, "require_memory", lambda n, where: asked.append((n, where)))
    filled(table, kept(), "here", NO_TASK)
    assert asked == [(40 * 6 * 4, "here")]


def test_the_largest_value_is_taken() -> None:
    arrays = Arrays((Part(Held.of(np.full((2, 6), LARGEST_VALUE), "x", "")),))
    values = Values(arrays, Layout("table", (1, 6, 1), "flat"))
    usual = kept(centre=(0.0,) * 6, scale=(1.0,) * 6)
    assert (filled(values, usual, "here", NO_TASK) == np.float32(LARGEST_VALUE)).all()


BAD = {
    # the kind, the value, and what is said of it
    "a gap in a table": ("table", np.nan, ""),
    "infinity in a table": ("table", np.inf, "NaN or infinity in the column 'c' (here): leave"),
    "the largest": ("table", 1e30, ""),
    "a larger one": ("table", 1.1e30, "the value 1.1e+30 in the column 'c' (here): leave"),
    "a low one": ("table", -1.1e30, "the value -1.1e+30 in the column 'c' (here): leave"),
    "a gap in a signal": ("signals", np.nan, "NaN or infinity (here): correct it, or say --len"),
    "a larger one in a signal": ("signals", 2e30, "the value 2e+30 (here): correct it"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_number_is_named_with_its_place(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, value, said = BAD[case]
    monkeypatch.setattr(raw, "BLOCK", 100)
    rows = np.ones((1500, 6))
    rows[1235, 2] = rows[1300, 0] = value
    arrays = Arrays((Part(Held.of(rows, "x", "here")),), columns=NAMES[:6])
    values = Values(arrays, Layout(kind, (1, 6, 1), "flat" if kind == "table" else "lc"))
    if not said:
        assert len(list(values.blocks(NO_TASK, ""))) == 1500 // 2
        return
    with pytest.raises(DataError) as refused:
        list(values.blocks(NO_TASK, ""))
    assert str(refused.value).startswith(f"sample 1,235 of x holds {said}")


def test_columns_are_found_by_name_in_whatever_order() -> None:
    arrays = Arrays((Part(Held.of(ALL, "x", "here")),), columns=NAMES[:6])
    layout = Layout("table", (1, 6, 1), "flat")
    wanted = Preparation(1, 2, levels=1, kind="table", names=("c", "a"))
    (_, rows), *rest = matched_values(arrays, layout, wanted).blocks(NO_TASK, "")
    np.testing.assert_array_equal(rows, ALL[:, [2, 0]])
    assert not rest and matched_values(arrays, layout, None).match is None
    with pytest.raises(DataError, match="there is no column 'z' to read"):
        matched_values(arrays, layout, replace(wanted, names=("z", "a")))
    whole = replace(arrays, columns=NAMES[1:6])  # a guess took the first away
    whole = replace(whole, complete=lambda names: replace(arrays, columns=(*names, *"defg")))
    found = matched_values(whole, Layout("table", (1, 5, 1), "flat"), wanted)
    assert found.raw.columns == ("c", "a", *"defg") and found.layout.shape == (1, 6, 1)


@pytest.mark.parametrize(
    ("kind", "columns", "names"),
    [("table", (), ("a", "b")), ("table", ("a", "b"), ()), ("signals", ("a", "b"), ("b", "a"))],
)
def test_columns_without_names_are_taken_in_their_order(
    kind: str, columns: tuple[str, ...], names: tuple[str, ...]
) -> None:
    shape, order = ((1, 2, 1), "flat") if kind == "table" else ((1, 3, 2), "lc")
    rows = np.zeros((4, 2)) if kind == "table" else np.zeros((4, 3, 2))
    arrays = Arrays((Part(Held.of(rows, "x", "here")),), columns=columns)
    kept = Preparation(*shape, levels=1, kind=kind, names=names)
    found = matched_values(arrays, Layout(kind, shape, order), kept)
    assert found.match is None and found.raw is arrays


def test_a_shape_that_does_not_fit_is_refused_unless_signals_can_be_cut() -> None:
    series = np.arange(24.0).reshape(4, 6)
    arrays = Arrays((Part(Held.of(series, "x", "here")),))
    layout = Layout("signals", (1, 6, 1), "lc")
    fits = Preparation(1, 6, levels=1, kind="signals")
    shorter = Preparation(1, 4, levels=1, kind="signals")
    assert matched_values(arrays, layout, fits).layout == layout
    with pytest.raises(DataError, match="samples of 6 x 1 values do not fit a preparation for 4"):
        matched_values(arrays, layout, shorter)
    cut = replace(arrays, of_length=lambda n: Arrays((Part(Held.of(series[:, :n], "x", "")),)))
    (_, rows), *_ = matched_values(cut, layout, shorter).blocks(NO_TASK, "")
    np.testing.assert_array_equal(rows, series[:, :4])
    assert matched_values(cut, layout, fits).raw is cut


def test_a_column_has_a_name_or_a_number() -> None:
    assert [column_name(("a",), j) for j in (0, 1)] == ["the column 'a'", "column 2"]


def test_what_is_the_same_is_the_same_to_the_last_digit() -> None:
    """Named only where there is a name for each."""
    found = survey([9, 9])
    found.high[1] = np.nextafter(found.low[1], 1)
    assert constant_columns(found, NAMES[:2]) == []
    assert constant_columns(survey([9] * 3, (1,)), NAMES[:2])[0].startswith("1 of 3 values is")
