"""``train``: nothing is lost to a signal, a full disk, a second writer or a wish half thought."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.cli import main
from explorer.compute.keeping import train as keeping
from explorer.compute.opening.source import Open
from explorer.models import checkpoint as checkpoints
from explorer.models.files import staging
from explorer.models.files.holding import held
from explorer.training import loop
from explorer.training.record import moment_file
from tests.commands.conftest import Call
from tests.compute.keeping.test_train import lively

LONG = ("--epochs", "100000", "--set", "hidden=16")
SHORT = ("--epochs", "2", "--set", "hidden=16")
LAST = "decoder.0.weight"


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir() if p.is_file()}


def test_a_folder_that_holds_a_model_is_not_written_over(
    data: str, copied: Path, failed: Call
) -> None:
    before = files(copied)
    line = failed(1, "train", data, "--out", copied, *SHORT)
    assert "holds a model already" in line and "--overwrite" in line and "--resume" in line
    failed(2, "train", data, "--out", copied, *SHORT, "--overwrite", "--resume")
    assert files(copied) == before


def test_the_old_model_stays_until_the_new_one_is_saved(
    data: str, copied: Path, done: Call, failed: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, seen = files(copied), []
    real = loop.train

    def train(*args: Any, **more: Any) -> Any:
        seen.append({name: there for name, there in files(copied).items() if name in before})
        return real(*args, **more)

    monkeypatch.setattr(loop, "train", train)
    failed(1, "train", copied / "nosuch.npz", "--out", copied, "--overwrite")
    done("train", data, "--out", copied, *SHORT, "--overwrite", "--latent-dim", "3")
    assert seen == [before]
    assert checkpoints.load(copied).config.latent_dim == 3


def test_two_at_once_into_one_folder(data: str, tmp_path: Path, failed: Call) -> None:
    with held(tmp_path / "model"):
        line = failed(1, "train", data, "--out", tmp_path / "model", *SHORT)
    assert "another training or save is writing" in line
    assert not (tmp_path / "model").exists()


def test_what_a_killed_save_left_is_in_nobodys_way(data: str, tmp_path: Path, done: Call) -> None:
    (tmp_path / ".saving").mkdir()
    (tmp_path / ".saving" / "model.json").write_text("{")
    (tmp_path / ".lock").touch()
    (tmp_path / "moments").mkdir()
    (tmp_path / "moments" / "epoch-00001.00000.safetensors").write_bytes(b"half")
    done("train", data, "--out", tmp_path, *SHORT)
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_the_window_finds_the_curve_and_the_time_line(
    data: str, tmp_path: Path, done: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a training of its own: moments on the way, the first of them the earliest."""
    lively(monkeypatch)
    done("train", data, "--out", tmp_path / "run", *SHORT)
    opened = Open(str(tmp_path / "run")).answer()
    assert opened.curve is not None and len(opened.curve) == 2 * opened.curve.steps
    epochs = [moment.epoch for moment in opened.moments]
    assert len(epochs) == len(opened.curve) and epochs == sorted(epochs) and epochs[-1] == 2
    first = moment_file.load(opened.moments[0])
    assert not np.array_equal(*(m.model.weights[LAST] for m in (first, opened.moments[-1])))


def test_a_training_that_goes_on_adds_to_its_time_line(
    data: str, tmp_path: Path, done: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    lively(monkeypatch)
    done("train", data, "--out", tmp_path / "run", *SHORT)
    before = Open(str(tmp_path / "run")).answer().moments
    done("train", data, "--out", tmp_path / "run", "--epochs", "3", "--resume")
    after = Open(str(tmp_path / "run")).answer().moments
    assert [m.epoch for m in after[: len(before) - 1]] == [m.epoch for m in before[:-1]]
    assert after[-1].epoch == 3 and len(after) > len(before)


def test_a_time_line_can_be_done_without(data: str, tmp_path: Path, done: Call) -> None:
    done("train", data, "--out", tmp_path / "run", *SHORT, "--no-moments")
    assert not (tmp_path / "run" / "moments").exists()
    opened = Open(str(tmp_path / "run")).answer()
    assert opened.curve is not None and [moment.epoch for moment in opened.moments] == [2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--latent-dim", "3"], "latent dim 3 (it used 2)"),
        (["--model", "ae"], "model ae (it used vae)"),
        (["--body", "conv"], "body conv (it used mlp)"),
        (["--likelihood", "gaussian"], "likelihood gaussian (it used gaussian-learned)"),
        (["--seed", "1"], "seed 1 (it used 0)"),
        (["--batch-size", "127"], "batch size 127 (it used 128)"),
        (["--set", "hidden=8"], "hidden 8 (it used 16)"),
        (["--set", "optimiser=sgd"], "optimiser sgd (it used adam)"),
        (["--set", "dropout=0.1"], "dropout 0.1 (it used 0.0)"),
        (["--binarisation", "fixed"], "binarisation fixed"),
    ],
)
def test_resume_with_what_cannot_change(
    words: list[str], said: str, data: str, copied: Path, failed: Call
) -> None:
    before = files(copied)
    line = failed(1, "train", data, "--out", copied, "--resume", "--epochs", "3", *words)
    assert said in line
    assert files(copied) == before


def test_resume_with_what_it_has_and_what_can_change(data: str, copied: Path, done: Call) -> None:
    same = ("--model", "vae", "--latent-dim", "2", "--seed", "0", "--body", "mlp")
    words = ("--resume", "--epochs", "3", "--lr", "0.0005", "--device", "cpu", *same)
    assert done("train", data, "--out", copied, *words)["epochs"] == 3
    assert checkpoints.load(copied).training["lr"] == 0.0005


def test_resumed_black_and_white_data_stays_so(data: str, tmp_path: Path, done: Call) -> None:
    done("train", data, "--out", tmp_path, *SHORT, "--binarisation", "fixed")
    done("train", data, "--out", tmp_path, "--resume", "--epochs", "3")
    assert checkpoints.load(tmp_path).preparation.binarisation == "fixed"


def test_nothing_left_to_do(data: str, copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(copied)
    assert main(["train", data, "--out", str(copied), "--resume"]) == 0
    assert "nothing is left to do: 2 epochs are done" in capsys.readouterr().err
    assert files(copied) == before


def started(data: str, out: Path, **more: Any) -> subprocess.Popen[str]:
    """A training in a process of its own, once it says that it is on its way."""
    words = [sys.executable, "-m", "explorer", "train", data, "--out", str(out), *LONG]
    running = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
    )
    assert running.stderr is not None
    assert "epoch" in running.stderr.readline()
    return running


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no hang-up")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_asked_to_end_it_keeps_what_was_learned(name: str, data: str, tmp_path: Path) -> None:
    with started(data, tmp_path / "m") as running:
        running.send_signal(getattr(signal, name))
        out, err = running.communicate()
    assert running.returncode == 130
    assert err.splitlines()[-1].startswith("note: stopped") and str(tmp_path / "m") in err
    assert "Traceback" not in err and "stopped" in out
    saved = checkpoints.load(tmp_path / "m")
    assert saved.training["state"] == "stopped"
    assert checkpoints.load_resume(tmp_path / "m").values["step"] > 0


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no hang-up")
def test_what_nohup_ignores_stays_ignored(data: str, tmp_path: Path) -> None:
    def nohup() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with started(data, tmp_path / "m", preexec_fn=nohup) as running:
        running.send_signal(signal.SIGHUP)
        assert running.stderr is not None
        assert "epoch" in running.stderr.readline()  # it goes on
        running.send_signal(signal.SIGTERM)
        running.communicate()
    assert running.returncode == 130


def test_a_training_outlives_the_reader_of_its_progress(data: str, tmp_path: Path) -> None:
    with started(data, tmp_path / "m") as running:
        assert running.stderr is not None
        running.stderr.close()
        assert running.stdout is not None
        running.send_signal(signal.SIGTERM)
        running.stdout.read()
        running.wait()
        running.stderr = None
    assert running.returncode == 130
    assert checkpoints.load_resume(tmp_path / "m").values["step"] > 0


TERMINAL = """
import os, pty, sys

child, terminal = pty.fork()
if not child:
    os.execv(sys.executable, [sys.executable, "-m", "explorer", *sys.argv[1:]])
seen = b""
while b"epoch" not in seen:
    seen += os.read(terminal, 1000)
os.close(terminal)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no hang-up")
@pytest.mark.parametrize("terminal", ["xterm", "dumb"])
def test_a_training_outlives_its_terminal(
    terminal: str, data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window of the terminal is closed: a hang-up, and neither stream takes a word more."""
    monkeypatch.setenv("TERM", terminal)
    words = [sys.executable, "-c", TERMINAL, "train", data, "--out", str(tmp_path / "m"), *LONG]
    assert subprocess.run(words, check=True, capture_output=True, text=True).stdout == "130\n"
    assert checkpoints.load(tmp_path / "m").training["state"] == "stopped"
    assert checkpoints.load_resume(tmp_path / "m").values["step"] > 0


def test_a_second_signal_ends_it_at_once_and_the_last_save_stays(
    data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("KEEP_EVERY", 0.0), ("LOOK_EVERY", 0.0), ("KEEP_SHARE", 1.0)):
        monkeypatch.setattr(loop, name, value)
    measured: list[int] = []

    def twice(*_: Any, **__: Any) -> Any:
        measured.append(1)
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(loop, "final_metrics", twice)
    out = tmp_path / "model"
    assert main(["train", data, "--out", str(out), *SHORT]) == 130
    assert measured == [1]
    err = capsys.readouterr().err.strip()
    assert err.splitlines()[-1] == f"interrupted; epoch 2.0 is kept, --resume goes on ({out})"
    assert checkpoints.load(out).training["state"] == "running"
    monkeypatch.undo()
    assert main(["train", data, "--out", str(out), "--resume"]) == 0
    assert checkpoints.load(out).training["state"] == "finished"


def fill(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """Let the disks of these folders be full for files of a save."""
    real = staging._write

    def write(path: Path, content: bytes) -> None:
        if any(path.is_relative_to(folder) for folder in folders):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, content)

    monkeypatch.setattr(staging, "_write", write)


def test_a_full_disk_at_the_end(
    data: str, tmp_path: Path, done: Call, failed: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping.paths, "runs", lambda: tmp_path / "runs")
    fill(monkeypatch, tmp_path / "full")
    line = failed(1, "train", data, "--out", tmp_path / "full", *SHORT)
    (kept,) = (tmp_path / "runs").iterdir()
    assert f"No space left on device ({tmp_path / 'full'})" in line and str(kept) in line
    assert checkpoints.load_resume(kept).values["step"] > 0
    done("train", data, "--out", kept, "--resume", "--epochs", "3")
    fill(monkeypatch, tmp_path, Path("/"))
    line = failed(1, "train", data, "--out", tmp_path / "full", *SHORT)
    assert "free some room and train again" in line


def test_a_save_that_was_not_tidied_up_is_a_success_with_a_note(
    data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(_: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    real = staging._move_in
    monkeypatch.setattr(staging, "_move_in", lambda f: failing(f) if (f / ".saved").exists() else 0)
    assert main(["train", data, "--out", str(tmp_path / "m"), *SHORT]) == 0
    assert "note: saved, not tidied up (Input/output error)" in capsys.readouterr().err
    assert checkpoints.load(tmp_path / "m").training["state"] == "finished"
    monkeypatch.setattr(staging, "_move_in", real)
    assert main(["train", data, "--out", str(tmp_path / "m"), "--resume", "--epochs", "3"]) == 0
    assert not (tmp_path / "m" / ".saved").exists()
