"""``decode``: codes from words and files, pictures to PNG and npy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.cli import main
from tests.commands.conftest import Call


@pytest.mark.parametrize(
    "words",
    [
        ("--z", "0.5,-1", "--z", "-1,2"),
        ("--z", "0.5,-1", "-1,2"),
        ("--z=0.5,-1", "--z=-1,2"),
        ("--z", "0.5 -1", "-1, 2"),
    ],
)
def test_both_spellings_give_the_same(
    words: tuple[str, ...], checkpoint: str, tmp_path: Path, done: Call
) -> None:
    done("decode", checkpoint, *words, "--out", tmp_path / "a.npy")
    pictures = np.load(tmp_path / "a.npy")
    assert pictures.shape == (2, 8, 8, 1) and pictures.dtype == np.float32
    assert 0.0 <= pictures.min() < pictures.max() <= 1.0
    done("decode", checkpoint, "--out", tmp_path / "b.png", "--scale", "1", *words)
    with Image.open(tmp_path / "b.png") as picture:
        strip = np.asarray(picture)
    assert strip.shape == (8, 16)
    assert np.abs(strip[:, 8:] / 255.0 - pictures[1, ..., 0]).max() <= 0.5 / 255 + 1e-6


def test_codes_file_goes_round(data: str, checkpoint: str, tmp_path: Path, done: Call) -> None:
    done("encode", checkpoint, data, "--out", tmp_path / "codes.npz")
    found = done(
        "decode", checkpoint, "--codes", tmp_path / "codes.npz", "--out", tmp_path / "x.npy"
    )
    assert found["n"] == 60 and found["shape"] == [8, 8, 1]
    np.save(tmp_path / "codes.npy", np.zeros((3, 2)))
    done("decode", checkpoint, "--codes", tmp_path / "codes.npy", "--out", tmp_path / "x.npy")
    assert np.load(tmp_path / "x.npy").shape == (3, 8, 8, 1)


@pytest.mark.parametrize(
    "words",
    [(), ("--z", "a,b"), ("--z", "1,2,3"), ("--z", "nan,0"), ("--z", ""), ("--z", "1,2", "inf,0")],
)
def test_what_is_no_code(
    words: tuple[str, ...], checkpoint: str, tmp_path: Path, failed: Call
) -> None:
    failed(2, "decode", checkpoint, *words, "--out", tmp_path / "x.png")


def test_bad_code_files(checkpoint: str, tmp_path: Path, failed: Call) -> None:
    text, wide, objects = (tmp_path / name for name in ("a.txt", "b.npy", "c.npy"))
    text.write_text("hello")
    np.save(wide, np.zeros((2, 5)))
    np.save(objects, np.array([{}], dtype=object), allow_pickle=True)
    (tmp_path / "empty.npz").write_bytes(b"")
    for path in (text, wide, objects, tmp_path / "empty.npz", tmp_path / "nosuch.npz", tmp_path):
        failed(1, "decode", checkpoint, "--codes", path, "--out", tmp_path / "x.npy")


def test_missing_out_is_wrong_usage(checkpoint: str) -> None:
    assert main(["decode", checkpoint, "--z", "1,2"]) == 2
