"""explorer.compute.keeping.prune: the oldest go, and none that somebody needs."""

from __future__ import annotations

import os
from pathlib import Path

from explorer.compute import unheard
from explorer.compute.keeping.prune import Prune
from explorer.compute.keeping.save import Save
from tests.compute.small import snapshot


def runs_in(folder: Path, count: int = 4) -> list[Path]:
    """Runs of different ages, the oldest first."""
    made = [folder / f"run {i}" for i in range(count)]
    for i, path in enumerate(made):
        Save(path, snapshot()).answer()
        for file in path.iterdir():
            os.utime(file, (1000.0 * i, 1000.0 * i))
    return made


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_oldest_go(tmp_path: Path) -> None:
    runs_in(tmp_path)
    said = Prune(tmp_path, (), (2, 2**40)).answer()
    assert left_in(tmp_path) == ["run 2", "run 3"] and "2 oldest runs" in said
    assert Prune(tmp_path, (), (2, 2**40)).answer() == ""


def test_what_is_shown_or_not_heard_of_stays(tmp_path: Path) -> None:
    runs = runs_in(tmp_path)
    (runs[1] / unheard.MARK).touch()
    os.utime(runs[1] / unheard.MARK, (1000.0, 1000.0))
    spelled = tmp_path / "run 3" / ".." / "run 0"  # opened by another spelling of its path
    Prune(tmp_path, (spelled,), (1, 2**40)).answer()
    assert left_in(tmp_path) == ["run 0", "run 1", "run 3"]


def test_a_run_of_that_name_elsewhere_spares_nothing(tmp_path: Path) -> None:
    runs_in(tmp_path / "runs")
    Prune(tmp_path / "runs", (tmp_path / "run 0",), (3, 2**40)).answer()
    assert left_in(tmp_path / "runs") == ["run 1", "run 2", "run 3"]
