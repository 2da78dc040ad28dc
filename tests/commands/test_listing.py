"""``inspect``, ``models``, ``datasets``: what there is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.cli import main
from explorer.data.opening import open_dataset
from tests.commands.conftest import Call

INSPECTED = ["kind", "n", "shape", "dtype", "range", "labels", "splits", "warnings"]


def test_inspect_data(data: str, done: Call) -> None:
    found = done("inspect", data)
    assert set(INSPECTED) <= set(found)
    assert (found["kind"], found["n"], found["shape"]) == ("images", 60, [8, 8, 1])


def test_inspect_checkpoint(checkpoint: str, done: Call) -> None:
    found = done("inspect", checkpoint)
    assert set(INSPECTED) <= set(found)
    assert (found["kind"], found["what"], found["latent_dim"]) == ("images", "model", 2)
    assert found["likelihood"] == found["metrics"]["likelihood"] == "gaussian-learned"


def test_inspect_says_what_it_is_of(data: str, done: Call) -> None:
    assert done("inspect", data)["what"] == "data"


@pytest.mark.parametrize("value", [0, 7, 255])
def test_inspect_warns_of_equal_samples_as_training_does(
    value: int, tmp_path: Path, done: Call
) -> None:
    path = tmp_path / "const.npy"
    np.save(path, np.full((20, 8, 8), value, np.uint8))
    found = done("inspect", path)
    assert "all samples are the same picture" in found["warnings"]
    assert list(open_dataset(path).warnings) == found["warnings"]
    low, high = found["range"]
    assert low <= value <= high


def test_the_range_of_pictures_is_said_to_be_black_to_white(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", data]) == 0
    assert "0 .. 255 (black .. white)" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["inspect", ""],
        ["evaluate", "", "digits"],
        ["evaluate", "digits", ""],
        ["train", "", "--out", "new"],
    ],
)
def test_an_empty_name_is_refused(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failed: Call
) -> None:
    """It was taken for the working directory."""
    monkeypatch.chdir(tmp_path)
    for i in range(3):
        Image.new("L", (8, 8), i).save(tmp_path / f"{i}.png")
    assert "the path is empty" in failed(1, *words)
    assert not (tmp_path / "new").exists()


def test_inspect_reads_well(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", data]) == 0
    out = capsys.readouterr().out
    assert "8 x 8 x 1" in out and "0 .. 255" in out


def test_inspect_lists_some_of_many_classes(
    tmp_path: Path, done: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "many.npz"
    np.savez(path, x=np.arange(50 * 64, dtype=np.uint8).reshape(50, 8, 8), y=np.arange(50))
    assert len(done("inspect", path)["labels"]) == 50
    assert main(["inspect", str(path)]) == 0
    assert "19: 1 and 30 more" in capsys.readouterr().out


def test_inspect_knows_a_bundled_model_by_its_name(done: Call) -> None:
    assert done("inspect", "digits-vae")["what"] == "model"
    assert done("inspect", "digits")["what"] == "data"


def test_inspect_what_is_nothing(tmp_path: Path, failed: Call) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    (tmp_path / "empty").mkdir()
    for path in (text, tmp_path / "empty", tmp_path / "nosuch"):
        assert str(path) in failed(1, "inspect", path)


@pytest.mark.parametrize(
    ("command", "names"), [("models", "vae ae"), ("datasets", "fashion emoji")]
)
def test_lists_have_a_line_each(
    command: str, names: str, done: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    found = done(command)
    assert set(names.split()) <= set(found)
    assert main([command]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines][: len(found)] == list(found)


def test_models_lists_the_bundled_checkpoints(
    done: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    trained = [one for preset in done("models").values() for one in preset["checkpoints"]]
    assert {one["name"] for one in trained} >= {"digits-vae", "emoji-vae", "fashion-vae"}
    assert main(["models"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    for one in trained:
        line = lines[one["name"]]
        assert done("inspect", one["path"])["latent_dim"] == one["latent_dim"]
        for key in ("preset", "data", "latent_dim", "epochs"):
            assert str(one[key]) in line
        assert f"{one['test_elbo']:.1f} nats" in line


def test_a_bundled_checkpoint_has_two_names(tmp_path: Path, done: Call) -> None:
    pictures = []
    for name in ("digits", "digits-vae"):
        done("decode", name, "--z", "1,0", "--out", tmp_path / "a.png")
        pictures.append((tmp_path / "a.png").read_bytes())
    assert pictures[0] == pictures[1]
