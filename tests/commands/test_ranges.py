"""A model that is given samples of another range or size says what it does with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.cli import main
from tests.commands.conftest import Call


@pytest.fixture
def bytes_model(tmp_path: Path, done: Call) -> str:
    """A model of bytes, and the same pictures as floats beside it."""
    x = np.random.default_rng(0).integers(0, 256, (60, 8, 8), dtype=np.uint8)
    np.savez(tmp_path / "bytes.npz", x=x)
    np.savez(tmp_path / "floats.npz", x=(x / 255).astype(np.float32))
    np.savez(tmp_path / "wide.npz", x=np.repeat(x, 2, axis=2))
    np.savez(tmp_path / "nobody.npz", x=x * 7.31)
    out = tmp_path / "model"
    done("train", tmp_path / "bytes.npz", "--out", out, "--epochs", "1")
    return str(out)


@pytest.mark.parametrize("words", [("encode",), ("evaluate", "--samples", "5"), ("compare",)])
@pytest.mark.parametrize(
    ("file", "said"),
    [("floats", "taken from 0 to 1, which is scaled"), ("wide", "are scaled into 8 x 8")],
)
def test_what_is_done_to_other_samples_is_a_note(
    words: tuple[str, ...], file: str, said: str, bytes_model: str, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    name, *rest = words
    out = ["--out", str(tmp_path / "codes.npz")] if name == "encode" else []
    assert main([name, bytes_model, str(tmp_path / f"{file}.npz"), *rest, *out]) == 0
    assert any(
        line.startswith("note: ") and said in line for line in capsys.readouterr().err.splitlines()
    )


def test_the_same_pictures_have_the_same_codes(
    bytes_model: str, tmp_path: Path, done: Call
) -> None:
    for file in ("bytes", "floats"):
        done("encode", bytes_model, tmp_path / f"{file}.npz", "--out", tmp_path / f"{file}-z.npz")
    first, second = (np.load(tmp_path / f"{file}-z.npz") for file in ("bytes", "floats"))
    np.testing.assert_array_equal(first["mean"], second["mean"])


def test_samples_of_no_known_range_are_refused(
    bytes_model: str, tmp_path: Path, failed: Call
) -> None:
    line = failed(1, "evaluate", bytes_model, tmp_path / "nobody.npz")
    assert "none of the model's, which go from 0 to 255" in line
