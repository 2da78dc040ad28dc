"""Series of unequal lengths."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.data.choices import EVENED, Choices, ChoiceWanted
from explorer.data.opening import open_dataset
from explorer.data.steps.shapes.lengths import are_uneven, ends_of, evened, refusal
from explorer.errors import DataError
from tests.data import makers

WHOLE = np.random.default_rng(0).normal(size=(20, 40)).round(3)
ENDS = 20 + np.arange(20)
UNEVEN = np.where(np.arange(40) < ENDS[:, None], WHOLE, np.nan)


def text(folder: Path, rows: np.ndarray, *, ragged: bool, label: bool = False) -> Path:
    """Series as text, a class before each if wanted."""
    lines = []
    for i, row in enumerate(rows.tolist()):
        cells = [str(v) for v in row if not (ragged and v != v)]
        lines.append("\t".join([str(1 + i % 2)] * label + cells))
    path = folder / "a.tsv"
    path.write_text("\n".join(lines))
    return path


def test_ends_and_what_is_uneven() -> None:
    np.testing.assert_array_equal(ends_of(UNEVEN), ENDS)
    np.testing.assert_array_equal(ends_of(np.stack([UNEVEN, WHOLE * UNEVEN], 2)), ENDS)
    inside = UNEVEN.copy()
    inside[3, 4] = np.nan
    assert are_uneven(UNEVEN)
    assert not any(map(are_uneven, (WHOLE, inside, UNEVEN[:, :22])))


@pytest.mark.parametrize("axes", [2, 3])
def test_padded_with_the_last_value_or_cut(axes: int) -> None:
    values = UNEVEN if axes == 2 else np.stack([UNEVEN, -UNEVEN], 2)
    cut, padded = evened(values, "cut", ""), evened(values, "pad", "")
    np.testing.assert_array_equal(cut.values, values[:, :20])
    assert cut.said == ("signals of 20 to 39 values are cut to 20",)
    assert padded.values.shape[1] == 39 and np.isfinite(padded.values).all()
    for i, end in enumerate(ENDS):
        np.testing.assert_array_equal(padded.values[i, :end], values[i, :end])
        assert (padded.values[i, end:] == values[i, end - 1]).all()


def test_to_a_length_that_is_wanted() -> None:
    found = evened(UNEVEN, "pad", "", 30)
    assert found.values.shape == (20, 30) and np.isfinite(found.values).all()
    assert "cut to 30 or padded to 30" in found.said[0]
    assert evened(WHOLE, "pad", "").said == ()


@pytest.mark.parametrize("of", ["npy", "tsv", "ragged", "labelled"])
def test_a_choice_is_needed_and_holds_for_other_data(of: str, tmp_path: Path) -> None:
    def saved(rows: np.ndarray) -> Path:
        if of == "npy":
            return makers.npy(tmp_path, rows)
        return text(tmp_path, rows, ragged=of == "ragged", label=of == "labelled")

    path = saved(UNEVEN)
    with pytest.raises(DataError, match="--lengths pad") as refused:
        open_dataset(path)
    makers.sentence(refused.value)
    choices = Choices(lengths="pad")
    data = open_dataset(path, choices=choices)
    assert data.kind == "signals" and data.x.shape == (20, 1, 39, 1)
    shorter = open_dataset(saved(UNEVEN[:9]), choices=choices, preparation=data.preparation)
    np.testing.assert_array_equal(shorter.x, data.x[:9])
    assert open_dataset(saved(UNEVEN), choices=Choices(lengths="cut")).x.shape[2] == 20


def test_parts_of_different_lengths(tmp_path: Path) -> None:
    path = makers.npz(tmp_path, x_train=WHOLE, x_test=WHOLE[:5, :30] + 1)
    with pytest.raises(DataError, match="different shapes"):
        open_dataset(path)
    for how, length in (("pad", 40), ("cut", 30)):
        data = open_dataset(path, choices=Choices(lengths=how))
        assert data.x.shape == (25, 1, length, 1) and data.test.sum() == 5


def test_rows_of_nothing_are_refused(tmp_path: Path) -> None:
    rows = UNEVEN.copy()
    rows[4] = np.nan
    with pytest.raises(DataError, match="row 5 holds 0 values"):
        open_dataset(makers.npy(tmp_path, rows), choices=Choices(lengths="cut"))


def ending(*ends: int, length: int = 30) -> np.ndarray:
    """A row of 1, 2, 3 .. for each, with a gap after so many values."""
    rows = np.tile(np.arange(1.0, length + 1), (len(ends), 1))
    rows[np.arange(length) >= np.array(ends)[:, None]] = np.nan
    return rows


def test_ends_are_behind_the_last_value_of_any_channel() -> None:
    rows = ending(0, 1, 29, 30)
    assert ends_of(rows).tolist() == [0, 1, 29, 30]
    two = np.stack([ending(5, 9), ending(7, 2)], axis=2)
    assert ends_of(two).tolist() == [7, 9]


@pytest.mark.parametrize(
    ("rows", "uneven"),
    [
        (ending(30, 28), True),
        (ending(28, 20, 25), True),
        (ending(30, 30), False),
        (ending(28, 28), False),  # all end at one place
        (ending(30, 29), False),  # the last value is missing
        (ending(29, 28), True),
        (ending(24, 22, length=24), True),
        (ending(23, 21, length=23), False),  # rows of a table
    ],
)
def test_rows_are_series_that_end_at_different_places(rows: np.ndarray, *, uneven: bool) -> None:
    assert are_uneven(rows) == uneven
    if uneven:
        rows[0, 3] = np.nan
        assert not are_uneven(rows)


@pytest.mark.parametrize(
    ("ends", "how", "length", "said"),
    [
        ((30, 30), "pad", 30, ""),
        ((28, 28), "pad", 28, ""),
        ((28, 30), "pad", 30, "signals of 28 to 30 values are padded to 30 with their last value"),
        ((28, 30), "cut", 28, "signals of 28 to 30 values are cut to 28"),
        ((28, 29), "pad", 29, "signals of 28 to 29 values are padded to 29 with their last value"),
    ],
)
def test_what_is_done_is_said(ends: tuple[int, ...], how: str, length: int, said: str) -> None:
    found = evened(ending(*ends), how, "here")
    assert found.values.shape == (len(ends), length) and found.said == ((said,) if said else ())


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (35, "signals of 30 values are padded to 35 with their last value"),
        (25, "signals of 30 values are cut to 25"),
        (30, ""),
    ],
)
def test_a_length_that_is_wanted_is_made_of_any(wanted: int, said: str) -> None:
    found = evened(ending(30, 30), "cut", "here", wanted)
    assert found.values.shape == (2, wanted) and found.said == ((said,) if said else ())
    assert (found.values[:, min(wanted, 30) :] == 30).all()


def test_a_row_of_one_value_is_no_signal() -> None:
    with pytest.raises(DataError, match=r"row 2 holds 1 value .here.: leave rows out"):
        evened(ending(30, 1, 5), "pad", "here")
    assert evened(ending(30, 2), "pad", "here").values[1].tolist() == [1.0] + [2.0] * 29


def test_a_table_is_offered_where_its_columns_are_half_filled() -> None:
    half = refusal(ending(30, 30, 20, 20), "here")
    assert "from 20 to 30 values" in str(half) and "--kind table to fill the gaps" in str(half)
    assert isinstance(half, ChoiceWanted) and half.ways[-1] == Choices(kind="table")
    less = refusal(ending(30, 20, 20), "here")
    assert isinstance(less, ChoiceWanted) and less.ways == EVENED and "table" not in str(less)
