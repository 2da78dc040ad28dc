"""The user's word on arrays: the label, the columns, the axis of the samples."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.data.choices import ChoiceRefused, Choices, ChoiceWanted
from explorer.data.opening import describe, open_dataset
from explorer.data.raw import Arrays, Held, Part, Source
from explorer.data.steps.shapes.picking import along, is_column, picked
from explorer.errors import DataError
from tests.data import makers
from tests.data.makers import pixels

X = pixels(60, 9, 9)
TWO, THREE, REAL = np.arange(60) % 2, np.arange(60) % 3, np.random.default_rng(0).random(60)
TABLE = np.random.default_rng(0).normal(size=(60, 5))


def test_the_first_of_several_labels_is_taken_and_said(tmp_path: Path) -> None:
    path = makers.npz(tmp_path, x=X, weight=REAL, species=THREE, site=TWO)
    data = open_dataset(path)
    assert len(data.classes) == 3
    assert data.warnings == (
        "the labels are taken from species; --label site says otherwise",
        "weight is not read",
    )
    assert tuple(describe(path).warnings) == data.warnings
    for word, count in (("site", 2), ("SPECIES", 3), ("none", 0), ("weight", 0)):
        assert len(open_dataset(path, choices=Choices(label=word)).classes) == count
    with pytest.raises(ChoiceRefused, match="give weight, species, site"):
        open_dataset(path, choices=Choices(label="spices"))


def test_labels_of_both_sides_under_another_name(tmp_path: Path) -> None:
    sides = {"x_train": X, "x_test": pixels(9, 9, 9, seed=1)}
    labels = {"species_train": THREE, "test_species": THREE[:9], "site_train": TWO}
    path = makers.npz(tmp_path, **sides, **labels)
    data = open_dataset(path)
    assert len(data.classes) == 3 and "the labels are taken from species" in data.warnings
    assert open_dataset(path, choices=Choices(label="none")).labels is None


def test_two_arrays_called_labels_need_a_choice(tmp_path: Path) -> None:
    path = makers.npz(tmp_path, x=X, y=TWO, labels=THREE)
    with pytest.raises(DataError, match="name one with --label"):
        open_dataset(path)
    assert len(open_dataset(path, choices=Choices(label="labels")).classes) == 3


def test_names_of_classes_go_where_they_fit(tmp_path: Path) -> None:
    names = np.array(list("ABC"))
    path = makers.npz(tmp_path, x=X, y=TWO, kind3=THREE, classes=names)
    data = open_dataset(path)
    assert data.classes == ("0", "1")
    assert "fit kind3, not y" in data.warnings[0] and "--label kind3" in data.warnings[0]
    assert open_dataset(path, choices=Choices(label="kind3")).classes == ("A", "B", "C")


@pytest.mark.parametrize("axis", [2, -1])
def test_samples_on_another_axis(axis: int, tmp_path: Path) -> None:
    turned = np.ascontiguousarray(np.moveaxis(X, 0, -1))
    wanted = open_dataset(makers.npz(tmp_path, x=X, y=TWO)).content_hash
    path = makers.npz(tmp_path, x=turned, y=TWO)
    with pytest.raises(DataError, match="say --axis 2"):
        open_dataset(path)
    data = open_dataset(path, choices=Choices(axis=axis))
    assert data.content_hash == wanted
    assert describe(path, choices=Choices(axis=axis)).labels == {"0": 30, "1": 30}
    plain = open_dataset(makers.npy(tmp_path, turned), choices=Choices(axis=axis))
    np.testing.assert_array_equal(plain.x, data.x)


@pytest.mark.parametrize(("samples", "said"), [(0, 1), (0, 3), (2, 1), (3, 2), (1, 3)])
def test_a_wrong_axis_is_refused_with_the_right_one(
    samples: int, said: int, tmp_path: Path
) -> None:
    x = np.moveaxis(np.zeros((60, 9, 9, 3), np.uint8), 0, samples)
    path = makers.npz(tmp_path, x=x, y=TWO)
    right = f"samples on axis {samples}, not on axis {said}.*say --axis {samples}"
    with pytest.raises(ChoiceRefused, match=right):
        open_dataset(path, choices=Choices(axis=said))


def test_rows_that_are_features(tmp_path: Path) -> None:
    path = makers.npz(tmp_path, x=np.ascontiguousarray(TABLE.T), y=TWO, meta=np.ones((60, 2, 2)))
    with pytest.raises(DataError, match="say --axis 1"):
        open_dataset(path)
    assert open_dataset(path, choices=Choices(axis=1)).x.shape == (60, 1, 5, 1)
    with pytest.raises(ChoiceRefused, match="no axis 4"):
        open_dataset(path, choices=Choices(axis=4))


@pytest.mark.parametrize("of", ["npy", "npz", "named"])
def test_columns_of_an_array(of: str, tmp_path: Path) -> None:
    table = np.column_stack([THREE, TABLE])
    columns = {"columns": np.array(list("abcdef"))} if of == "named" else {}
    path = makers.npy(tmp_path, table) if of == "npy" else makers.npz(tmp_path, x=table, **columns)
    label, gone = ("a", "c") if of == "named" else ("1", "column 3")
    data = open_dataset(path, choices=Choices(label=label, drop=(gone,)))
    assert data.classes == ("0", "1", "2")
    names = tuple("bdef") if of == "named" else tuple(f"column {i}" for i in (2, 4, 5, 6))
    assert data.preparation.names == names
    np.testing.assert_allclose(
        data.preparation.original(data.unit(slice(None))), TABLE[:, [0, 2, 3, 4]], rtol=1e-5
    )
    with pytest.raises(ChoiceRefused):
        open_dataset(path, choices=Choices(label="17"))


def source(array: np.ndarray) -> Source:
    return Held.of(array, "x", "here")


def arrays(*parts: np.ndarray, **more: object) -> Arrays:
    return Arrays(tuple(Part(source(x)) for x in parts), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("axis", "there"), [(-3, 0), (-1, 2), (0, 0), (1, 1), (2, 2), (None, 0)])
def test_the_axis_of_the_samples_comes_first(axis: int | None, there: int) -> None:
    x = pixels(3, 4, 5)
    found = along(source(x), Choices(axis=axis))
    assert found.shape == found.whole().shape
    np.testing.assert_array_equal(found.whole(), np.moveaxis(x, there, 0))


@pytest.mark.parametrize("axis", [3, -4])
def test_an_axis_that_is_not_there_is_refused(axis: int) -> None:
    with pytest.raises(ChoiceRefused, match=f"no axis {axis} .*: give 0 to 2"):
        along(source(pixels(3, 4, 5)), Choices(axis=axis))


@pytest.mark.parametrize(
    ("label", "is_one"),
    [("1", True), ("4", True), ("0", False), ("5", False), ("column 2", True), ("Column4", True),
     ("width", True), ("height", False), (None, False), ("-1", False)],
)  # fmt: skip
def test_the_label_may_be_a_column(label: str | None, is_one: bool) -> None:
    table = source(np.zeros((9, 4)))
    assert is_column(Choices(label=label), table, ("width",)) == is_one
    if label != "width":
        assert not is_column(Choices(label=label), source(np.zeros((9, 4, 4))))


@pytest.mark.parametrize(
    ("choices", "name"), [(Choices(label="1"), "label"), (Choices(drop=("1",)), "drop")]
)
def test_pictures_have_no_columns(choices: Choices, name: str) -> None:
    with pytest.raises(ChoiceRefused, match=f"has no columns for --{name} .*: leave it out"):
        picked(arrays(pixels(9, 8, 8)), choices)


def test_columns_are_taken_from_every_part() -> None:
    train, test = TABLE[:40], TABLE[40:]
    found = picked(arrays(train, test), Choices(label="column 2", drop=("1", "5")))
    assert found.columns == ("column 3", "column 4")
    for part, x in zip(found.parts, (train, test), strict=True):
        assert part.labels is not None
        np.testing.assert_array_equal(part.images.whole(), x[:, [2, 3]])
        np.testing.assert_array_equal(part.labels.whole(), x[:, 1])
        assert part.images.whole().flags.c_contiguous


def test_labels_that_are_there_are_not_replaced_by_a_column() -> None:
    """Nor is a word for no label a column, nor for nothing dropped."""
    raw = Arrays((Part(source(TABLE), source(TWO)),), columns=tuple("abcde"))
    found = picked(raw, Choices(label="a", drop=("b",)))
    assert found.columns == ("a", "c", "d", "e") and found.parts[0].labels is raw.parts[0].labels
    plain = arrays(TABLE)
    for nothing in (Choices(label="none"), Choices(drop=("none",)), Choices()):
        assert picked(plain, nothing) is plain


def test_parts_of_different_widths_are_left_for_another_to_refuse() -> None:
    """So is an empty one."""
    uneven = arrays(TABLE, TABLE[:, :4])
    assert picked(uneven, Choices(drop=("1",))) is uneven
    empty = arrays(np.zeros((0, 30)))
    assert picked(empty, Choices(lengths="pad")) is empty


SERIES = np.arange(1.0, 121.0).reshape(4, 30)
EARLY = SERIES.copy()
EARLY[1, 25:] = EARLY[3, 28:] = np.nan


def test_series_that_end_early_need_a_word() -> None:
    with pytest.raises(ChoiceWanted, match="of unequal lengths, from 25 to 30 values"):
        picked(arrays(SERIES, EARLY), Choices())
    whole = arrays(SERIES)
    assert picked(whole, Choices()) is whole
    table = arrays(EARLY)
    assert picked(table, Choices(kind="table")) is table
    with pytest.raises(ChoiceWanted):
        picked(table, Choices(kind="signals"))
    gap = SERIES.copy()
    gap[1, 7] = np.nan  # in the middle: a missing value, not an end
    holes = arrays(gap)
    assert picked(holes, Choices()) is holes
    many = arrays(np.repeat(EARLY[:, None], 2, axis=1))
    assert picked(many, Choices()) is many  # two channels are looked at later


@pytest.mark.parametrize(("how", "length"), [("pad", 30), ("cut", 25)])
def test_all_parts_become_of_one_length(how: str, length: int) -> None:
    raw = arrays(EARLY[:2], EARLY[2:, :29], warnings=("before",), complete=lambda _: arrays())
    found = picked(raw, Choices(lengths=how))
    assert [part.images.shape for part in found.parts] == [(2, length)] * 2
    assert found.kind == "signals" and found.complete is None
    assert found.warnings[0] == "before" and "25 to 30 values" in found.warnings[1]
    one, two = (part.images.whole() for part in found.parts)
    np.testing.assert_array_equal(one[0], SERIES[0, :length])
    np.testing.assert_array_equal(two[1, :25], SERIES[3, :25])
    assert one[1, length - 1] == SERIES[1, 24]
    assert found.of_length is not None
    wanted = found.of_length(27)
    assert [part.images.shape for part in wanted.parts] == [(2, 27)] * 2
    assert wanted.of_length is None


def test_series_of_one_length_stay_what_they_are() -> None:
    found = picked(arrays(SERIES, kind="table"), Choices(lengths="pad"))
    assert found.kind == "table" and found.warnings == ()


def test_the_long_axis_is_the_time() -> None:
    """(n, C, L) is read as (n, L, C)."""
    two = np.stack([EARLY, EARLY + 1], axis=1)  # (4, 2, 30)
    for x in (two, two.swapaxes(1, 2)):
        (part,) = picked(arrays(x), Choices(lengths="cut")).parts
        np.testing.assert_array_equal(part.images.whole(), two.swapaxes(1, 2)[:, :25])
    other = arrays(two, EARLY)
    assert picked(other, Choices(lengths="cut")) is other  # one channel does not fit two


@pytest.mark.parametrize("x", [pixels(4, 30), np.zeros(4), np.zeros((4, 30, 2, 2))])
def test_what_is_no_signal_has_no_lengths(x: np.ndarray) -> None:
    with pytest.raises(ChoiceRefused, match=r"no signals of unequal lengths .*: leave --lengths"):
        picked(arrays(x), Choices(lengths="cut"))
