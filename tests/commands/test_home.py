"""Measuring needs no home that can be written to, nor any home at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer import paths

FOLDERS = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME")
NOWHERE = "/dev/null/home"  # nobody can make a folder there, root neither


@pytest.mark.parametrize("home", [NOWHERE, ""])
def test_evaluate_needs_no_home(home: str, data: str, checkpoint: str, tmp_path: Path) -> None:
    here = {key: value for key, value in os.environ.items() if key not in FOLDERS}
    root = str(Path(__file__).parents[2])
    words = [sys.executable, "-m", "explorer", "evaluate", checkpoint, data, "--samples", "5"]
    done = subprocess.run(
        [*words, "--json"], cwd=tmp_path, env={**here, "HOME": home, "PYTHONPATH": root},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["n"] == 6
    assert "rror" not in done.stderr and list(tmp_path.iterdir()) == []


def test_without_a_home_nothing_is_made_where_one_happens_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for a user that the machine does not know: "~" stays "~"."""
    for name in FOLDERS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.chdir(tmp_path)
    for folder in (paths.cache(), paths.settings(), paths.runs(), paths.unfinished()):
        assert folder.is_relative_to(tmp_path / "temporary")
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"]
