"""Several processes over one checkpoint: writers take turns, readers read something whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from explorer.data.dataset import Preparation
from explorer.errors import CheckpointError
from explorer.models import checkpoint
from explorer.models.checkpoint import ResumeState
from explorer.models.config import ModelConfig, ModelSnapshot

WRITERS, SAVES = 3, 12
KILLS = 4


def save(folder: Path, step: int, size: int = 1000) -> None:
    """A checkpoint, every number of which is ``step``; only an odd one can be resumed."""
    weights = {"w": np.full(size, step, np.float32)}
    config, form = ModelConfig(), Preparation(8, 8, 1)
    snapshot = ModelSnapshot(f"m{step}", config, form, weights, training={"step": step})
    resume = ResumeState(dict(weights), {"step": step}) if step % 2 else None
    checkpoint.save(folder, snapshot, resume=resume)


def read(folder: Path) -> int:
    """The step of what is there, once all of it was found to be of that step."""
    found = checkpoint.load(folder)
    step = found.training["step"]
    assert isinstance(step, int)
    assert (found.weights["w"] == step).all()
    return step


def resumable(folder: Path) -> bool:
    """Whether there is a training state, which is then that of an odd step."""
    try:
        state = checkpoint.load_resume(folder)
    except CheckpointError as error:
        if "cannot be resumed" in str(error):
            return False
        raise
    assert (state.tensors["w"] == state.values["step"]).all()
    return bool(state.values["step"] % 2)


SAVING = """
import itertools, sys
from pathlib import Path
from tests.models.test_checkpoint_beside import save

folder, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
for step in itertools.count(first) if not count else range(first, first + count):
    save(folder, step)
    print(step, flush=True)
"""


def saving(folder: Path, first: int, count: int = 0) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", SAVING, str(folder), str(first), str(count)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_many_writers_and_a_reader(tmp_path: Path) -> None:
    save(tmp_path, 0)
    writers = [saving(tmp_path, 1000 * (i + 1), SAVES) for i in range(WRITERS)]
    while any(writer.poll() is None for writer in writers):
        read(tmp_path)
        resumable(tmp_path)  # or it raises what is wrong
    for writer in writers:
        out, err = writer.communicate()
        assert (writer.returncode, len(out.split())) == (0, SAVES), err
    assert read(tmp_path) in [1000 * (i + 1) + SAVES - 1 for i in range(WRITERS)]
    names = {"model.json", "model.safetensors", "training.json", "training.safetensors"}
    assert {p.name for p in tmp_path.iterdir()} <= names  # nothing of anybody's turn is left


@pytest.mark.parametrize("kill", range(KILLS))
def test_killed_between_or_in_its_saves(tmp_path: Path, kill: int) -> None:
    with saving(tmp_path, 1) as writer:
        assert writer.stdout is not None
        for _ in range(3 + kill):
            writer.stdout.readline()
        writer.kill()
        last = int((writer.stdout.read().split() or [str(3 + kill)])[-1])
    step = read(tmp_path)
    assert step in (last, last + 1)
    assert resumable(tmp_path) == bool(step % 2)
    save(tmp_path, 9999)
    assert read(tmp_path) == 9999
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]
