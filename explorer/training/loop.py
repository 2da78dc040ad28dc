"""`train`: the loop itself. No Qt; it reports to a task and stops when the task says so."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from explorer.config import check, to_json
from explorer.data.dataset import Dataset
from explorer.errors import Cancelled, ExplorerError, TrainingError
from explorer.models.checkpoint import ResumeState
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.device import choose_device
from explorer.models.threads import threads, train_threads
from explorer.task import NO_TASK, Task
from explorer.training.clock import Budget, Clock, passes
from explorer.training.config import TrainingConfig
from explorer.training.finishes import finish
from explorer.training.guard import Diverged, Guard
from explorer.training.history import Trained
from explorer.training.measuring import final_metrics
from explorer.training.publishing import Publisher
from explorer.training.record.curve import Curve
from explorer.training.resuming import resumed
from explorer.training.run import Run
from explorer.training.state import FINISHED, RAN_AWAY, RUNNING, STOPPED, pack
from explorer.training.validation.part import check_stop
from explorer.training.validation.rule import NO_PART, TOO_EARLY

Keep = Callable[[ModelSnapshot, ResumeState, Curve], None]

LOOK_EVERY = 0.1  # seconds
KEEP_EVERY = 120.0  # seconds between two saves on the way
KEEP_SHARE = 0.02  # of the time may go into them


def train(
    model: ModelConfig,
    training: TrainingConfig,
    dataset: Dataset,
    task: Task = NO_TASK,
    *,
    resume: str | Path | None = None,
    publish: bool = True,
    keep: Keep | None = None,
    folder: Path | None = None,
) -> Trained:
    """Train a model; the same seed on the same machine gives the same weights to the bit.

    ``task.partial`` gets a `Standing`, the `Curve` and the `TimeLine` a few times a second. A
    cancelled training returns what it has, also where the stop comes while the end result is
    measured, and so does one whose loss ran away (see `Trained`). resume: the folder of a
    checkpoint with a training state, of the same model. keep: called every few minutes with what a
    save needs; an ExplorerError that it raises is told beside the progress, and training goes on.
    folder: where moments are kept as files, beside the checkpoint. Raises TrainingError,
    ModelError, SettingsError and CheckpointError before the first step only.
    """
    check(training)
    check_stop(training)
    if not len(dataset.train_index):
        raise TrainingError(
            "there is nothing to train on", where=dataset.name, remedy="add samples"
        )
    with threads(training.threads or train_threads()):
        model, run = _begun(model, training, dataset, resume)
        return _Session(run, model, dataset, task, publish, keep, folder).work()


def _begun(
    model: ModelConfig, training: TrainingConfig, dataset: Dataset, resume: str | Path | None
) -> tuple[ModelConfig, Run]:
    """A run before its first step, or where the one in the folder ``resume`` stopped."""
    device = choose_device(training.device)
    if resume is None:
        return model, Run(model, training, dataset, device)
    return resumed(Path(resume), model, training, dataset, device)


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
        folder: Path | None,
    ) -> None:
        self.run, self.model, self.dataset, self.task = run, model, dataset, task
        self.clock = Clock()
        self.keep = keep
        self.keep_budget = Budget(self.clock, KEEP_SHARE, KEEP_EVERY, first=KEEP_EVERY)
        self.guard = Guard(run)
        self.publisher = Publisher(run, model, dataset, task, self.clock, publish, folder)
        self.device = str(run.data.device)
        self.next_look = 0.0

    def work(self) -> Trained:
        """Step until done, stopped or diverged."""
        stopped = False
        try:
            try:
                self._steps()
                finish(self.run, self.model.preset, self._on_finishing)
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
                run.end_epoch()
            if self.clock.seconds() >= self.next_look:
                self._look()

    def _on_finishing(self) -> None:
        """Say what follows the last step; raises Cancelled."""
        self.clock.check(self.task)
        self.publisher.progress("bringing the weights to the optimum")

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
                self.keep(snapshot, state, self.publisher.curve)
                self.publisher.aside = ""
            except ExplorerError as error:
                self.publisher.aside = f" ({error.what})"

    def _end_point(self) -> None:
        run = self.run
        self.guard.check()
        value = self.publisher.test_elbo()
        if value is not None:
            run.writer.test(run.done, value)

    def _give_back(self) -> str:
        """Put the last good weights back; the sentence for the user."""
        self.guard.restore()
        self.run.convergence.clear()  # it is of weights that are gone
        self.publisher.rename()
        self.run.take_curve(self.run.curve.until(self.guard.good_epoch))
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
        model = replace(self.publisher.model_snapshot(), metrics=metrics, training=facts)
        codes = self.publisher.codes(model)
        return Trained(
            snapshot=model,
            curve=self._curve(metrics),
            resume_state=None if message else self._resume_state(),
            seconds=seconds,
            samples_per_second=speed,
            device=self.device,
            stopped=stopped,
            message=message,
            codes=codes,
            moments=self.publisher.ended(facts["epoch"], model, codes),
            note=self.publisher.fault,
        )

    def _facts(self, state: str) -> dict[str, Any]:
        """What model.json says of the training."""
        return {
            **to_json(self.run.config),
            "state": state,
            "epoch": self.guard.good_epoch if state == RAN_AWAY else self.run.epoch,
            "step": self.run.done,
            "run": self.run.name,
            **self._judged(),
            "seconds": self.clock.seconds(),
            "samples_per_second": self.publisher.samples_per_second,
            "device": self.device,
            "threads": torch.get_num_threads(),
        }

    def _judged(self) -> dict[str, Any]:
        """What the samples that were kept out say."""
        judge, verdict = self.run.judge, self.run.convergence.verdict
        unknown = NO_PART if judge is None else TOO_EARLY
        return {
            "validation_samples": 0 if judge is None else len(judge.kept),
            "converged_epoch": None if verdict is None else verdict.converged_epoch,
            "convergence": unknown if verdict is None else verdict.text,
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

    def _curve(self, metrics: dict[str, Any]) -> Curve:
        """The curve, which ends with the value that the final weights have on the test part."""
        run, error = self.run, metrics["test_reconstruction"]
        if error is not None and run.done:
            run.writer.test(run.done, -error - (metrics["test_kl"] or 0.0))
        return self.publisher.curve
