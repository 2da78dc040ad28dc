"""Question: what does a model become by training? It is saved on the way and at the end."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from explorer import paths
from explorer.compute import unheard
from explorer.compute.question import Question, questions
from explorer.data.dataset import Dataset
from explorer.errors import ExplorerError
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.task import NO_TASK, Task
from explorer.training.config import TrainingConfig
from explorer.training.history import Trained
from explorer.training.record.curve import Curve

if TYPE_CHECKING:
    from explorer.models.checkpoint import ResumeState
    from explorer.models.files.holding import Hold

NUMBERS = 3  # a weight is up to so many: an optimiser keeps two beside it
MARGIN = 2**20  # bytes, for all that is not weights


@questions.register("train")
@dataclass(frozen=True, eq=False)
class Train(Question[Trained]):
    """Train ``model`` on ``dataset``, and save what comes of it in the folder ``keep``.

    keep: None keeps it in memory only. resume: go on with the training that ``keep`` holds.
    moments: whether they are told and kept, for the time line. marked: whether its end is still to
    be told (`explorer.compute.unheard`).
    """

    does = "train"
    lane = "train"
    policy = "replace"
    keeps = True

    dataset: Dataset
    model: ModelConfig
    training: TrainingConfig
    keep: Path | None
    resume: bool = False
    moments: bool = True
    marked: bool = False

    def answer(self, task: Task = NO_TASK) -> Trained:
        """As `train` does."""
        return train(self, task)


def train(question: Train, task: Task, hold: Hold | None = None) -> Trained:
    """Train in this lane; partial results are those of `loop.train`.

    The folder is tried before the first step, has no other writer until the end, and is saved to
    every few minutes and at the end. Where the last save fails, the result is whole and its
    ``unsaved`` is the error. hold: of a caller who is the folder's writer. Raises EnvironmentFault
    where nothing can be saved, and what `explorer.training.loop.train` raises.
    """
    from explorer.models.files.holding import held
    from explorer.training import loop

    if question.keep is None:
        return loop.train(
            question.model, question.training, question.dataset, task, publish=question.moments
        )
    mark = unheard.marked(question.keep) if question.marked else nullcontext()
    with held(question.keep) if hold is None else nullcontext(hold) as mine, mark:
        return _train(question, question.keep, mine, task)


def _train(question: Train, folder: Path, hold: Hold, task: Task) -> Trained:
    from explorer.models import checkpoint
    from explorer.models.files.holding import try_out
    from explorer.training import loop, resuming
    from explorer.training.record import curve_file, moment_file

    asked = (question.model, question.training, question.dataset)
    done = resuming.nothing_left(folder, *asked) if question.resume else None
    if done is not None:
        return done
    try_out(hold, room(question.model, question.dataset))
    if not question.resume:
        moment_file.remove(moment_file.files(folder / moment_file.MOMENTS))

    def keep(snapshot: ModelSnapshot, state: ResumeState, curve: Curve) -> None:
        checkpoint.save(folder, snapshot, resume=state, curve=curve_file.packed(curve), hold=hold)

    resume = folder if question.resume else None
    try:
        trained = loop.train(
            *asked, task, resume=resume, publish=question.moments, keep=keep, folder=folder
        )
    except BaseException:
        if not checkpoint.is_checkpoint(folder):
            moment_file.remove(moment_file.files(folder / moment_file.MOMENTS))
        raise
    return _kept(trained, folder, hold)


def _kept(trained: Trained, folder: Path, hold: Hold | None = None) -> Trained:
    """``trained`` with the folder it is saved in, or with why it is not."""
    from explorer.models import checkpoint
    from explorer.training.record import curve_file

    try:
        saved = checkpoint.save(
            folder, trained.snapshot, resume=trained.resume_state,
            curve=curve_file.packed(trained.curve), hold=hold,
        )  # fmt: skip
    except ExplorerError as error:
        return replace(trained, unsaved=error)
    return trained.saved_as(saved.snapshot, saved.note)


def save_elsewhere(trained: Trained) -> Trained:
    """A training that could not be saved, saved where there is room: then its path says where.

    ``unsaved`` stays, as the first wish was not met.
    """
    model = trained.snapshot
    for folder in _refuges(f"{model.data.get('name')}-{model.config.preset}-{model.id}"):
        tried = _kept(trained, folder)
        if tried.snapshot.path is not None:
            return replace(tried, unsaved=trained.unsaved)
    return trained


def _refuges(name: str) -> Iterator[Path]:
    """Folders that nobody else writes to, the likeliest first."""
    with suppress(OSError):  # the home is full or read-only
        yield paths.runs() / name
    with suppress(OSError):
        yield Path(tempfile.mkdtemp(prefix="latent-space-explorer-"))


def room(model: ModelConfig, dataset: Dataset) -> int:
    """Bytes that a checkpoint with its training state takes. Raises ModelError."""
    import torch

    from explorer.models.autoencoder import assemble

    with torch.device("meta"):  # shapes only
        tensors = assemble(model, dataset.preparation).state_dict().values()
    size: int = sum(t.numel() * t.element_size() for t in tensors)
    return NUMBERS * size + MARGIN
