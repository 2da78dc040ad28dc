"""One thing is, two things are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.analysis.applications.anomalies import odd_ones
from explorer.cli import main
from explorer.data.opening import open_dataset
from explorer.data.words.wording import columns, few, many, quoted
from explorer.errors import DataError
from tests.data import makers
from tests.data.makers import pixels


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 cats are"), (1, "1 cat is"), (2, "2 cats are"), (9999, "9,999 cats are")],
)
def test_many(count: int, said: str) -> None:
    assert many(count, "cat is", "cats are") == said


def clear(i: int) -> bytes:
    """A PNG with transparent pixels."""
    picture = pixels(9, 9, 4, seed=i)
    return makers.png(picture)


@pytest.mark.parametrize(("count", "said"), [(1, "1 picture is transp"), (2, "2 pictures are tra")])
def test_pictures_are_counted_in_good_english(count: int, said: str, tmp_path: Path) -> None:
    for i in range(5):
        data = clear(i) if i < count else makers.png(pixels(9, 9, 3, seed=i))
        (tmp_path / f"{i}.png").write_bytes(data)
    assert any(w.startswith(said) for w in open_dataset(tmp_path).warnings)


def test_one_of_each(tmp_path: Path) -> None:
    """A broken file, a file of another kind, a repeated sample, a label of nobody."""
    folder = tmp_path / "p"
    folder.mkdir()
    for i in range(5):
        (folder / f"{i}.png").write_bytes(makers.png(pixels(9, 9, seed=max(i, 1))))
    (folder / "cut.png").write_bytes(makers.png(pixels(9, 9))[:40])
    (folder / "z.psd").write_bytes(b"8BPS")
    said = open_dataset(folder).warnings
    assert "1 of 6 pictures cannot be read and is left out (cut.png)" in said
    assert "1 file of a kind that is not read is left out (.psd)" in said
    assert "1 sample repeats another exactly: equal pictures stay on one side of the split" in said
    y = np.r_[-1, np.arange(9) % 3]
    said = open_dataset(makers.npz(tmp_path, x=pixels(10, 9, 9), y=y)).warnings
    assert "1 sample with the label -1 is taken as unlabelled" in said


def test_few() -> None:
    assert few(["a", "b"]) == "a, b" and few([]) == ""
    assert few([str(i) for i in range(500)], 3) == "0, 1, 2 and 497 more"


def test_many_classes_stay_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    x, y = makers.pixels(1000, 8, 8), np.arange(1000) % 500
    path = makers.npz(tmp_path, x=x, y=y)
    with pytest.raises(DataError, match="and 488 more"):
        odd_ones(open_dataset(path), ["none of them"])
    assert main(["inspect", str(path)]) == 0
    out = capsys.readouterr().out
    assert "and 480 more" in out and max(map(len, out.splitlines())) < 200


@pytest.mark.parametrize(
    ("n", "said"), [(0, ""), (1, "0"), (6, "0, 1, 2, 3, 4, 5"), (7, "0, 1, 2, 3, 4, 5 and 1 more")]
)
def test_six_are_few(n: int, said: str) -> None:
    assert few([str(i) for i in range(n)]) == said


def test_columns_are_quoted_up_to_four() -> None:
    assert quoted(["a", "it's"]) == """'a', "it's\""""
    assert quoted(list("abcde")) == "'a', 'b', 'c', 'd' and 1 more"
    assert columns(["a"], "holds", "hold") == "the column 'a' holds"
    assert columns(["a", "b"], "holds", "hold") == "the columns 'a', 'b' hold"
