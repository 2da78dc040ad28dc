"""Codes belong to the model that made them, and are such that they can be drawn."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.data.dataset import Dataset
from explorer.errors import ModelError
from explorer.models import checkpoint
from explorer.models.codes import check_codes
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

DATA = toy_dataset(20)
N, D = len(DATA), 2
RANDOM = np.random.default_rng(0)
CODES = Codes(
    "m",
    RANDOM.normal(size=(N, D)).astype(np.float32),
    RANDOM.uniform(size=(N, D)).astype(np.float32),
    np.arange(N),
    np.ones(D, np.float32),
    np.stack([np.eye(D, dtype=np.float32)] * N),
)


def model(name: str = "m", value: float = 0.0) -> ModelSnapshot:
    weights = {"w": np.full(3, value, np.float32)}
    data = {"n": N, "hash": DATA.content_hash}
    return ModelSnapshot(name, ModelConfig(), DATA.preparation, weights, data=data)


def with_one(array: Any, value: float) -> Any:
    spoilt = array.copy()
    spoilt.flat[1] = value
    return spoilt


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "another moment": ({"model_id": "m-100"}, "another moment of the training"),
    "a part of the data": (
        {"mean": CODES.mean[:5], "std": CODES.std[:5], "index": CODES.index[:5], "cov": None},
        "the codes are of 5 samples, the data has 20",
    ),
    "another dimension": ({"mean": np.ones((N, 3), np.float32)}, "mean is (20, 3), not (20, 2)"),
    "fewer means": ({"mean": CODES.mean[:5]}, "mean is (5, 2), not (20, 2)"),
    "nan": ({"mean": with_one(CODES.mean, np.nan)}, "mean is not finite"),
    "infinite std": ({"std": with_one(CODES.std, np.inf)}, "std is not finite"),
    "negative std": ({"std": with_one(CODES.std, -1.0)}, "std is negative"),
    "far out": ({"mean": with_one(CODES.mean, -1e30)}, "too far out to be plotted"),
    "doubles": ({"mean": CODES.mean.astype(np.float64)}, "mean is float64"),
    "one twice": ({"index": np.maximum(CODES.index, 1)}, "not of each sample once"),
    "another order": ({"index": CODES.index + 1}, "not of each sample once"),
    "nan cov": ({"cov": with_one(CODES.cov, np.nan)}, "cov is not finite"),
    "long kl": ({"kl_per_dim": np.ones(3, np.float32)}, "kl_per_dim is (3,), not (2,)"),
}


@pytest.mark.parametrize("name", list(WRONG))
def test_codes_that_are_not_the_models(name: str, tmp_path: Path) -> None:
    changed, words = WRONG[name]
    codes = replace(CODES, **changed)
    with pytest.raises(ModelError) as caught:
        check_codes(codes, "m", D, N)
    assert words in str(caught.value)
    saved = checkpoint.save(tmp_path, model(), codes=codes)
    assert saved.note.startswith("saved without codes") and words in saved.note
    assert not (tmp_path / "codes.npz").exists()


def test_codes_of_the_model_are_kept(tmp_path: Path) -> None:
    check_codes(CODES, "m", D, N)
    assert checkpoint.save(tmp_path, model(), codes=CODES).note == ""
    found = checkpoint.load_codes(tmp_path, DATA, checkpoint.load(tmp_path))
    assert found is not None and np.array_equal(found.mean, CODES.mean)


def test_codes_of_a_later_save_are_not_those_of_the_model_that_was_read(tmp_path: Path) -> None:
    checkpoint.save(tmp_path, model(), codes=CODES)
    read = checkpoint.load(tmp_path)
    checkpoint.save(tmp_path, model("n", 1.0), codes=replace(CODES, model_id="n"))
    assert checkpoint.load_codes(tmp_path, DATA, read) is None
    assert checkpoint.load_codes(tmp_path, DATA) is not None


def rewrite(path: Path, **changed: Any) -> None:
    with np.load(path) as arrays:
        there = {name: arrays[name] for name in arrays}
    np.savez(path, **{**there, **changed})


def _zip_of_text(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mean.npy", "no array")


SPOILT: dict[str, Callable[[Path], Any]] = {
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-40]),
    "no archive": lambda path: path.write_text("codes"),
    "an empty file": lambda path: path.write_bytes(b""),
    "a zip of text": _zip_of_text,
    "nan": lambda path: rewrite(path, mean=with_one(CODES.mean, np.nan)),
    "a number": lambda path: rewrite(path, index=np.int64(3)),
    "words": lambda path: rewrite(path, mean=np.full((N, D), "word")),
    "objects": lambda path: rewrite(path, mean=np.full((N, D), None)),
    "another length": lambda path: rewrite(path, mean=CODES.mean[:3]),
}


@pytest.mark.parametrize("name", list(SPOILT))
def test_a_spoilt_file_of_codes_is_no_file(name: str, tmp_path: Path) -> None:
    data: Dataset = DATA
    checkpoint.save(tmp_path, model(), codes=CODES)
    SPOILT[name](tmp_path / "codes.npz")
    assert checkpoint.load_codes(tmp_path, data) is None
    checkpoint.load(tmp_path)
