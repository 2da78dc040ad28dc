"""``inspect``, ``models``, ``datasets``: what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.cli import main
from tests.commands.conftest import Call

INSPECTED = ["kind", "n", "shape", "dtype", "range", "labels", "splits", "warnings"]


def test_inspect_data(data: str, done: Call) -> None:
    found = done("inspect", data)
    assert set(INSPECTED) <= set(found)
    assert (found["kind"], found["n"], found["shape"]) == ("images", 60, [8, 8, 1])


def test_inspect_checkpoint(checkpoint: str, done: Call) -> None:
    found = done("inspect", checkpoint)
    assert set(INSPECTED) <= set(found)
    assert (found["kind"], found["latent_dim"]) == ("model", 2)


def test_inspect_reads_well(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", data]) == 0
    out = capsys.readouterr().out
    assert "8 x 8 x 1" in out and "0 .. 255" in out


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
    assert [line.split()[0] for line in lines] == list(found)
