"""``runs``: what was kept, the newest first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from explorer import paths
from explorer.cli import main
from tests.commands.conftest import Call

KEYS = {"name", "path", "data", "preset", "latent_dim", "epochs", "test_elbo", "date", "bytes"}


def test_runs_are_listed(
    checkpoint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    done: Call,
) -> None:
    monkeypatch.setattr(paths, "runs", lambda: tmp_path)
    assert main(["runs"]) == 0
    assert "there are none yet" in capsys.readouterr().out
    shutil.copytree(checkpoint, tmp_path / "mine")
    (run,) = done("runs")["runs"]
    assert set(run) >= KEYS
    assert (run["name"], run["preset"], run["epochs"]) == ("mine", "vae", 2)
    assert run["state"] == "finished"
    assert main(["runs"]) == 0
    assert str(tmp_path / "mine") in capsys.readouterr().out
