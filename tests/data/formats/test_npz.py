"""Names that people use for their arrays."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from explorer.data.choices import ChoiceRefused, Choices
from explorer.data.formats.npz import Npz
from explorer.data.opening import describe, open_dataset
from explorer.errors import Cancelled, DataError
from explorer.task import Task
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
    assert data.labels is not None and data.labels.tolist() == [*Y, *Y[:4]]
    assert data.warnings == ()
    assert describe(path).splits == {"train": 10, "test": 4}


def test_one_side_alone_is_split_anew(tmp_path: Path) -> None:
    data = open_dataset(makers.npz(tmp_path, x_train=X, y_train=Y))
    assert len(data.test_index) == 1


@pytest.mark.parametrize("side", ["train", "val", "test"])
def test_one_side_alone_brings_its_labels(side: str, tmp_path: Path) -> None:
    """Of whatever name, as an array that is of no side does."""
    data = open_dataset(makers.npz(tmp_path, **{f"x_{side}": X, f"species_{side}": Y}))
    assert data.labels is not None and data.labels.tolist() == Y.tolist()
    assert data.warnings == ("the labels are taken from species",)
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


def zipped_arrays(folder: Path, name: str, *members: str) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, b"")
    return path


def test_it_is_known_by_its_name_or_by_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "folder.npz").mkdir()
    assert not Npz.recognises(tmp_path / "folder.npz")
    text = tmp_path / "text.txt"
    text.write_text("x")
    assert not Npz.recognises(text)
    for name in ("a.npz", "a.NPZ"):
        (tmp_path / name).write_text("broken, and still meant as one")
        assert Npz.recognises(tmp_path / name)
    assert Npz.recognises(zipped_arrays(tmp_path, "a.zip", "x.npy", "y.npy"))
    assert not Npz.recognises(zipped_arrays(tmp_path, "b.zip", "x.npy", "y.png"))
    assert not Npz.recognises(zipped_arrays(tmp_path, "c.zip"))
    broken = zipped_arrays(tmp_path, "d.zip", *(f"{i}.npy" for i in range(3)))
    broken.write_bytes(broken.read_bytes().replace(b"PK\1\2", b"PK\1\3"))
    assert not Npz.recognises(broken)


SIGNALS = np.random.default_rng(0).normal(size=(10, 40)).cumsum(axis=1)


@pytest.mark.parametrize("said", [np.array("Table"), np.array(["table"])])
@pytest.mark.parametrize("name", ["kind", "KIND", "data_kind"])
def test_a_text_says_of_which_kind_it_is(name: str, said: np.ndarray, tmp_path: Path) -> None:
    assert open_dataset(makers.npz(tmp_path, x=SIGNALS)).preparation.kind == "signals"
    data = open_dataset(makers.npz(tmp_path, **{"x": SIGNALS, name: said}))
    assert data.preparation.kind == "table"


def test_two_texts_or_numbers_say_nothing_of_the_kind(tmp_path: Path) -> None:
    for said in (np.array(["table", "table"]), np.array(1), np.array([[1]])):
        data = open_dataset(makers.npz(tmp_path, x=SIGNALS, kind=said))
        assert data.preparation.kind == "signals"


def test_a_kind_that_there_is_not_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"kind says 'film' .*: say images, signals, table"):
        open_dataset(makers.npz(tmp_path, x=SIGNALS, kind=np.array("Film")))


def test_the_name_of_the_array_says_its_kind(tmp_path: Path) -> None:
    for name in ("signals", "X"):
        rows = makers.npz(tmp_path, **{name: np.random.default_rng(0).normal(size=(40, 30))})
        kind = open_dataset(rows).preparation.kind
        assert kind == ("signals" if name == "signals" else "table")


def test_columns_are_named_where_there_are_as_many(tmp_path: Path) -> None:
    rows = np.random.default_rng(0).normal(size=(20, 3))
    named = makers.npz(tmp_path, x=rows, columns=np.array(["a", "b", "c"]))
    assert open_dataset(named).preparation.names == ("a", "b", "c")
    fewer = makers.npz(tmp_path, x=rows, columns=np.array(["a", "b"]))
    assert "a" not in open_dataset(fewer).preparation.names
    with pytest.raises(DataError, match=r"columns holds the same name twice .*rename one"):
        open_dataset(makers.npz(tmp_path, x=rows, columns=np.array(["a", "b", "a"])))


def test_labels_of_any_name_are_taken_where_all_sides_bring_them(tmp_path: Path) -> None:
    train = {"x_train": X, "species_train": Y}
    both = makers.npz(tmp_path, **train, x_test=X[:4] // 2, species_test=Y[:4])
    labels = open_dataset(both).labels
    assert labels is not None and labels.tolist() == [*Y, *Y[:4]]
    one = makers.npz(tmp_path, **train, x_test=X[:4] // 2)
    assert open_dataset(one).labels is None
    first = makers.npz(tmp_path, x_train=X, train_species=Y, x_test=X[:4], test_species=Y[:4])
    assert open_dataset(first).labels is not None


def test_the_label_that_is_asked_for_is_taken(tmp_path: Path) -> None:
    """Of each side, or of the one array; the usual one is not."""
    other = 1 - Y
    path = makers.npz(
        tmp_path, x_train=X, y_train=Y, kind_train=other, x_test=X[:4], y_test=Y[:4],
        kind_test=other[:4],
    )  # fmt: skip
    labels = open_dataset(path, choices=Choices(label="kind")).labels
    assert labels is not None and labels.tolist() == [*other, *other[:4]]
    alone = open_dataset(
        makers.npz(tmp_path, x=X, y=Y, kind_of=other), choices=Choices(label="kind_of")
    )
    assert alone.labels is not None and alone.labels.tolist() == other.tolist()


def test_two_arrays_that_could_be_meant_are_named(tmp_path: Path) -> None:
    remedy = "save the pictures as x and the labels as y"
    with pytest.raises(DataError, match=rf"x \(10, 9, 9\) and images \(10, 9, 9\) .*: {remedy}"):
        open_dataset(makers.npz(tmp_path, x=X, images=X))
    with pytest.raises(DataError, match=r"y .10,. and labels .10,. .*: name one with --label"):
        open_dataset(makers.npz(tmp_path, x=X, y=Y, labels=Y))
    with pytest.raises(DataError) as refused:
        open_dataset(makers.npz(tmp_path, **{f"a{i}": X for i in range(6)}))
    assert "a3 " in str(refused.value) and "a4 " not in str(refused.value)


def test_the_array_of_most_axes_is_the_samples(tmp_path: Path) -> None:
    """Pictures before rows, rows before single values; never text."""
    rows = np.random.default_rng(0).normal(size=(10, 5))
    text = np.full((10, 2, 2, 2), "a")
    assert open_dataset(makers.npz(tmp_path, p=X, q=rows, t=text)).x.shape == (10, 9, 9, 1)
    assert open_dataset(makers.npz(tmp_path, q=rows, r=np.arange(9), t=text)).x.shape[2] == 5
    with pytest.raises(DataError, match=r"not clear which array to take, q .* and r "):
        open_dataset(makers.npz(tmp_path, q=rows, r=rows + 1))
    with pytest.raises(DataError, match=f"no array of pictures in it .*: {'save the pictures'}"):
        open_dataset(makers.npz(tmp_path, t=text))


ROWS = np.random.default_rng(0).normal(size=(10, 3))
LABELS = {
    # arrays; what is asked for; the labels, and what is said
    "of a usual name, though others fit": (
        {"x": X, "y": Y, "species": 1 - Y}, None, Y, ("species is not read",),
    ),
    "of a usual name on each side": (
        {"x_train": X, "x_test": X[:4] // 2, "y_train": Y, "y_test": Y[:4],
         "species_train": 1 - Y, "species_test": 1 - Y[:4]}, None, [*Y, *Y[:4]], (),
    ),
    "numbers called classes": (
        {"x": X, "classes": Y}, None, Y, ("the labels are taken from classes",),
    ),
    "words called classes": ({"x": X, "classes": np.array(list("ab" * 5))}, None, None, ()),
    "of no side beside two sides": (
        {"x_train": X, "x_test": X // 2, "species": Y}, None, None, ("species is not read",),
    ),
    "a column of each side": (
        {"x_train": np.column_stack([ROWS, Y]), "x_test": np.column_stack([ROWS[:4] + 1, Y[:4]])},
        "4", [*Y, *Y[:4]], ("rows of 3 values are taken as a table",),
    ),
    "what is offered is not called unread": (
        {"x": X, "species": Y, "site": Y, "size": np.zeros(3)}, None, Y,
        ("the labels are taken from species; --label site says otherwise", "size is not read"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LABELS)
def test_where_the_labels_are(case: str, tmp_path: Path) -> None:
    arrays, label, wanted, said = LABELS[case]
    data = open_dataset(makers.npz(tmp_path, **arrays), choices=Choices(label=label))
    assert (None if data.labels is None else data.labels.tolist()) == (
        None if wanted is None else list(wanted)
    )
    assert data.warnings == said


@pytest.mark.parametrize("sides", [("",), ("_train", "_test")])
def test_a_label_that_is_not_there_is_refused_with_those_that_fit(
    sides: tuple[str, ...], tmp_path: Path
) -> None:
    found = {f"x{side}": X // (2 if side == "_test" else 1) for side in sides}
    path = makers.npz(tmp_path, **found, species=Y, mean=np.zeros(3))
    with pytest.raises(ChoiceRefused, match="'spices'") as refused:
        open_dataset(path, choices=Choices(label="spices"))
    others = ["x_test"] if len(sides) > 1 else []
    assert refused.value.remedy == f"give {', '.join([*others, 'species'])}"


def test_reading_can_be_stopped_between_arrays(tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    path = makers.npz(tmp_path, x=X)
    with pytest.raises(Cancelled), Npz.reading(path, Choices(), task):
        pass
