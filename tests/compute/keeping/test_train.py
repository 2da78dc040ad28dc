"""Training and keeping: what is learned is on the disk on the way, at the end, or in memory."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.compute.keeping import train as keeping
from explorer.compute.keeping.save import Save
from explorer.compute.keeping.train import Train, room
from explorer.errors import CheckpointError, EnvironmentFault
from explorer.models import checkpoint
from explorer.models.config import ModelConfig
from explorer.models.files import staging
from explorer.models.files.holding import held, is_held
from explorer.task import NO_TASK, Task
from explorer.training import loop, publishing
from explorer.training.clock import Budget, Clock
from explorer.training.config import TrainingConfig
from explorer.training.history import Trained
from explorer.training.record import curve_file, moment_file
from explorer.training.record.moment_file import MOMENTS
from explorer.training.record.time_line import TimeLine
from explorer.training.run import Run
from tests.fakes import toy_dataset

MODEL = ModelConfig(hidden=16)
TRAINING = TrainingConfig(epochs=4, batch_size=16, device="cpu", lr=3e-3)
FULL = OSError(errno.ENOSPC, "No space left on device")


def asked(folder: Path | None, **more: Any) -> Train:
    training = replace(TRAINING, epochs=more.pop("epochs", TRAINING.epochs))
    return Train(toy_dataset(80), MODEL, training, folder, **more)


def same(first: Trained, second: Trained) -> bool:
    """To the byte: weights, optimiser, random states."""
    a, b = first.snapshot.weights, second.snapshot.weights
    assert first.resume_state is not None and second.resume_state is not None
    a, b = {**a, **first.resume_state.tensors}, {**b, **second.resume_state.tensors}
    return a.keys() == b.keys() and all(np.array_equal(a[n], b[n]) for n in a)


def test_it_is_saved_with_what_resuming_needs(tmp_path: Path) -> None:
    trained = keeping.train(asked(tmp_path / "run"), NO_TASK)
    assert trained.snapshot.path == str(tmp_path / "run")
    assert (trained.unsaved, trained.note) == (None, "")
    saved = checkpoint.load(tmp_path / "run")
    assert (saved.id, saved.training["state"]) == (trained.snapshot.id, "finished")
    more = keeping.train(asked(tmp_path / "run", epochs=6, resume=True), NO_TASK)
    assert same(more, keeping.train(asked(None, epochs=6), NO_TASK))


KILLED = """
import os, signal, sys
from pathlib import Path
from explorer.models import checkpoint
from explorer.task import NO_TASK
from explorer.training import loop
from tests.compute.keeping.test_train import asked, keeping

loop.KEEP_EVERY, loop.LOOK_EVERY, loop.KEEP_SHARE = 0.0, 0.0, 1.0
real, left = checkpoint.save, [int(sys.argv[2])]

def save(*args, **more):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **more)

checkpoint.save = save
keeping.train(asked(Path(sys.argv[1])), NO_TASK)
"""


@pytest.mark.parametrize(("saves", "step"), [(2, 1), (7, 6), (9, 8)])
def test_killed_on_its_way_it_goes_on_to_the_byte(tmp_path: Path, saves: int, step: int) -> None:
    """4 epochs of 4 batches, saved after each: killed in mid-epoch and at an epoch's end."""
    words = [sys.executable, "-c", KILLED, str(tmp_path), str(saves)]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
    found = checkpoint.load(tmp_path)
    assert (found.training["state"], found.training["step"]) == ("running", step)
    rest = keeping.train(asked(tmp_path, resume=True), NO_TASK)
    assert same(rest, keeping.train(asked(None), NO_TASK))
    assert checkpoint.load(tmp_path).training["state"] == "finished"


def fail(monkeypatch: pytest.MonkeyPatch, after: int = 0) -> None:
    """From the save after ``after`` on, the disk is full."""
    real, left = staging._write, [after * 6]  # files of a save

    def write(path: Path, content: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise FULL
        real(path, content)

    monkeypatch.setattr(staging, "_write", write)


def test_a_full_disk_at_the_end_leaves_all_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fail(patch)
        trained = keeping.train(asked(tmp_path / "full"), NO_TASK)
    assert trained.unsaved is not None and "No space left" in str(trained.unsaved)
    assert trained.snapshot.path is None
    assert not checkpoint.is_checkpoint(tmp_path / "full")
    assert same(trained, keeping.train(asked(None), NO_TASK))
    question = Save(tmp_path / "else", trained.snapshot, resume=trained.resume_state)
    assert question.answer().snapshot.metrics == trained.snapshot.metrics
    more = keeping.train(asked(tmp_path / "else", epochs=6, resume=True), NO_TASK)
    assert same(more, keeping.train(asked(None, epochs=6), NO_TASK))


def test_a_full_disk_on_the_way_does_not_end_the_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("KEEP_EVERY", 0.0), ("LOOK_EVERY", 0.0), ("KEEP_SHARE", 1.0)):
        monkeypatch.setattr(loop, name, value)
    with monkeypatch.context() as patch:
        fail(patch, after=6)
        trained = keeping.train(asked(tmp_path), NO_TASK)
    assert trained.unsaved is not None
    assert checkpoint.load(tmp_path).training["step"] == 6
    assert same(trained, keeping.train(asked(None), NO_TASK))


def test_it_finds_a_place_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping.paths, "runs", lambda: tmp_path / "runs")
    with monkeypatch.context() as patch:
        fail(patch)
        trained = keeping.train(asked(tmp_path / "full"), NO_TASK)
        assert keeping.save_elsewhere(trained).snapshot.path is None  # that disk is full, too
    kept = keeping.save_elsewhere(trained)
    assert kept.unsaved is trained.unsaved
    assert str(kept.snapshot.path).startswith(str(tmp_path / "runs"))
    assert checkpoint.load(str(kept.snapshot.path)).id == trained.snapshot.id


def no_training(*_: object, **__: object) -> Trained:
    raise AssertionError("the folder was to be tried before")


def test_the_folder_is_tried_before_the_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "train", no_training)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentFault, match="nothing can be saved here"):
        keeping.train(asked(tmp_path / "file" / "run"), NO_TASK)
    with held(tmp_path / "run"), pytest.raises(EnvironmentFault, match="another training"):
        keeping.train(asked(tmp_path / "run"), NO_TASK)
    monkeypatch.setattr(keeping, "MARGIN", 2**62)
    monkeypatch.setattr("os.fsync", lambda _: None)
    monkeypatch.setattr("os.urandom", lambda _: _Full())
    with pytest.raises(EnvironmentFault, match="No space left"):
        keeping.train(asked(tmp_path / "run"), NO_TASK)
    assert not (tmp_path / "run").exists()


class _Full(bytes):
    """A block for which there is no room."""

    def __getitem__(self, _: object) -> Any:
        raise FULL


def test_nobody_else_writes_while_it_trains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    real = loop.train

    def train(*args: Any, **more: Any) -> Trained:
        seen.append(is_held(tmp_path / "run"))
        with pytest.raises(EnvironmentFault, match="another training"):
            keeping.train(asked(tmp_path / "run"), NO_TASK)
        return real(*args, **more)

    monkeypatch.setattr(loop, "train", train)
    keeping.train(asked(tmp_path / "run"), NO_TASK)
    assert seen == [True] and not is_held(tmp_path / "run")


def test_nothing_left_to_do_is_said_and_changes_nothing(tmp_path: Path) -> None:
    first = keeping.train(asked(tmp_path), NO_TASK)
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.rglob("*.*")}
    for epochs in (4, 2):
        again = keeping.train(asked(tmp_path, epochs=epochs, resume=True), NO_TASK)
        assert "nothing is left to do: 4 epochs are done" in again.note
        assert again.curve.last == first.curve.last and len(again.curve) == len(first.curve)
    assert before == {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.rglob("*.*")}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("preset", "ae", "model ae (it used vae)"),
        ("body", "conv", "body conv (it used mlp)"),
        ("likelihood", "bernoulli", "likelihood bernoulli (it used gaussian-learned)"),
        ("latent_dim", 3, "latent dim 3 (it used 2)"),
        ("hidden", 32, "hidden 32 (it used 16)"),
        ("options", {"dropout": 0.5}, "dropout 0.5 (it used 0.2)"),
        ("batch_size", 17, "batch size 17 (it used 16)"),
        ("seed", 3, "seed 3 (it used 0)"),
        ("optimiser", "sgd", "optimiser sgd (it used adam)"),
    ],
)
def test_what_cannot_change_is_refused_by_name(
    tmp_path: Path, field: str, value: object, words: str
) -> None:
    keeping.train(asked(tmp_path), NO_TASK)
    request = asked(tmp_path, epochs=6, resume=True)
    part = "training" if hasattr(request.training, field) else "model"
    changed = replace(getattr(request, part), **{field: value})
    with pytest.raises(CheckpointError) as caught:
        keeping.train(replace(request, **{part: changed}), NO_TASK)
    assert words in str(caught.value) and str(tmp_path) in str(caught.value)


def test_what_can_change_does(tmp_path: Path) -> None:
    keeping.train(asked(tmp_path), NO_TASK)
    request = asked(tmp_path, epochs=5, resume=True)
    free = replace(request.training, lr=1e-4, threads=1, beta=0.5, schedule="cosine")
    given = replace(MODEL, likelihood="gaussian-learned", options={"dropout": 0.2})  # as it was
    trained = keeping.train(replace(request, training=free, model=given), NO_TASK)
    assert trained.snapshot.training["lr"] == 1e-4


def lively(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step is looked at."""
    monkeypatch.setattr(loop, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(publishing, "Budget", lambda *_, **__: Always())


class Always(Budget):
    """A budget without end."""

    def __init__(self) -> None:
        super().__init__(Clock(), 1.0, 0.0)

    def due(self) -> bool:
        """Always."""
        return True


def moments_in(folder: Path) -> list[float]:
    model = checkpoint.load(folder)
    run = str(model.training["run"])
    return [m.epoch for m in moment_file.kept(folder / MOMENTS, run, model, 1e9)]


def test_a_run_keeps_its_moments_and_its_curve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lively(monkeypatch)
    trained = keeping.train(asked(tmp_path / "run"), NO_TASK)
    kept = moments_in(tmp_path / "run")
    assert len(kept) > 10 and [m.epoch for m in trained.moments[:-1]] == kept[:-1]
    assert trained.moments[-1].model is trained.snapshot and trained.moments[-1].epoch == 4
    curve = curve_file.load(tmp_path / "run")
    assert curve is not None and curve.last == trained.curve.last


def test_a_resumed_run_has_its_whole_time_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lively(monkeypatch)
    keeping.train(asked(tmp_path, epochs=2), NO_TASK)
    before, told = moments_in(tmp_path), list[object]()
    more = keeping.train(asked(tmp_path, resume=True), Task(on_partial=told.append, interval=0.0))
    first = next(one for one in told if isinstance(one, TimeLine))
    assert [m.epoch for m in first.moments[:-1]] == before
    assert moments_in(tmp_path)[: len(before)] == before and more.moments[0].epoch == before[0]
    assert len(more.curve) == 4 * more.curve.steps
    assert more.snapshot.training["run"] == checkpoint.load(tmp_path).training["run"]


def test_another_training_in_its_place_takes_the_moments_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lively(monkeypatch)
    keeping.train(asked(tmp_path, epochs=2), NO_TASK)
    keeping.train(asked(tmp_path, epochs=1, moments=False), NO_TASK)
    assert not (tmp_path / MOMENTS).exists()


def test_moments_without_room_are_said_and_the_training_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lively(monkeypatch)
    monkeypatch.setattr(moment_file, "write", failing)
    trained = keeping.train(asked(tmp_path), NO_TASK)
    assert trained.note == "moments are not kept any more: No space left on device"
    assert trained.unsaved is None and checkpoint.load(tmp_path).id == trained.snapshot.id
    assert len(trained.moments) > 3 and all(m.held for m in trained.moments)


def failing(*_: object) -> Any:
    raise FULL


def test_a_training_that_fails_leaves_no_moments_alone_in_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lively(monkeypatch)
    steps, step = [0], Run.step

    def fails(run: Run) -> None:
        steps[0] += 1
        if steps[0] == 5:
            raise MemoryError
        step(run)

    monkeypatch.setattr(Run, "step", fails)
    with pytest.raises(MemoryError):
        keeping.train(asked(tmp_path / "run"), NO_TASK)
    assert not (tmp_path / "run").exists()


def test_a_model_saved_over_another_takes_the_moments_of_that_one_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lively(monkeypatch)
    trained = keeping.train(asked(tmp_path), NO_TASK)
    Save(tmp_path, trained.snapshot, curve=trained.curve).answer()
    assert moments_in(tmp_path) and curve_file.load(tmp_path) is not None
    other = keeping.train(asked(None), NO_TASK)
    Save(tmp_path, other.snapshot).answer()
    assert not (tmp_path / MOMENTS).exists() and curve_file.load(tmp_path) is None


def test_the_room_that_is_tried_is_what_a_checkpoint_takes_and_not_much_more(
    tmp_path: Path,
) -> None:
    model, data = ModelConfig(hidden=2048), toy_dataset()
    config = TrainingConfig(epochs=1, device="cpu")
    Train(data, model, config, tmp_path / "run", moments=False).answer()
    files = (tmp_path / "run").glob("*.*")
    taken = sum(file.stat().st_size for file in files if file.is_file())
    tried = room(model, data)
    assert taken < tried < 1.5 * taken + 2 * 2**20
