"""Kept runs: listed, and pruned to a limit; never one that is open, written to or cut off."""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.compute.runs import RunRecord, _delete, _gone, _lighter, _remove, beyond, kept, prune
from explorer.data.dataset import Preparation
from explorer.models import checkpoint
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.files.holding import held
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


def test_what_a_card_lacks_is_nothing_and_no_error(tmp_path: Path) -> None:
    path = run(tmp_path, "a", 1)
    card = json.loads((path / "model.json").read_text())
    for part in ("data", "training", "metrics"):
        card[part] = "spoilt"
    (path / "model.json").write_text(json.dumps(card))
    (found,) = kept(tmp_path)
    assert (found.data, found.epochs, found.asked, found.test_elbo, found.state) == (
        "", 0.0, 0, None, "",
    )  # fmt: skip


def test_an_elbo_is_told_where_the_model_has_one(tmp_path: Path) -> None:
    run(tmp_path, "a", 1)
    plain = replace(MODEL, config=ModelConfig("ae", hidden=4), metrics={"test_elbo": -2.5})
    weights = weights_of(build(plain.config, FORM, seed=0))
    checkpoint.save(tmp_path / "b", replace(plain, weights=weights))
    checkpoint.save(tmp_path / "c", replace(MODEL, metrics={"test_elbo": "high"}))
    assert {one.name: one.test_elbo for one in kept(tmp_path)} == {"a": -1.5, "b": None, "c": None}


def test_runs_of_one_moment_are_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in "bca":
        run(tmp_path, name, 3)
    (tmp_path / ".hidden").mkdir()
    run(tmp_path, ".hidden", 4)
    (tmp_path / "file").touch()
    assert [one.name for one in kept(tmp_path)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("name", "member", "age", "stays"),
    [
        ("old and empty", None, 3700, False),
        ("young", None, 3500, True),
        ("with a lock", ".lock", 3700, False),
        ("with the user's own", "letter.txt", 3700, True),
    ],
)
def test_a_place_of_a_training_that_saved_nothing_goes_after_an_hour(
    tmp_path: Path, name: str, member: str | None, age: float, stays: bool
) -> None:
    (tmp_path / name).mkdir()
    if member:
        (tmp_path / name / member).touch()
    then = time.time() - age
    os.utime(tmp_path / name, (then, then))
    prune(tmp_path)
    assert (tmp_path / name).exists() == stays


def test_what_is_held_stays_however_old_it_is(tmp_path: Path) -> None:
    (tmp_path / "begun").mkdir()
    with held(tmp_path / "begun"):
        os.utime(tmp_path / "begun", (0, 0))
        prune(tmp_path)
        assert (tmp_path / "begun").exists()


def test_moments_of_a_run_that_is_written_to_stay(tmp_path: Path) -> None:
    paths = [run(tmp_path, name, day) for day, name in enumerate("abc")]
    for path in paths:
        moments(path)
    with held(paths[0]):
        prune(tmp_path, most_bytes=sum(one.bytes for one in kept(tmp_path)) - 1)
    assert [(path / "moments").exists() for path in paths] == [True, False, True]


def test_what_cannot_be_taken_away_stays_without_a_word(tmp_path: Path) -> None:
    """It goes another time; nobody has asked for it to go."""
    (tmp_path / "file").touch()
    for path in (tmp_path / "gone", tmp_path / "file"):
        _delete(path)
    assert names(tmp_path) == ["file"]


def test_sizes_are_told_in_mega_bytes() -> None:
    two = [of("a", size=3 * 2**20), of("b", size=2**20)]
    assert _gone(two) == "the 2 oldest runs (4 MB) went"
    assert _gone(two[:1]) == "the oldest run (a, 3 MB) went" and _gone([]) == ""
    assert _lighter([3 * 2**20, 2**20]) == "the time line of 2 older runs (4 MB) went"
    assert _lighter([2**20]) == "the time line of an older run (1 MB) went" and _lighter([]) == ""


def test_just_as_much_as_the_limit_stays() -> None:
    runs = [of("c", size=2), of("b", size=2), of("a", size=2)]
    assert beyond(runs, (), 3, 6) == ()
    assert [one.name for one in beyond(runs, (), 3, 5)] == ["a"]
    assert [one.name for one in beyond(runs, (), 3, 3)] == ["a", "b"]


def test_moments_stay_while_all_is_as_large_as_the_limit(tmp_path: Path) -> None:
    paths = [run(tmp_path, name, day) for day, name in enumerate("ab")]
    moments(paths[0])
    total = sum(one.bytes for one in kept(tmp_path))
    assert prune(tmp_path, most_bytes=total) == "" and (paths[0] / "moments").exists()
    assert prune(tmp_path, most_bytes=total - 1).startswith("the time line of an older run")


def test_a_run_that_somebody_took_up_meanwhile_stays_and_is_not_told_as_gone(
    tmp_path: Path,
) -> None:
    path = run(tmp_path, "a", 1)
    with held(path):
        assert not _remove(path) and names(tmp_path) == ["a"]
    assert _remove(path) and names(tmp_path) == []
    assert not _remove(path), "it is gone already"
