"""``encode``: the arrays of codes.npz."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from tests.commands.conftest import Call


def test_writes_codes_with_labels(data: str, checkpoint: str, tmp_path: Path, done: Call) -> None:
    out = tmp_path / "codes.npz"
    found = done("encode", checkpoint, data, "--out", out)
    assert (found["n"], found["latent_dim"]) == (60, 2)
    with np.load(out) as arrays:
        assert arrays["mean"].shape == arrays["std"].shape == (60, 2)
        assert arrays["mean"].dtype == arrays["std"].dtype == np.float32
        assert arrays["index"].dtype == np.int64 and list(arrays["index"]) == list(range(60))
        assert list(arrays["label"]) == [0, 1, 2] * 20 and len(arrays["classes"]) == 3
        assert (arrays["std"] > 0).all()


def test_a_table_has_a_column_for_each_dimension(
    data: str, checkpoint: str, tmp_path: Path, done: Call
) -> None:
    for name in ("codes.csv", "codes.npz"):
        done("encode", checkpoint, data, "--out", tmp_path / name)
    with (tmp_path / "codes.csv").open(newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["index", "label", "mean_0", "mean_1", "std_0", "std_1"]
    with np.load(tmp_path / "codes.npz") as arrays:
        names = arrays["classes"][arrays["label"]]
        numbers = np.column_stack([arrays["mean"], arrays["std"]])
    assert [row[1] for row in rows] == names.tolist()
    np.testing.assert_allclose(np.array([row[2:] for row in rows], float), numbers, rtol=1e-6)


def test_a_failed_write_leaves_the_old_file(
    data: str, checkpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failed: Call
) -> None:
    out = tmp_path / "codes.npz"
    out.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", fail)
    assert "disk with room" in failed(1, "encode", checkpoint, data, "--out", out)
    assert out.read_bytes() == b"old" and list(tmp_path.iterdir()) == [out]


def test_bad_outputs(data: str, checkpoint: str, tmp_path: Path, failed: Call) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.npz").mkdir()
    failed(2, "encode", checkpoint, data, "--out", tmp_path / "codes.png")
    failed(1, "encode", checkpoint, data, "--out", tmp_path / "folder.npz")
    failed(1, "encode", checkpoint, data, "--out", tmp_path / "file" / "codes.npz")
