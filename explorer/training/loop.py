"""`train`: the loop itself. No Qt; it reports to a task and stops when the task says so."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from explorer.config import check, to_json
from explorer.data.binarising import settled
from explorer.data.dataset import Dataset
from explorer.errors import Cancelled, ExplorerError, TrainingError
from explorer.models import checkpoint
from explorer.models.autoencoder import load_weights
from explorer.models.batches import to_bytes, unit
from explorer.models.checkpoint import ResumeState
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.device import choose_device
from explorer.models.presets import presets
from explorer.models.threads import threads, train_threads
from explorer.task import NO_TASK, Task
from explorer.training.bound import measure, most_draws, most_samples
from explorer.training.clock import Budget, Clock, passes
from explorer.training.config import TrainingConfig
from explorer.training.guard import Diverged, Guard
from explorer.training.history import HistoryPoint, Trained
from explorer.training.parts import sampled
from explorer.training.publishing import Publisher, bound_of
from explorer.training.run import Run
from explorer.training.state import (
    FINISHED,
    RAN_AWAY,
    RUNNING,
    STOPPED,
    check_data,
    check_settings,
    history_of,
    pack,
    unpack,
)

Keep = Callable[[ModelSnapshot, ResumeState], None]

LOOK_EVERY = 0.1  # seconds
KEEP_EVERY = 120.0  # seconds between two saves on the way
KEEP_SHARE = 0.02  # of the time may go into them
BRIEF = 500  # samples measured after a stop
TRAIN_PART = 2000  # samples of the training part that are measured
FINAL_DRAWS = 10_000  # codes drawn for the last test ELBO, over all samples
FINAL_WORK = 5e10  # multiply-adds for it, one draw a sample is had at any cost: 2 s on one core
BRIEF_WORK = FINAL_WORK / 4


def train(
    model: ModelConfig,
    training: TrainingConfig,
    dataset: Dataset,
    task: Task = NO_TASK,
    *,
    resume: str | Path | None = None,
    publish: bool = True,
    keep: Keep | None = None,
) -> Trained:
    """Train a model; the same seed on the same machine gives the same weights to the bit.

    ``task.partial`` gets a `TrainingSnapshot` a few times a second. A cancelled training returns
    what it has, also where the stop comes while the end result is measured, and so does one whose
    loss ran away (see `Trained`). resume: the folder of a checkpoint with a training state, of the
    same model. keep: called every few minutes with what a save needs; an ExplorerError that it
    raises is told beside the progress, and training goes on. Raises TrainingError, ModelError,
    SettingsError and CheckpointError before the first step only.
    """
    check(training)
    if not len(dataset.train_index):
        raise TrainingError(
            "there is nothing to train on", where=dataset.name, remedy="add samples"
        )
    device = choose_device(training.device)
    with threads(training.threads or train_threads()):
        if resume is None:
            run = Run(model, training, dataset, device)
        else:
            model, run = _resumed(Path(resume), model, training, dataset, device)
        return _Session(run, model, dataset, task, publish, keep).work()


def nothing_left(
    folder: str | Path, model: ModelConfig, training: TrainingConfig, dataset: Dataset
) -> Trained | None:
    """What ``folder`` holds, where resuming it would have nothing to do; else None.

    Raises CheckpointError where it cannot be resumed.
    """
    snapshot, state = checkpoint.load(folder), checkpoint.load_resume(folder)
    check_data(snapshot, state, dataset)
    check_settings(snapshot, state, model, training)
    done = float(str(snapshot.training.get("epoch", 0)))
    ended = snapshot.training.get("state") == FINISHED
    if done < training.epochs or (done == training.epochs and not ended):
        return None
    note = f"nothing is left to do: {done:g} epochs are done and {training.epochs} were asked for"
    device = str(snapshot.training.get("device", ""))
    return Trained(snapshot, history_of(state), state, 0.0, 0.0, device, note=note)


def _resumed(
    folder: Path, model: ModelConfig, training: TrainingConfig, dataset: Dataset, device: str
) -> tuple[ModelConfig, Run]:
    """A run that stands where the one saved in ``folder`` stood."""
    snapshot, state = checkpoint.load(folder), checkpoint.load_resume(folder)
    check_data(snapshot, state, dataset)
    check_settings(snapshot, state, model, training)
    run = Run(snapshot.config, training, dataset, device)
    load_weights(run.model, snapshot)
    unpack(run, state)
    return snapshot.config, run


class _Session:
    """One call of `train`: the run with its onlookers, from the first step to the result."""

    def __init__(
        self,
        run: Run,
        model: ModelConfig,
        dataset: Dataset,
        task: Task,
        publish: bool,
        keep: Keep | None,
    ) -> None:
        self.run, self.model, self.dataset, self.task = run, model, dataset, task
        self.clock = Clock()
        self.keep = keep
        self.keep_budget = Budget(self.clock, KEEP_SHARE, KEEP_EVERY, first=KEEP_EVERY)
        self.guard = Guard(run)
        self.publisher = Publisher(run, model, dataset, task, self.clock, publish)
        self.device = str(run.data.device)
        self.next_look = 0.0

    def work(self) -> Trained:
        """Step until done, stopped or diverged."""
        stopped = False
        try:
            try:
                self._steps()
            except Cancelled:
                stopped = True
            self.guard.look(math.inf)
        except Diverged:
            return self._result(stopped=True, message=self._give_back())
        trained = self._result(stopped=stopped)
        if not stopped:
            self.task.progress(1.0, "trained")
        return trained

    def _steps(self) -> None:
        run = self.run
        while not run.finished:
            self.clock.check(self.task)
            run.step()
            if run.at_point:
                self._end_point()
            if run.at_epoch_end:
                run.begin_epoch()
            if self.clock.seconds() >= self.next_look:
                self._look()

    def _look(self) -> None:
        self.guard.look(self.clock.seconds())
        self._keep_it()
        self.publisher.progress()
        self.publisher.look()
        self.next_look = self.clock.seconds() + LOOK_EVERY

    def _keep_it(self) -> None:
        """Save on the way, if it is time for it."""
        if self.keep is None or not self.keep_budget.due():
            return
        with self.keep_budget.spend():
            snapshot = replace(self.publisher.model_snapshot(), training=self._facts(RUNNING))
            state = self._resume_state()
            if state is None or not all(np.isfinite(w).all() for w in snapshot.weights.values()):
                return  # the guard is about to notice
            try:
                self.keep(snapshot, state)
                self.publisher.aside = ""
            except ExplorerError as error:
                self.publisher.aside = f" ({error.what})"

    def _end_point(self) -> None:
        run = self.run
        self.guard.check()
        run.history.append(run.point(self.publisher.test_elbo()))
        run.begin_point()

    def _give_back(self) -> str:
        """Put the last good weights back; the sentence for the user."""
        self.guard.restore()
        self.publisher.rename()
        return (
            f"the loss left all bounds after epoch {passes(self.run.epoch)} with learning rate "
            f"{self.run.config.lr:g}: the weights of epoch {passes(self.guard.good_epoch)} are "
            "kept, train with a lower learning rate"
        )

    def _result(self, *, stopped: bool = False, message: str = "") -> Trained:
        seconds, speed = self.clock.seconds(), self.publisher.samples_per_second
        if not message:
            self._keep_it()  # what follows may take its time
        metrics, stopped = self._metrics(stopped)
        facts = self._facts(RAN_AWAY if message else STOPPED if stopped else FINISHED)
        facts |= {"seconds": seconds, "samples_per_second": speed}
        model = self.publisher.model_snapshot()
        return Trained(
            snapshot=replace(model, metrics=metrics, training=facts),
            history=self._history(metrics),
            resume_state=None if message else self._resume_state(),
            seconds=seconds,
            samples_per_second=speed,
            device=self.device,
            stopped=stopped,
            message=message,
            codes=self.publisher.codes(model),
        )

    def _facts(self, state: str) -> dict[str, Any]:
        """What model.json says of the training."""
        return {
            **to_json(self.run.config),
            "state": state,
            "epoch": self.guard.good_epoch if state == RAN_AWAY else self.run.epoch,
            "step": self.run.done,
            "seconds": self.clock.seconds(),
            "samples_per_second": self.publisher.samples_per_second,
            "device": self.device,
            "threads": torch.get_num_threads(),
        }

    def _resume_state(self) -> ResumeState | None:
        """What resuming needs, unless a number in it has left all bounds: it would not be read."""
        state = pack(self.run, self.dataset.content_hash)
        good = all(np.isfinite(w).all() for w in state.tensors.values())
        return state if good else None

    def _metrics(self, stopped: bool) -> tuple[dict[str, Any], bool]:
        """What the model is worth, and whether it was stopped by now: then it is a brief look."""
        if not stopped:
            try:
                return final_metrics(self.run, self.model, self.dataset, self._on_measuring), False
            except Cancelled:
                pass
        return final_metrics(self.run, self.model, self.dataset, brief=True), True

    def _on_measuring(self) -> None:
        """Say what takes time after the last step; raises Cancelled."""
        self.clock.check(self.task)
        self.publisher.progress(f"measuring the test {self.publisher.bound}")

    def _history(self, metrics: dict[str, Any]) -> tuple[HistoryPoint, ...]:
        """The curve, its last point with the final test value if it is of the final weights."""
        points, error = self.run.history, metrics["test_reconstruction"]
        if points and points[-1].epoch == self.run.epoch:
            value = None if error is None else -error - (metrics["test_kl"] or 0.0)
            points[-1] = replace(points[-1], test_elbo=value)
        return tuple(points)


def final_metrics(
    run: Run,
    model: ModelConfig,
    dataset: Dataset,
    between: Callable[[], None] = lambda: None,
    *,
    brief: bool = False,
) -> dict[str, Any]:
    """Bounds of the training and the held-out part, dropout off, of fewer samples if ``brief``.

    "n_train" and "n_test" say of how many samples, drawn from the whole part; "draws" how many
    codes a test sample has: fewer where decoding is dear. "bound" names what log p(x|z) less the KL
    is; where there is no density over z it is no ELBO, and those are None. ``between`` is called
    every now and then; what it raises comes through.
    """
    judged, device = settled(dataset), run.data.device
    levels = judged.preparation.levels
    first = unit(run.data[:1], levels)
    affordable = most_samples(run.model, first, BRIEF_WORK if brief else FINAL_WORK)
    most = min(BRIEF if brief else TRAIN_PART, affordable)
    train_part = to_bytes(judged.x[sampled(judged.train_index, most)], device)
    learned = measure(run.model, train_part, levels, between=between)
    index = judged.test_index
    test = to_bytes(judged.x[sampled(index, most if brief else len(index))], device)
    draws = 1 if brief else _draws(run, first, len(test))
    bound = measure(run.model, test, levels, draws, between) if len(test) else None
    return {
        "bound": bound_of(model, dataset),
        "train_elbo": None if learned.kl is None else learned.elbo,
        "train_reconstruction": learned.reconstruction,
        "n_train": learned.n,
        "test_elbo": None if bound is None or bound.kl is None else bound.elbo,
        "test_reconstruction": bound and bound.reconstruction,
        "test_kl": bound and bound.kl,
        "n_test": len(test),
        "draws": draws,
        "likelihood": presets[model.preset].likelihood_for(model.likelihood, dataset.kind),
        "binarisation": dataset.preparation.binarisation,
        "split": "test",
    }


def _draws(run: Run, first: Tensor, n: int) -> int:
    """Codes for each of n test samples, of which ``first`` (1, C, H, W) is one by its shape."""
    codes = min(FINAL_DRAWS, most_draws(run.model, first, FINAL_WORK))
    return max(1, codes // max(1, n))
