"""``evaluate``, ``compare``, ``atlas``: what they print and write, and the models they refuse."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from explorer.cli import main
from tests.analysis.test_measuring import COMPARED, EVALUATED
from tests.commands.conftest import Call


def test_evaluate(data: str, checkpoint: str, done: Call) -> None:
    found = done("evaluate", checkpoint, data, "--samples", "50")
    assert set(EVALUATED) <= set(found)
    assert found["split"] == "test" and found["n"] == 6
    assert done("evaluate", checkpoint, data, "--samples", "50") == found
    assert done("evaluate", checkpoint, data, "--samples", "5", "--split", "all")["n"] == 60


def test_compare(data: str, checkpoint: str, done: Call) -> None:
    found = done("compare", checkpoint, data, "--split", "train")
    assert set(COMPARED) <= set(found)
    assert found["k"] == 2


def test_compare_with_another_model(
    data: str, checkpoint: str, plain: str, done: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    found = done("compare", checkpoint, data, "--with", checkpoint, "--samples", "5")
    assert found["difference_log_likelihood"] == 0 and found["importance_samples"] == 5
    assert found["mse_unit"].startswith("per feature") and "pca_mse" not in found
    assert main(["compare", checkpoint, data, "--with", plain, "--samples", "5"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert any(re.fullmatch(r"difference mse \S+ ± \S+ \(\S+ to \S+\) per .*", s) for s in lines)
    assert any(line.startswith("difference elbo -") for line in lines)
    assert any("difference_elbo" in line and "is a point" in line for line in lines)


def test_models_of_other_data_are_not_compared(data: str, checkpoint: str, failed: Call) -> None:
    line = failed(1, "compare", checkpoint, data, "--with", "digits")
    assert "the two models saw other data: blobs and digits" in line


def test_people_read_units(data: str, checkpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", checkpoint, data, "--samples", "5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("elbo ") and line.endswith("nats per sample") for line in lines)


def test_other_data_is_measured_with_a_note(
    data: str, checkpoint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", checkpoint, "digits", "--samples", "1", "--json"]) == 0
    assert "not the data that the model was trained on" in capsys.readouterr().err


def test_atlas(checkpoint: str, tmp_path: Path, done: Call) -> None:
    found = done("atlas", checkpoint, "--out", tmp_path / "a.png", "--size", "5")
    assert (found["width"], found["height"], found["scale"]) == (280, 280, 7)
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (280, 280)


@pytest.mark.parametrize("words", [("--size", "0"), ("--extent", "nan"), ("--size", "1000")])
def test_atlas_limits(
    words: tuple[str, str], checkpoint: str, tmp_path: Path, failed: Call
) -> None:
    failed(2, "atlas", checkpoint, "--out", tmp_path / "a.png", *words)


def test_bad_checkpoints(data: str, copied: Path, tmp_path: Path, failed: Call) -> None:
    text = tmp_path / "text"
    text.write_text("hello")
    for path in (tmp_path / "nosuch", text, tmp_path):
        failed(1, "evaluate", path, data)
    weights, card = copied / "model.safetensors", copied / "model.json"
    whole, described = weights.read_bytes(), card.read_text()
    weights.write_bytes(whole[:1000])
    failed(1, "evaluate", copied, data)
    weights.write_bytes(b"\x80\x04pickle")
    failed(1, "evaluate", copied, data)
    weights.write_bytes(whole)
    card.write_text(json.dumps({**json.loads(described), "schema": 99}))
    failed(1, "evaluate", copied, data)
    card.write_text(described[:100])
    failed(1, "evaluate", copied, data)
