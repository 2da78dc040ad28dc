"""Names that people use for their arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from explorer.data.opening import describe, open_dataset
from tests.data import makers
from tests.data.makers import pixels

X, Y = pixels(10, 9, 9), np.arange(10) % 2


@pytest.mark.parametrize(
    ("images", "labels"),
    [("x", "y"), ("X", "Y"), ("images", "labels"), ("data", "target"), ("arr_0", "arr_1")],
)
def test_pairs(images: str, labels: str, tmp_path: Path) -> None:
    data = open_dataset(makers.npz(tmp_path, **{images: X, labels: Y}))
    np.testing.assert_array_equal(data.x[..., 0], X)
    assert data.labels is not None
    np.testing.assert_array_equal(data.labels, Y)
    assert len(data.test_index) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("x_train", "y_train", "x_test", "y_test"),
        ("train_images", "train_labels", "test_images", "test_labels"),
        ("X_train", "y_train", "X_test", "y_test"),
        ("train_x", "train_y", "t10k_x", "t10k_y"),
        ("XTrain", "YTrain", "XTest", "YTest"),
        ("train.x", "train.y", "test.x", "test.y"),
        ("train", "train_labels", "test", "test_labels"),
        ("x-train", "y-train", "x-holdout", "y-holdout"),
    ],
)
def test_given_splits(names: tuple[str, ...], tmp_path: Path) -> None:
    more = pixels(4, 9, 9, seed=1)
    path = makers.npz(tmp_path, **dict(zip(names, (X, Y, more, Y[:4]), strict=True)))
    data = open_dataset(path)
    np.testing.assert_array_equal(data.test_index, np.arange(10, 14))
    np.testing.assert_array_equal(data.x[10:, ..., 0], more)
    assert describe(path).splits == {"train": 10, "test": 4}


def test_one_side_alone_is_split_anew(tmp_path: Path) -> None:
    data = open_dataset(makers.npz(tmp_path, x_train=X, y_train=Y))
    assert len(data.test_index) == 1


def test_an_empty_side_is_split_anew(tmp_path: Path) -> None:
    data = open_dataset(makers.npz(tmp_path, x_train=X, x_test=X[:0]))
    assert len(data.test_index) == 1
    assert any("empty" in w for w in data.warnings)


def test_a_validation_part_is_left_out_and_said(tmp_path: Path) -> None:
    data = open_dataset(makers.npz(tmp_path, x_train=X, x_val=X, x_test=X[:5] // 2))
    assert len(data) == 15
    assert "the validation part is left out" in data.warnings


def test_numbers_that_are_not_read_are_said(tmp_path: Path) -> None:
    factors = np.zeros((10, 3))
    path = makers.npz(tmp_path, imgs=X, latents_values=factors, latents_classes=factors)
    assert open_dataset(path).warnings[0] == "latents_values, latents_classes are not read"
    one = open_dataset(makers.npz(tmp_path, x=X, y=Y, mean=np.zeros(()), note=np.array(["a"])))
    assert "mean is not read" in one.warnings


def test_a_single_array_under_any_name(tmp_path: Path) -> None:
    assert len(open_dataset(makers.npz(tmp_path, faces=X))) == 10


def test_class_names_and_sample_names(tmp_path: Path) -> None:
    names = np.array([f"sample {i}" for i in range(10)])
    path = makers.npz(tmp_path, x=X, y=Y, classes=np.array(["cat", "dog", "cow"]), name=names)
    data = open_dataset(path)
    assert data.classes == ("cat", "dog", "cow")
    assert data.label_name(1) == "dog"
    assert data.names == tuple(names)
    assert describe(path).labels == {"cat": 5, "dog": 5, "cow": 0}


def test_labels_of_one_part_only_are_left_out(tmp_path: Path) -> None:
    data = open_dataset(makers.npz(tmp_path, x_train=X, y_train=Y, x_test=X[:3] // 2))
    assert data.labels is None
    assert any("one part" in w for w in data.warnings)


@settings(max_examples=25)
@given(
    arrays.arrays(
        np.uint8,
        st.tuples(
            st.integers(2, 9), st.integers(8, 12), st.integers(8, 12), st.sampled_from((1, 3))
        ),
    )
)
def test_bytes_round_trip(tmp_path: Path, x: np.ndarray) -> None:
    x[0, 0, 0, 0] = 255
    for path in (makers.npz(tmp_path, x=x), makers.npy(tmp_path, np.asfortranarray(x))):
        data = open_dataset(path)
        np.testing.assert_array_equal(data.x, x)
        assert 0 < len(data.test_index) < len(x)
