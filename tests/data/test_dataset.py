"""explorer.data.dataset: what must fit together, what is read-only, and what the hash is of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.data.dataset import Dataset, Preparation
from explorer.data.opening import open_dataset
from explorer.errors import DataError
from tests.data.makers import sentence
from tests.fakes import toy_dataset

X = np.arange(4 * 64, dtype=np.uint8).reshape(4, 8, 8, 1)
TEST = np.array([False, True, False, True])


def made(**changes: Any) -> Dataset:
    given = {"x": X.copy(), "preparation": Preparation(8, 8), "test": TEST.copy()} | changes
    return Dataset("toy", **given)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"x": X.astype(np.float32)}, "float32"),
        ({"preparation": Preparation(8, 9)}, r"not uint8 \(8, 9, 1\)"),
        ({"x": X[..., 0]}, r"uint8 \(8, 8\)"),
        ({"test": TEST[:3]}, "4 samples come with 3"),
        ({"labels": np.zeros(5, np.int64)}, "4 samples come with 5"),
    ],
)
def test_what_does_not_fit_together_is_said(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(DataError, match=said) as caught:
        made(**changes)
    sentence(caught.value)


def test_no_array_can_be_written_to() -> None:
    data = made(labels=np.zeros(4, np.int64))
    for array in (data.x, data.test, data.labels):
        assert array is not None
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_the_parts_are_all_samples_once() -> None:
    data = made()
    assert data.train_index.tolist() == [0, 2] and data.test_index.tolist() == [1, 3]
    assert len(data) == 4 and data.kind == "images"


@pytest.mark.parametrize(("levels", "share"), [(255, 1 / 255), (16, 1 / 16)])
def test_pictures_are_shares_of_their_levels(levels: int, share: float) -> None:
    x = np.full((4, 8, 8, 1), 1, np.uint8)
    data = made(x=x, preparation=Preparation(8, 8, high=float(levels), levels=levels))
    rows = data.unit(np.array([0, 2]))
    assert rows.shape == (2, 64) and rows.dtype == np.float32
    np.testing.assert_allclose(rows, share, rtol=1e-6)
    assert data.picture(0).max() == 255 // levels


def test_rows_are_by_height_width_and_channel() -> None:
    data = toy_dataset(5, height=8, width=9, channels=3)
    row = data.unit(slice(2, 3)).reshape(8, 9, 3)
    np.testing.assert_allclose(row, data.x[2] / np.float32(255), rtol=1e-6)


def test_numbers_are_as_they_are_kept() -> None:
    wine = open_dataset("wine")
    np.testing.assert_array_equal(wine.unit(slice(3)), wine.x[:3].reshape(3, -1))
    small, large = wine.picture(0), wine.picture(0, 3)
    assert large.shape[:2] == (3 * small.shape[0], 3 * small.shape[1])


def test_a_sample_is_called_by_its_class() -> None:
    data = made(labels=np.array([1, 0, 1, 1]), classes=("cat", "dog"))
    assert [data.label_name(i) for i in range(4)] == ["dog", "cat", "dog", "dog"]
    assert made().label_name(0) == ""


CHANGES: dict[str, dict[str, Any]] = {
    "a pixel": {"x": X + np.eye(8, dtype=np.uint8)[None, ..., None]},
    "the split": {"test": ~TEST},
    "labels": {"labels": np.zeros(4, np.int64)},
    "the range": {"preparation": Preparation(8, 8, high=200.0)},
    "what they were scaled by": {"preparation": Preparation(8, 8, scale=(2.0,) * 64)},
    "fewer samples": {"x": X[:2].copy(), "test": TEST[:2].copy()},
    "names of features": {"preparation": Preparation(8, 8, names=("a",) * 64)},
}


@pytest.mark.parametrize("case", CHANGES)
def test_another_content_has_another_hash(case: str) -> None:
    assert made(**CHANGES[case]).content_hash != made().content_hash
    assert made(**CHANGES[case]).content_hash == made(**CHANGES[case]).content_hash


def test_what_it_is_called_is_no_content() -> None:
    data = made()
    other = replace(data, name="other", source="/a", warnings=("odd",), names=("a", "b", "c", "d"))
    assert other.content_hash == data.content_hash


def test_labels_count_as_content_by_what_they_say() -> None:
    one, other = (made(labels=np.array(labels)) for labels in ([0, 1, 0, 1], [0, 1, 1, 1]))
    assert one.content_hash != other.content_hash
