"""How a file is read: said once on the command line, remembered with the model."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from explorer.cli import main
from explorer.compute.opening.source import Open
from explorer.data.choices import Choices
from tests.commands.conftest import Call

N = 60
QUICK = ("--epochs", "1", "--set", "hidden=16")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two columns that can be the label, and three to learn from."""
    values = np.random.default_rng(0).normal(size=(N, 3)).round(3)
    rows = [f"{i % 2},{'xyz'[i % 3]},{','.join(map(str, v))}" for i, v in enumerate(values)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["sex,site,a,b,c", *rows]))
    return path


@pytest.fixture
def model(table: Path, tmp_path: Path, done: Call) -> Path:
    out = tmp_path / "m"
    done("train", table, "--out", out, "--label", "site", "--drop", "sex", "--drop", "5", *QUICK)
    return out


def test_inspect_reads_as_told(table: Path, done: Call) -> None:
    found = done("inspect", table, "--label", "site", "--drop", "sex")
    assert found["labels"] == {"x": 20, "y": 20, "z": 20} and found["columns"] == ["a", "b", "c"]
    assert done("inspect", table, "--label", "none", "--drop", "site")["labels"] is None


def test_a_model_remembers(model: Path, table: Path, tmp_path: Path, done: Call) -> None:
    card = json.loads((model / "model.json").read_text())
    assert card["data"]["choices"] == {"label": "site", "drop": ["sex", "5"]}
    assert done("inspect", model)["choices"] == {"label": "site", "drop": ["sex", "5"]}
    out = tmp_path / "codes.npz"
    done("encode", model, table, "--out", out)
    assert np.load(out)["classes"].tolist() == ["x", "y", "z"]
    done("encode", model, table, "--out", out, "--label", "sex", "--drop", "site")
    assert np.load(out)["classes"].tolist() == ["0", "1"]


def test_its_own_data_opens_in_the_window_as_it_was(model: Path) -> None:
    opened = Open(str(model)).answer()
    assert opened.dataset is not None and opened.dataset.classes == ("x", "y", "z")
    other = Open(str(model), Choices(label="sex")).answer()
    assert other.dataset is not None and other.dataset.classes == ("0", "1")


def test_a_training_goes_on_with_what_it_was_told(model: Path, table: Path, done: Call) -> None:
    found = done("train", table, "--out", model, "--resume", "--epochs", "2")
    assert found["epochs"] == 2
    assert done("inspect", model)["choices"] == {"label": "site", "drop": ["sex", "5"]}


def test_of_other_data_what_is_remembered_need_not_hold(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], failed: Call
) -> None:
    other = tmp_path / "b.csv"
    other.write_text("a,b\n" + "\n".join(f"{i / 7},{i % 5}.5" for i in range(20)))
    assert main(["encode", str(model), str(other), "--out", str(tmp_path / "c.npz")]) == 0
    err = capsys.readouterr().err
    assert "there is no column 'site' for --label" in err and "left aside" in err
    said = failed(1, "encode", model, other, "--out", tmp_path / "c.npz", "--label", "site")
    assert "choose from a, b" in said


def test_of_data_without_the_label_what_is_remembered_is_left_aside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], done: Call
) -> None:
    values = np.random.default_rng(0).integers(0, 9, (N, 5))
    for name, columns in (("a.csv", values), ("b.csv", values[:, 1:])):
        np.savetxt(tmp_path / name, columns, delimiter=",", fmt="%d")
    out, codes = tmp_path / "m", tmp_path / "c.npz"
    done("train", tmp_path / "a.csv", "--out", out, "--label", "1", *QUICK)
    assert main(["encode", str(out), str(tmp_path / "b.csv"), "--out", str(codes)]) == 0
    assert "there is no label in it" in capsys.readouterr().err
    bare = np.load(codes)["mean"]
    done("encode", out, tmp_path / "a.csv", "--out", codes)
    np.testing.assert_array_equal(np.load(codes)["mean"], bare)


@pytest.mark.parametrize("suffix", [".npz", ".tsv"])
def test_negative_labels_on_the_command_line(suffix: str, tmp_path: Path, done: Call) -> None:
    path, out = tmp_path / f"a{suffix}", tmp_path / "m"
    waves = (
        np.sin(np.arange(40) / (4 + 3 * (np.arange(N)[:, None] % 2))) + np.arange(N)[:, None] / N
    )
    signs = np.where(np.arange(N) % 2, 1, -1)
    if suffix == ".npz":
        np.savez(path, x=waves, y=signs)
    else:
        np.savetxt(path, np.column_stack([signs, waves]), delimiter="\t")
    done("train", path, "--out", out, "--only", "-1", *QUICK)
    scores = ("--out", tmp_path / "s.csv", "--normal", "-1", "--samples", "2", "--split", "all")
    assert done("anomalies", out, path, *scores)["anomalies"] == N // 2


def test_a_checkpoint_is_not_read_as_data(model: Path, failed: Call) -> None:
    assert "a checkpoint is no data" in failed(1, "inspect", model, "--header")
