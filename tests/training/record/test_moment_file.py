"""Moments as files: back to the bit, mapped, whole or not there, and never trusted."""

from __future__ import annotations

import errno
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.errors import CheckpointError, ExplorerError
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.models.files import tensors
from explorer.training.record import moment_file
from explorer.training.record.moment import Moment, moment_of
from tests.fakes import toy_dataset

CONFIG = ModelConfig(hidden=16)
DATA = toy_dataset(20)


def some(number: int = 3, epoch: float = 2.25, **more: Any) -> Moment:
    weights = weights_of(build(CONFIG, DATA.preparation, seed=number))
    model = ModelSnapshot(f"m{number}", CONFIG, DATA.preparation, weights, data={"name": "toy"})
    random = np.random.default_rng(number)
    mean, std = random.normal(size=(2, 5, 2)).astype(np.float32)
    codes = Codes(model.id, mean, np.abs(std), np.array([1, 4, 9, 3, 7]), **more)
    return moment_of(number, epoch, model, codes)


def test_a_moment_comes_back_to_the_bit_and_lies_in_its_file(tmp_path: Path) -> None:
    made = some(kl_per_dim=np.array([0.5, 2], np.float32))
    written = moment_file.write(tmp_path / "moments", "run", made)
    assert written.path is not None and written.model is made.model
    assert [path.name for path in (tmp_path / "moments").iterdir()] == [written.path.name]
    back = moment_file.load(written.released())
    assert back.held and back.codes is not None and made.codes is not None
    assert back.model.weights.keys() == made.model.weights.keys()
    for name, array in made.model.weights.items():
        found = back.model.weights[name]
        np.testing.assert_array_equal(found, array)
        assert isinstance(found, np.memmap) and not found.flags.writeable
        assert found.dtype == array.dtype and found.shape == array.shape
    for name in ("mean", "std", "index", "kl_per_dim"):
        np.testing.assert_array_equal(getattr(back.codes, name), getattr(made.codes, name))
    assert back.codes.cov is None and back.codes.model_id == back.model.id == "m3"


def test_the_moments_of_a_run_are_found_by_their_heads(tmp_path: Path) -> None:
    for number, epoch in ((0, 0.5), (10, 9.75), (2, 1.0), (1, 0.75)):
        moment_file.write(tmp_path, "mine", some(number, epoch))
    moment_file.write(tmp_path, "other", some(5, 0.9))
    (tmp_path / "epoch-spoilt.safetensors").write_bytes(b"nothing")
    (tmp_path / "notes.txt").write_text("mine")
    model = replace(some(77).model, training={"epoch": 1.0}, path="/run")
    found = moment_file.kept(tmp_path, "mine", model, until=1.0)
    assert [(one.number, one.epoch, one.model.id) for one in found] == [
        (0, 0.5, "m0"), (1, 0.75, "m1"), (2, 1.0, "m2"),
    ]  # fmt: skip
    assert not any(one.held or one.model.weights for one in found)
    assert found[0].model.path is None and found[0].model.config == CONFIG
    back, wanted = moment_file.load(found[2]).model.weights, some(2).model.weights
    assert all(np.array_equal(back[name], array) for name, array in wanted.items())
    assert moment_file.kept(tmp_path / "nowhere", "mine", model, 9.0) == ()


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Path, content: bytes) -> None:
        with _self.open("wb") as file:
            file.write(content[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        moment_file.write(tmp_path / "moments", "run", some())
    assert moment_file.files(tmp_path / "moments") == []


def _spoilt(path: Path, how: str) -> None:
    content = path.read_bytes()
    length = int.from_bytes(content[:8], "little")
    head, rest = json.loads(content[8 : 8 + length]), content[8 + length :]
    names = [name for name in head if name != "__metadata__"]
    if how == "cut off":
        rest = rest[:-40]
    elif how == "another type":
        head[names[0]]["dtype"] = "F8_E4M3"
    elif how == "backwards":
        head[names[0]]["data_offsets"].reverse()
    elif how == "negative":
        head[names[0]]["data_offsets"][0] = -8
    elif how == "another shape":
        head[names[0]]["shape"] = [3]
    elif how == "no codes":
        del head["codes.mean"]
    elif how == "no number":
        start = head["weights." + names[-1].removeprefix("weights.")]["data_offsets"][0]
        rest = rest[:start] + b"\x00\x00\xc0\x7f" + rest[start + 4 :]
    elif how == "of others":
        head["__metadata__"]["id"] = "m4"
    text = json.dumps(head).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + rest)


@pytest.mark.parametrize(
    "how",
    ["cut off", "another type", "backwards", "negative", "another shape", "no codes", "no number",
     "of others"],
)  # fmt: skip
def test_a_file_that_is_not_whole_is_refused_in_a_sentence(tmp_path: Path, how: str) -> None:
    written = moment_file.write(tmp_path, "run", some())
    assert written.path is not None
    _spoilt(written.path, how)
    with pytest.raises(CheckpointError) as caught:
        moment_file.load(written.released())
    assert "epoch-" in str(caught.value) and "\n" not in str(caught.value)


def test_codes_that_cannot_be_plotted_are_refused(tmp_path: Path) -> None:
    made = some()
    assert made.codes is not None
    far = replace(made.codes, mean=made.codes.mean * np.float32(1e9))
    written = moment_file.write(tmp_path, "run", replace(made, codes=far))
    with pytest.raises(ExplorerError, match="plotted"):
        moment_file.load(written.released())


def test_one_that_has_gone_is_refused_in_a_sentence(tmp_path: Path) -> None:
    written = moment_file.write(tmp_path, "run", some())
    assert written.path is not None
    written.path.unlink()
    with pytest.raises(CheckpointError, match="is missing"):
        moment_file.load(written.released())
    written.path.touch()
    with pytest.raises(CheckpointError, match="cannot be read"):
        moment_file.load(written.released())


def test_others_go_and_the_runs_own_stay(tmp_path: Path) -> None:
    folder = tmp_path / moment_file.MOMENTS
    mine = moment_file.write(folder, "mine", some(1, 1.0))
    moment_file.write(folder, "other", some(2, 2.0))
    assert moment_file.size(tmp_path) == sum(p.stat().st_size for p in folder.iterdir())
    moment_file.forget_others(tmp_path, "mine")
    assert list(folder.iterdir()) == [mine.path]
    moment_file.forget_others(tmp_path, "else")
    assert not folder.exists() and moment_file.size(tmp_path) == 0


def test_pages_of_files_mapped_long_ago_leave_memory_and_come_back(tmp_path: Path) -> None:
    written = [moment_file.write(tmp_path, "run", some(i, float(i))) for i in range(12)]
    loaded = [moment_file.load(moment.released()) for moment in written]
    for before, after in zip(written, loaded, strict=True):
        for name, array in before.model.weights.items():
            np.testing.assert_array_equal(array, after.model.weights[name])
    assert len(tensors._mapped) <= tensors.MOST_MAPPED
