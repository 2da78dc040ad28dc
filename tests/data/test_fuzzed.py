"""Damaged at random: whatever a file says, it opens or is refused in one sentence."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.data.choices import Choices
from explorer.data.opening import describe, open_dataset
from explorer.errors import DataError
from tests.data import makers
from tests.data.makers import encoded, idx_bytes, pixels

ROUNDS = 60


def _idx(folder: Path) -> Path:
    path = folder / "a-images-idx3-ubyte"
    path.write_bytes(idx_bytes(pixels(5, 9, 9)))
    return path


def _packed_idx(folder: Path) -> Path:
    return makers.mnist(folder / "m", 9, 4) / "train-images-idx3-ubyte.gz"


def _labelled(folder: Path) -> Path:
    return makers.npz(
        folder, x=pixels(5, 9, 9) / 255, y=np.arange(5), classes=np.array(list("abcde"))
    )


MAKERS: list[Callable[[Path], Path]] = [
    lambda folder: makers.npy(folder, pixels(5, 9, 9)),
    _labelled,
    _idx,
    _packed_idx,
    lambda folder: makers.zipped(folder, makers.good_members()),
]


def damaged(data: bytes, rng: random.Random) -> bytes:
    """A few bytes changed, cut out, or put in; more often near the start."""
    found = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = min(int(rng.expovariate(4 / len(data))), len(found) - 1)
        kind = rng.random()
        if kind < 0.6:
            found[at] = rng.choice((0, 1, 127, 128, 255, rng.randrange(256)))
        elif kind < 0.8:
            del found[at : at + rng.randint(1, 40)]
        else:
            found[at:at] = rng.randbytes(rng.randint(1, 9))
    return bytes(found) or b"x"


@pytest.mark.parametrize("number", range(len(MAKERS)))
def test_damaged_files(number: int, tmp_path: Path) -> None:
    path = MAKERS[number](tmp_path)
    whole = path.read_bytes()
    rng = random.Random(number)
    for _ in range(ROUNDS):
        path.write_bytes(damaged(whole, rng))
        for door in (open_dataset, describe):
            try:
                door(path)
            except DataError as error:
                makers.sentence(error)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM"])
def test_damaged_pictures(kind: str, tmp_path: Path) -> None:
    makers.pictures(tmp_path, 2)
    whole = encoded(Image.fromarray(pixels(20, 20, 3)), kind)
    rng = random.Random(kind)
    for _ in range(ROUNDS // 3):
        (tmp_path / "damaged.png").write_bytes(damaged(whole, rng))
        assert len(open_dataset(tmp_path)) in (2, 3)


CELLS = [
    "1", "2.5", "-3", "1,5", "1.234,5", "1'234", "abc", "", "NaN", "?", "01.02.2024", "2024-01-01",
    "#", "x y", "'", "1e5", "inf", "-1", "0", "id", "label", "é", "1 234", "10:20", "5_0", "TRUE",
]  # fmt: skip
NUMBERS = [["1", "2"], ["1.5", "2.25", "-3.5"], ["1", "2", "3", "4"], ["a", "b"], ["0.5", ""]]
CHOSEN: list[dict[str, object]] = [
    {}, {"header": True}, {"header": False}, {"axis": 1}, {"axis": -1}, {"lengths": "pad"},
    {"lengths": "cut"}, {"label": "1"}, {"label": "none"}, {"label": "y"}, {"drop": ("1",)},
    {"drop": ("none",)}, {"kind": "signals"}, {"kind": "images"}, {"kind": "table"},
]  # fmt: skip


def any_table(rng: random.Random) -> bytes:
    """A text of cells, sensible or not, whose rows are mostly of one length."""
    separator, width = rng.choice(",;\t| "), rng.randint(1, 6)
    columns = [rng.choice([*NUMBERS, rng.sample(CELLS, 3)]) for _ in range(width)]
    rows = [separator.join(map(rng.choice, columns)) for _ in range(rng.randint(0, 12))]
    if rng.random() < 0.5:
        rows.insert(0, separator.join(rng.choice([*CELLS, *"abcd"]) for _ in columns))
    if rng.random() < 0.1:
        rows.insert(0, f"# c {rng.choice(CELLS)}")
    if rng.random() < 0.1 and rows:
        rows[rng.randrange(len(rows))] += f"{separator}9"
    return "\n".join(rows).encode(rng.choice(["utf-8", "utf-16", "latin-1", "utf-8-sig"]))


def any_array(rng: random.Random, n: int) -> makers.Array:
    """n samples of few values, of any type and shape, gaps among them or at their ends."""
    random_state = np.random.default_rng(rng.randrange(10**6))
    sides = [rng.choice([0, 1, 2, 3, 9, 30, n]) for _ in range(rng.choice([0, 0, 1, 1, 2, 3]))]
    x = random_state.normal(size=(n, *sides)) * rng.choice([1, 3, 100])
    kind = rng.choice(["u1", "f4", "f8", "i8", "bool", "text", "gaps", "ends"])
    if kind == "text":
        return random_state.choice(["a", "b", "", "nan", "images"], x.shape)
    if kind == "gaps":
        return np.where(random_state.random(x.shape) < 0.1, np.nan, np.rint(x))
    if kind == "ends":
        return np.where(np.arange(x.shape[-1]) < x.shape[-1] - rng.randint(0, 5), x, np.nan)
    return np.abs(x).astype(kind)


def refusal_of(door: Callable[..., object], path: Path, choices: Choices) -> str:
    """What is said; nothing where it opens."""
    try:
        door(path, choices=choices)
    except DataError as error:
        return makers.sentence(error)
    return ""


def opened_or_refused(path: Path, choices: Choices) -> None:
    said = [refusal_of(door, path, choices) for door in (open_dataset, describe)]
    assert not any("damaged" in sentence for sentence in said)


@pytest.mark.parametrize("number", range(len(CHOSEN)))
def test_any_table_in_any_way(number: int, tmp_path: Path) -> None:
    rng = random.Random(number)
    for _ in range(ROUNDS // 2):
        path = tmp_path / f"a{rng.choice(['.csv', '.tsv', '.txt'])}"
        path.write_bytes(any_table(rng))
        opened_or_refused(path, Choices(**CHOSEN[number]))  # type: ignore[arg-type]


@pytest.mark.parametrize("number", range(len(CHOSEN)))
def test_any_arrays_in_any_way(number: int, tmp_path: Path) -> None:
    rng = random.Random(number)
    names = "x y x_train x_test y_train y_test labels classes names site site_train site_test"
    for _ in range(ROUNDS // 2):
        n, some = rng.choice([2, 3, 9, 30]), rng.sample(names.split(), rng.randint(1, 5))
        path = makers.npz(tmp_path, **{name: any_array(rng, n) for name in some})
        opened_or_refused(path, Choices(**CHOSEN[number]))  # type: ignore[arg-type]
