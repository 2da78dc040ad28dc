"""One vocabulary of splits, held by every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from explorer.data.opening import describe, open_dataset
from explorer.data.words.sides import SPELLINGS, TEST, TRAIN, VALIDATION, is_held_out, side_of
from tests.data import makers
from tests.data.makers import idx_bytes, pixels


@pytest.mark.parametrize(
    ("name", "side"),
    [
        *((spelling, side) for side, spellings in SPELLINGS.items() for spelling in spellings),
        *(("Train", TRAIN), ("TRAINING_SET", TRAIN), ("trainset", TRAIN), ("train-images", TRAIN)),
        *(("train2017", TRAIN), ("val2017", VALIDATION), ("Test Data", TEST), ("hold-out", TEST)),
        *(("test1", TEST), ("train_2", TRAIN), ("Val 01", VALIDATION)),
        *((name, None) for name in ("cat", "trains", "contest", "valley", "device", "", "2017")),
        *((name, None) for name in ("train_cat", "test123", "evaluate this", "latest")),
    ],
)
def test_names_of_sides(name: str, side: str | None) -> None:
    assert side_of(name) == side


@pytest.mark.parametrize(
    ("sides", "held_out"),
    [
        ({TRAIN, TEST}, {TRAIN: False, TEST: True}),
        ({TRAIN, VALIDATION}, {TRAIN: False, VALIDATION: True}),
        ({VALIDATION, TEST}, {VALIDATION: False, TEST: True}),
        ({TRAIN, VALIDATION, TEST}, {TRAIN: False, VALIDATION: None, TEST: True}),
        *(({side}, {side: None}) for side in SPELLINGS),
    ],
)
def test_any_pair_is_a_split_and_a_lone_side_is_none(
    sides: set[str], held_out: dict[str, bool | None]
) -> None:
    assert {side: is_held_out(side, sides) for side in sides} == held_out


def _folder(at: Path, sides: dict[str, int]) -> Path:
    for k, (side, n) in enumerate(sides.items()):
        makers.pictures(at / side / "cat", n, start=20 * k)
        makers.pictures(at / side / "dog", n, start=20 * k + 10)
    return at


def _classes_above(at: Path, sides: dict[str, int]) -> Path:
    for k, (side, n) in enumerate(sides.items()):
        makers.pictures(at / "cat" / side, n, start=20 * k)
        makers.pictures(at / "dog" / side, n, start=20 * k + 10)
    return at


def _in_one_name(at: Path, sides: dict[str, int]) -> Path:
    for k, (side, n) in enumerate(sides.items()):
        makers.pictures(at / f"{side}_cat", n, start=20 * k)
        makers.pictures(at / f"dog-{side}", n, start=20 * k + 10)
    return at


def _zip(at: Path, sides: dict[str, int]) -> Path:
    members = {
        f"set/{side}/{label}/{i}.png": makers.png(pixels(9, 9, seed=100 * k + 10 * j + i))
        for k, (side, n) in enumerate(sides.items())
        for j, label in enumerate(("cat", "dog"))
        for i in range(n)
    }
    return makers.zipped(at, members)


def _npz(at: Path, sides: dict[str, int]) -> Path:
    arrays = {}
    for k, (side, n) in enumerate(sides.items()):
        arrays[f"{side}_images"] = pixels(2 * n, 9, 9, seed=k)
        arrays[f"{side}_labels"] = np.array(["cat", "dog"] * n)
    return makers.npz(at, **arrays)


def _idx(at: Path, sides: dict[str, int]) -> Path:
    for k, (side, n) in enumerate(sides.items()):
        (at / f"{side}-images-idx3-ubyte").write_bytes(idx_bytes(pixels(2 * n, 9, 9, seed=k)))
        (at / f"{side}-labels-idx1-ubyte").write_bytes(idx_bytes(np.arange(2 * n) % 2))
    return at


@pytest.mark.parametrize("make", [_folder, _classes_above, _in_one_name, _zip, _npz, _idx])
@pytest.mark.parametrize(
    ("sides", "wanted", "said"),
    [
        (("train", "test"), (6, 3), None),
        (("Training", "t10k"), (6, 3), None),
        (("train", "val"), (6, 4), "there is no test part, so the validation part is held out"),
        (("train", "dev"), (6, 4), "there is no test part, so the validation part is held out"),
        (("valid", "test"), (4, 3), "no training part, so the validation part is trained on"),
        (("train", "validation", "test"), (6, 3), "left out"),
    ],
)
def test_every_format_reads_a_split_in_any_pair(
    make: Callable[[Path, dict[str, int]], Path],
    sides: tuple[str, ...],
    wanted: tuple[int, int],
    said: str | None,
    tmp_path: Path,
) -> None:
    counts = {TRAIN: 6, VALIDATION: 4, TEST: 3}
    path = make(tmp_path, {side: counts[side_of(side) or ""] for side in sides})
    data, found = open_dataset(path), describe(path)
    assert (len(data.train_index), len(data.test_index)) == (2 * wanted[0], 2 * wanted[1])
    assert found.splits == {"train": 2 * wanted[0], "test": 2 * wanted[1]}
    assert set(data.classes) in ({"cat", "dog"}, {"0", "1"})
    for warnings in (data.warnings, found.warnings):
        assert (not warnings) if said is None else any(said in w for w in warnings)


def test_what_lies_beside_a_split_is_left_out_and_said(tmp_path: Path) -> None:
    makers.pictures(_folder(tmp_path, {"train": 4, "test": 2}) / "masks", 5, start=60)
    (tmp_path / "cover.png").write_bytes(makers.png(pixels(9, 9)))
    data = open_dataset(tmp_path)
    assert (len(data), data.classes) == (12, ("cat", "dog"))
    assert "6 pictures beside the parts of the split are left out" in data.warnings


def test_a_lone_side_beside_classes_is_said(tmp_path: Path) -> None:
    for k, name in enumerate(("cat", "dog", "test")):
        makers.pictures(tmp_path / name, 4, start=10 * k)
    data = open_dataset(tmp_path)
    assert data.classes == ("cat", "dog", "test")
    assert any("the folder test is taken as a class" in w for w in data.warnings)


def test_a_lone_test_folder_that_holds_the_classes_again_is_held_out(tmp_path: Path) -> None:
    for k, name in enumerate(("cat", "dog", "test/cat", "test/dog")):
        makers.pictures(tmp_path / name, 4, start=10 * k)
    data = open_dataset(tmp_path)
    assert data.classes == ("cat", "dog") and int(data.test.sum()) == 8
    assert "the folder test holds the classes again: it is held out" in data.warnings


def test_several_parts_of_one_side_are_no_split_and_no_news(tmp_path: Path) -> None:
    for k, name in enumerate(("test1", "test2", "test3")):
        makers.pictures(tmp_path / name, 4, start=10 * k)
    data = open_dataset(tmp_path)
    assert data.classes == ("test1", "test2", "test3") and data.warnings == ()


def test_an_unlabelled_test_part_is_said(tmp_path: Path) -> None:
    for k, name in enumerate(("train/cat", "train/dog", "test")):
        makers.pictures(tmp_path / name, 4, start=10 * k)
    data = open_dataset(tmp_path)
    assert data.classes == ("(no folder)", "cat", "dog") and int(data.test.sum()) == 4
    assert any("4 pictures lie in no folder of a class" in w for w in data.warnings)
