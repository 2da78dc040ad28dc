"""Labels of every kind."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.raw import Array
from explorer.data.steps.labelling import counted, labelled

TRUE = np.array([0, 1, 2, 1, 0])


@pytest.mark.parametrize(
    "values",
    [
        TRUE,
        TRUE.astype(np.float64),
        TRUE.astype(np.float16),
        TRUE.astype(">u8"),
        TRUE[:, None],
        np.eye(3)[TRUE],
        np.eye(3, dtype=bool)[TRUE],
        np.array(["a", "b", "c"])[TRUE],
        np.array([b"a", b"b", b"c"])[TRUE],
        TRUE + 7,
        TRUE - 9,
    ],
)
def test_the_same_classes_in_every_form(values: Array) -> None:
    found = labelled(values)
    assert found.index is not None
    np.testing.assert_array_equal(found.index, TRUE)
    assert found.index.dtype == np.int64
    assert len(found.classes) == 3
    assert found.warnings == ()


def test_names_are_kept_in_order() -> None:
    found = labelled(TRUE, ("cat", "dog", "cow", "never"))
    assert counted(found) == {"cat": 2, "dog": 2, "cow": 1, "never": 0}
    assert labelled(TRUE + 5, ("cat", "dog")).classes == ("5", "6", "7")
    assert labelled(np.array(["é", "猫"])).classes == ("é", "猫")


@pytest.mark.parametrize("classes", [(), ("cat", "dog", "cow")])
def test_minus_one_is_unlabelled(classes: tuple[str, ...]) -> None:
    found = labelled(np.array([0, -1, 2, 1, -1]), classes)
    assert found.index is not None
    np.testing.assert_array_equal(found.index, [0, 3, 2, 1, 3])
    assert found.classes[3] == "unlabelled"
    assert found.warnings == ("2 samples with the label -1 are taken as unlabelled",)
    assert labelled(np.array([-1, -1])).index is None


@pytest.mark.parametrize("values", [[-1, 1], [-1, 0, 1], [-1, 0], [-2, -1, 0, 1, 2], [-1, 3, 5, 7]])
def test_negative_labels_are_labels(values: list[int]) -> None:
    for labels in (np.array(values * 2), np.array(values * 2, np.float32)):
        found = labelled(labels)
        assert found.classes == tuple(map(str, values)) and found.warnings == ()


@pytest.mark.parametrize(
    ("values", "classes", "names"),
    [
        ([1, 2, 3], ("a", "b", "c"), ("a", "b", "c")),
        ([-1, 1], ("bad", "good"), ("bad", "good")),
        ([0, 2], ("a", "b", "c"), ("a", "b", "c")),
        ([5, 6, 7], ("a", "b"), ("5", "6", "7")),
    ],
)
def test_names_go_to_the_labels_they_fit(
    values: list[int], classes: tuple[str, ...], names: tuple[str, ...]
) -> None:
    found = labelled(np.array(values), classes)
    assert found.classes == names
    assert bool(found.warnings) is (len(classes) < len(values))


@pytest.mark.parametrize(
    "gaps",
    [
        np.array([0, np.nan, 1, 0, np.nan]),
        np.array([1, np.nan, 2, 1, np.nan], np.float32),
        np.array(["a", "", "b", "a", "NaN"]),
        np.array([b"a", b"?", b"b", b"a", b" "]),
    ],
)
def test_gaps_among_labels_are_unlabelled_samples(gaps: Array) -> None:
    found = labelled(gaps)
    assert found.index is not None
    np.testing.assert_array_equal(found.index, [0, 2, 1, 0, 2])
    assert found.classes[2] == "unlabelled"
    assert found.warnings == ("2 samples without a label are taken as unlabelled",)


def test_gaps_alone_are_no_labels() -> None:
    for gaps in (np.full(3, np.nan), np.array(["", "nan"])):
        assert labelled(gaps).index is None and "missing" in labelled(gaps).warnings[0]


@pytest.mark.parametrize(
    "values",
    [
        np.array([0.5, 1.5]),
        np.array([np.nan, 1]),
        np.array([1e300, 0]),
        np.ones((3, 4)),
        np.zeros((3, 2, 2)),
    ],
)
def test_what_is_no_class_is_left_out_and_said(values: Array) -> None:
    found = labelled(values)
    assert found.index is None
    assert "left out" in found.warnings[0]
    assert counted(found) is None


def test_no_labels() -> None:
    assert labelled(None).index is None


def test_large_numbers_are_labels_where_they_are_exact() -> None:
    """As integers always; as floats below 2^53."""
    whole = labelled(np.array([2**60, 2**60 + 1]))
    assert whole.classes == (str(2**60), str(2**60 + 1))
    assert labelled(np.array([0.0, 2.0**53 - 1])).index is not None
    assert labelled(np.array([0.0, 2.0**53])).index is None


def test_minus_one_beside_names_for_the_others_is_unlabelled() -> None:
    """However few they are; without names two are too few to tell."""
    found = labelled(np.array([0, -1, 1]), ("a", "b"))
    assert found.classes == ("a", "b", "unlabelled") and found.index is not None
    assert found.index.tolist() == [0, 2, 1]
    assert labelled(np.array([0, -1, 5]), ("a", "b")).classes == ("-1", "0", "5")
