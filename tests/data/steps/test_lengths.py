"""Series of unequal lengths."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.data.choices import Choices
from explorer.data.opening import open_dataset
from explorer.data.steps.lengths import are_uneven, ends_of, evened
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
