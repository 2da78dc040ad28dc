"""Labels, row numbers, names of samples and dates; and the columns that look like them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from explorer.data.choices import ChoiceRefused, Choices
from explorer.data.dataset import Dataset
from explorer.data.opening import describe, open_dataset

RANDOM = np.random.default_rng(0)
N = 60
REALS = RANDOM.normal(size=(N, 30)).round(3)
WAVES = (np.sin(np.arange(40) / 5 + RANDOM.random((N, 1)) * 6)).round(4)
TWO, THREE, MANY = np.arange(N) % 2, np.arange(N) % 3, RANDOM.permutation(N) + 20
LARGE = RANDOM.permutation(10**6)[:N] + 842_000


def saved(folder: Path, *columns: object, names: Sequence[str] = (), suffix: str = ".csv") -> Path:
    """A table of columns (N,) or (N, d), under these names if any."""
    rows = [
        [str(v) for cell in row for v in np.atleast_1d(cell).tolist()]
        for row in zip(*columns, strict=True)  # type: ignore[call-overload]
    ]
    path = folder / f"a{suffix}"
    path.write_text("\n".join(",".join(row) for row in [*([names] if names else []), *rows]))
    return path


def opened(path: Path, **chosen: object) -> Dataset:
    choices = Choices(**chosen)  # type: ignore[arg-type]
    data = open_dataset(path, choices=choices)
    assert set(describe(path, choices=choices).warnings) <= set(data.warnings)
    return data


LABELS = {
    "last under a name": ([REALS[:, :2], TWO], ["glucose", "bmi", "Outcome"], "Outcome"),
    "last under any name": ([REALS[:, :2], THREE], ["a", "b", "finding"], "finding"),
    "beside whole numbers": ([MANY, REALS[:, 0], TWO], ["a", "b", "outcome"], "outcome"),
    "texts": ([np.array(list("MB"))[TWO], REALS[:, :2]], ["diagnosis", "a", "b"], "diagnosis"),
    "of another word": ([TWO, REALS[:, :2]], ["tumour_class", "a", "b"], "tumour_class"),
    "last": ([REALS[:, :4], THREE], [], "column 5"),
    "last as reals": ([REALS[:, :4], THREE + 1.0], [], "column 5"),
    "first": ([THREE, REALS[:, :9]], [], "column 1"),
    "first of signs": ([2 * TWO - 1, REALS[:, :9]], [], "column 1"),
    "first of a series": ([np.where(TWO, 7, 3), REALS], [], "column 1"),
    "first of texts": ([np.array(list("abc"))[THREE], REALS[:, :9]], [], "column 1"),
    "grades": ([REALS[:, :4], THREE + 3], [*"abcd", "quality"], "quality"),
    "booleans": ([REALS[:, :2], TWO == 1], ["a", "b", "flag"], "flag"),
}  # fmt: skip


@pytest.mark.parametrize("case", LABELS)
def test_labels(case: str, tmp_path: Path) -> None:
    columns, names, label = LABELS[case]
    data = opened(saved(tmp_path, *columns, names=names))
    assert len(data.classes) in (2, 3) and label not in data.preparation.names
    assert any(f"the labels are taken from the column {label!r}" in w for w in data.warnings)
    plain = opened(tmp_path / "a.csv", label="none")
    assert plain.labels is None
    assert any(name.split("=")[0] == label for name in plain.preparation.names)


FEATURES = {
    "an age in front": ([RANDOM.integers(18, 25, N), REALS[:, :9]], ["age", *"abcdefghi"]),
    "an age in front without a name": ([RANDOM.integers(18, 25, N), REALS[:, :9]], []),
    "a count before few reals": ([RANDOM.integers(0, 6, N), REALS[:, :3]], []),
    "a count behind": ([REALS[:, :4], RANDOM.integers(1, 6, N)], [*"abcd", "bedrooms"]),
    "numbers not in order": ([REALS[:, :4], RANDOM.choice([1, 2, 4, 8], N)], list("abcde")),
    "whole numbers": ([RANDOM.integers(0, 17, (N, 9)), RANDOM.integers(0, 10, N)], []),
    "places": ([REALS[:, :3]], ["x", "y", "z"]),
    "numbered days": ([np.arange(N), REALS[:, :2]], ["day", "a", "b"]),
    "a time in seconds": ([np.arange(N) / 2, REALS[:, :2]], ["time", "a", "b"]),
    "an acid": ([MANY, REALS[:, :2]], ["citric_acid", "a", "b"]),
    "few stores": ([THREE, REALS[:, :2]], ["store_id", "a", "b"]),
    "large numbers": ([LARGE, REALS[:, :2]], ["population", "a", "b"]),
}  # fmt: skip


@pytest.mark.parametrize("case", FEATURES)
def test_what_stays_a_feature(case: str, tmp_path: Path) -> None:
    columns, names = FEATURES[case]
    data = opened(saved(tmp_path, *columns, names=names))
    width = sum(np.atleast_2d(np.transpose(c)).shape[0] for c in columns)
    assert data.labels is None and data.preparation.features == width
    assert not any("left out" in w or "taken" in w for w in data.warnings)


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer", "diabetes", "digits"])
def test_features_of_well_known_tables_stay(name: str, tmp_path: Path) -> None:
    from sklearn import datasets

    found = getattr(datasets, f"load_{name}")()
    named = opened(saved(tmp_path, found.data, names=list(map(str, found.feature_names))))
    plain = opened(saved(tmp_path, found.data))
    for data in (named, plain):
        assert data.labels is None and data.preparation.features == found.data.shape[1]
    names = [*map(str, found.feature_names), "target"]
    with_target = opened(saved(tmp_path, found.data, found.target, names=names), kind="table")
    assert with_target.preparation.names == tuple(names[:-1])
    assert (with_target.labels is None) is (name == "diabetes")


def test_classes_among_whole_numbers_are_a_hint_and_a_choice(tmp_path: Path) -> None:
    counts = RANDOM.integers(0, 17, (N, 9))
    path = saved(tmp_path, counts, np.arange(N) % 10)
    said = opened(path).warnings
    assert said == (
        "'column 10' of 10 whole numbers may be the label; --label 'column 10' takes it",
    )
    for word in ("column 10", "10"):
        data = opened(path, label=word)
        assert len(data.classes) == 10 and data.preparation.features == 9 and not data.warnings


def test_a_target_of_many_numbers_is_no_class(tmp_path: Path) -> None:
    path = saved(tmp_path, REALS[:, :2], MANY, names=["a", "b", "target"])
    data = opened(path)
    assert data.labels is None and data.preparation.names == ("a", "b")
    assert "60 different numbers, too many for classes" in data.warnings[0]
    assert len(opened(path, label="target").classes) == N
    assert opened(path, label="none").preparation.names == ("a", "b", "target")


ASIDE = {
    "row numbers": (np.arange(N), "", "row numbers"),
    "shuffled row numbers": (RANDOM.permutation(N), "", "row numbers"),
    "numbers of a part": (LARGE, "", "row numbers"),
    "an unnamed index": (np.arange(N), "Unnamed: 0", "numbers the rows"),
    "an id": (np.arange(N) + 1, "PassengerId", "numbers the rows"),
    "a shuffled id": (MANY, "id", "numbers the rows"),
    "long numbers": (LARGE, "id", "names of the samples"),
    "repeated names": (LARGE[np.arange(N) % 40], "patient_id", "names of the samples"),
    "uuids": ([f"{i:08x}-1234-4abc-8def-{i:012x}" for i in LARGE], "uuid", "names of the samples"),
    "names in front": ([f"name {i}" for i in range(N)], "country", "names of the samples"),
    "dates": ([f"2024-01-{1 + i % 28:02d}" for i in range(N)], "when", "dates"),
    "different dates": (
        [f"2024-{1 + i // 28:02d}-{1 + i % 28:02d}" for i in range(N)],
        "",
        "dates",
    ),
    "german dates": ([f"{1 + i % 28:02d}.03.2024" for i in range(N)], "Datum", "dates"),
    "few dates": ([f"3/{1 + i % 2}/2024" for i in range(N)], "when", "dates"),
    "seconds since 1970": (1_700_000_000 + 60 * np.arange(N), "timestamp", "dates"),
    "a split": (np.array(["train", "test"])[TWO].tolist(), "split", "training from test samples"),
    "a public split": (
        np.array(["Training", "PublicTest", "PrivateTest"])[THREE].tolist(),
        "Usage",
        "training from test samples",
    ),
    "gaps": ([""] * N, "Unnamed: 32", "holds no values"),
    "dates as numbers": (20240101 + np.arange(N) % 28, "date", "dates"),
}


@pytest.mark.parametrize("case", ASIDE)
def test_what_is_no_feature(case: str, tmp_path: Path) -> None:
    column, name, said = ASIDE[case]
    path = saved(tmp_path, column, REALS[:, :2], names=[name, "a", "b"])
    data = opened(path)
    assert data.preparation.names == ("a", "b")
    assert len(data.warnings) == 1 and said in data.warnings[0]
    if isinstance(column, np.ndarray):
        kept = opened(path, drop=("none",))
        assert kept.preparation.features == 3 and not kept.warnings
        again = open_dataset(path, preparation=kept.preparation)
        np.testing.assert_array_equal(again.x, kept.x)  # a model that learned it finds it


@pytest.mark.parametrize("column", [np.arange(N), LARGE])
def test_numbers_in_front_of_a_table_without_names(column: np.ndarray, tmp_path: Path) -> None:
    data = opened(saved(tmp_path, column, np.array(list("MB"))[TWO], REALS[:, :9], suffix=".data"))
    assert data.classes == ("B", "M") and data.preparation.features == 9


def test_columns_are_dropped_by_name_and_number(tmp_path: Path) -> None:
    path = saved(tmp_path, REALS[:, :4], names=list("abcd"))
    assert opened(path, drop=("b", "4")).preparation.names == ("a", "c")
    for choices in (Choices(drop=("e",)), Choices(label="e")):
        with pytest.raises(ChoiceRefused):
            open_dataset(path, choices=choices)


def test_a_label_in_front_of_alike_values_makes_signals(tmp_path: Path) -> None:
    path = saved(tmp_path, 2 * TWO - 1, WAVES)
    data = opened(path)
    assert data.kind == "signals" and data.x.shape == (N, 1, 40, 1) and data.classes == ("-1", "1")
    table = opened(path, kind="table")
    assert table.kind == "table" and len(table.preparation.names) == 40
    bare = tmp_path / "bare.csv"
    bare.write_text("\n".join(",".join(map(str, row)) for row in WAVES.tolist()))
    again = open_dataset(bare, preparation=data.preparation)
    np.testing.assert_array_equal(again.x, data.x)


def test_without_names_the_order_of_columns_tells(tmp_path: Path) -> None:
    data = opened(saved(tmp_path, THREE, REALS[:, :9]))
    bare = tmp_path / "bare.csv"
    bare.write_text("\n".join(",".join(map(str, row)) for row in REALS[:, :9].tolist()))
    np.testing.assert_array_equal(open_dataset(bare, preparation=data.preparation).x, data.x)


@pytest.mark.parametrize("gaps", [1, 3])
def test_separators_at_the_ends_of_rows_are_no_columns(gaps: int, tmp_path: Path) -> None:
    blanks = [np.full(N, "")] * gaps
    plain = open_dataset(saved(tmp_path, REALS[:, :3], *blanks))
    assert plain.preparation.names == ("column 1", "column 2", "column 3")
    below = open_dataset(saved(tmp_path, REALS[:, :3], *blanks, names=[*"abc", *[""] * gaps]))
    assert below.preparation.names == ("a", "b", "c")
