"""Kept runs: listed, and pruned to a limit; never one that is open, written to or cut off."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.compute.runs import RunRecord, beyond, kept, prune
from explorer.data.dataset import Preparation
from explorer.models import checkpoint
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.holding import held
from explorer.training.record import moment_file
from tests.training.record.test_moment_file import some

CONFIG, FORM = ModelConfig(hidden=4), Preparation(8, 8, 1)
MODEL = ModelSnapshot(
    "m", CONFIG, FORM, weights_of(build(CONFIG, FORM, seed=0)),
    metrics={"test_elbo": -1.5}, data={"name": "toy"},
    training={"epochs": 9, "epoch": 3.0, "state": "stopped"},
)  # fmt: skip


def run(folder: Path, name: str, day: int, state: str = "finished") -> Path:
    """A kept run of that day."""
    training = {**MODEL.training, "state": state}
    checkpoint.save(folder / name, replace(MODEL, training=training))
    for file in (folder / name).iterdir():
        os.utime(file, (86400 * day, 86400 * day))
    return folder / name


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_kept_is_listed(tmp_path: Path) -> None:
    run(tmp_path, "old", 1, "stopped")
    run(tmp_path, "new", 2, "running")
    (tmp_path / "empty").mkdir()
    (tmp_path / "spoilt").mkdir()
    (tmp_path / "spoilt" / "model.json").write_text("{")
    new, old = kept(tmp_path)
    assert (new.name, old.name) == ("new", "old")
    assert (new.unfinished, old.unfinished) == (True, False)
    assert (old.data, old.preset, old.latent_dim) == ("toy", "vae", 2)
    assert (old.epochs, old.asked, old.test_elbo, old.date) == (3.0, 9, -1.5, 86400.0)
    assert old.bytes == sum(p.stat().st_size for p in (tmp_path / "old").iterdir())
    with held(tmp_path / "new"):
        assert not kept(tmp_path)[0].unfinished  # it is being trained
    assert kept(tmp_path / "nowhere") == ()


def of(name: str, *, size: int = 1, state: str = "finished", held: bool = False) -> RunRecord:
    return RunRecord(Path(name), "toy", "vae", 2, 3.0, 9, None, 0.0, size, state, held)


@pytest.mark.parametrize(
    ("runs", "most_runs", "most_bytes", "gone"),
    [
        ([of("c"), of("b"), of("a")], 3, 9, ""),
        ([of("c"), of("b"), of("a")], 2, 9, "a"),
        ([of("c"), of("b"), of("a")], 1, 9, "ab"),
        ([of("c"), of("b"), of("a")], 0, 0, "ab"),  # the newest stays
        ([of("c"), of("b", size=5), of("a")], 9, 5, "ab"),
        ([of("c"), of("b"), of("a", held=True)], 1, 9, "b"),
        ([of("c"), of("b"), of("a", state="running")], 1, 9, "b"),
        ([of("c"), of("b"), of("open")], 1, 9, "b"),
        ([], 0, 0, ""),
    ],
)
def test_the_oldest_go_first(
    runs: list[RunRecord], most_runs: int, most_bytes: int, gone: str
) -> None:
    going = beyond(runs, {Path("open")}, most_runs, most_bytes)
    assert "".join(one.name for one in going) == gone


def test_what_goes_is_said_with_the_limits(tmp_path: Path) -> None:
    paths = [run(tmp_path, name, day) for day, name in enumerate("abcde")]
    assert prune(tmp_path, most_runs=5) == ""
    with held(paths[0]):
        said = prune(tmp_path, {paths[1]}, most_runs=3)
    assert names(tmp_path) == ["a", "b", "e"]
    assert "the 2 oldest runs" in said and "up to 3 runs and 2048 MB are kept" in said
    assert "the oldest run (a, 0 MB) went: up to 2 runs" in prune(tmp_path, most_runs=2)


def test_left_overs_go_and_the_users_own_things_stay(tmp_path: Path) -> None:
    run(tmp_path, "a", 1)
    for name in (".pruned-x", "begun", "mine", "fresh"):
        (tmp_path / name).mkdir()
    (tmp_path / "begun" / ".lock").touch()
    (tmp_path / "begun" / "moments").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    for name in ("begun", "mine"):
        os.utime(tmp_path / name, (0, 0))
    prune(tmp_path)
    assert names(tmp_path) == ["a", "fresh", "mine"]


def moments(path: Path, count: int = 3) -> int:
    """Some moments in the folder of a run; their bytes."""
    for i in range(count):
        moment_file.write(path / "moments", "run", some(i, float(i)))
    return moment_file.size(path)


def test_the_size_of_a_run_is_with_its_moments(tmp_path: Path) -> None:
    run(tmp_path, "a", 1)
    (before,) = kept(tmp_path)
    more = moments(tmp_path / "a")
    (after,) = kept(tmp_path)
    assert more > 0 and after.bytes == before.bytes + more and after.date == before.date


def test_moments_go_before_whole_runs_do(tmp_path: Path) -> None:
    paths = [run(tmp_path, name, day) for day, name in enumerate("abcd")]
    for path in paths:
        own = moments(path)
    total = sum(one.bytes for one in kept(tmp_path))
    said = prune(tmp_path, {paths[1]}, most_bytes=total - own - 1)
    assert [(path / "moments").exists() for path in paths] == [False, True, False, True]
    assert said.startswith("the time line of 2 older runs (0 MB) went: up to 50 runs")
    assert names(tmp_path) == ["a", "b", "c", "d"]
    said = prune(tmp_path, most_runs=3, most_bytes=total - 3 * own)
    assert names(tmp_path) == ["b", "c", "d"] and not (paths[1] / "moments").exists()
    assert "the oldest run (a, 0 MB) went and the time line of an older run (0 MB) went:" in said
    assert (paths[3] / "moments").exists()  # the newest keeps its own
