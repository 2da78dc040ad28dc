"""The user's word on arrays: the label, the columns, the axis of the samples."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.data.choices import ChoiceRefused, Choices
from explorer.data.opening import describe, open_dataset
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
