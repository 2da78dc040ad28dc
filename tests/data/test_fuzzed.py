"""Damaged at random: whatever a file says, it opens or is refused in one sentence."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

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
