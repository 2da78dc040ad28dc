"""Training, and saving what came of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from explorer.data.dataset import Dataset
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.task import Task
from explorer.training.config import TrainingConfig
from explorer.training.history import Trained


@dataclass(frozen=True, eq=False)
class TrainRequest:
    """Train ``model`` on ``dataset``, and save what comes of it in the folder ``keep``."""

    dataset: Dataset
    model: ModelConfig
    training: TrainingConfig
    keep: Path


@dataclass(frozen=True, eq=False)
class SaveRequest:
    """Save a model, and with ``codes`` where it puts its data, into ``folder``."""

    folder: Path
    model: ModelSnapshot
    codes: Codes | None = None


def train(request: TrainRequest, task: Task) -> Trained:
    """Train in this lane; partial results are `TrainingSnapshot`s.

    The result is saved here, not by whoever hears of it: a window that closes loses nothing.
    """
    from explorer.models import checkpoint
    from explorer.training import loop

    trained = loop.train(request.model, request.training, request.dataset, task)
    checkpoint.save(request.keep, trained.snapshot, resume=trained.resume_state)
    kept = dataclasses.replace(trained.snapshot, path=str(request.keep))
    return dataclasses.replace(trained, snapshot=kept)


def save(request: SaveRequest, task: Task) -> ModelSnapshot:
    """Write a checkpoint and read it back, so that what is promised is what is on the disk."""
    from explorer.models import checkpoint

    checkpoint.save(request.folder, request.model, codes=request.codes)
    return checkpoint.load(request.folder)
