"""Training in the window: started, held, ended, and its moments shown as they come."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from explorer import compute
from explorer.app.jobs import Jobs
from explorer.app.state import NOTHING, State
from explorer.errors import ExplorerError
from explorer.models.config import Codes, ModelSnapshot
from explorer.training.history import Trained, TrainingSnapshot

if TYPE_CHECKING:
    from explorer.app.session import Session

MOST_MOMENTS = 80  # of training, that the time line can go back to
MOST_BYTES = 64 * 2**20  # that their weights may take


class Trainer(QObject):
    """The session's part that trains; ``runs`` is the folder that keeps what comes of it."""

    def __init__(self, state: State, jobs: Jobs, session: Session, runs: Path) -> None:
        super().__init__(session)
        self._state, self._jobs, self._session = state, jobs, session
        self._runs = runs

    def train(self) -> None:
        """Train ``model_config`` on the data shown; while one runs, a second call does nothing."""
        now = self._state.now
        if now.training != "idle":
            return
        if now.dataset is None:
            self._session.say(
                "There is no data to train on yet: open or drop a data set first", "warn"
            )
            return
        name = f"{now.dataset.name}-{now.model_config.preset}-{time.strftime('%Y-%m-%d-%H%M%S')}"
        keep = self._runs / name
        request = compute.TrainRequest(now.dataset, now.model_config, now.training_config, keep)
        self._state.update(source=self, training="running", history=(), selection=NOTHING)
        self._session.say(f"Training {now.model_config.preset} on {now.dataset.name}")
        self._jobs.run(
            "train", partial(compute.train, request), owner=self, lane="train",
            partial=self._show_training, done=self._show_trained, failed=self._show_not_trained,
        )  # fmt: skip

    def stop(self) -> None:
        """End training and keep what it has."""
        if self._state.now.training in ("running", "paused"):
            self._state.update(source=self, training="stopping")
            self._jobs.cancel("train")

    def pause(self) -> None:
        """Hold training where it is, or let it go on."""
        task, training = self._jobs.task("train"), self._state.now.training
        if task is not None and training == "running":
            task.pause()
            self._state.update(source=self, training="paused")
        elif task is not None and training == "paused":
            task.resume()
            self._state.update(source=self, training="running")

    def _show_training(self, moment: TrainingSnapshot) -> None:
        history = _thinned((*self._state.now.history, moment))
        self._show_model(moment.model, moment.codes, history=history, epoch=moment.epoch)

    def _show_model(self, model: ModelSnapshot, codes: Codes | None, **more: object) -> None:
        z, d = self._state.now.z, model.config.latent_dim
        fits = z is not None and len(z) == d
        if not fits:
            self._state.forget()  # the past speaks of another space
        axes = self._state.now.plane_axes
        self._state.update(
            source=self, model=model, codes=codes, preview=None,
            z=z if fits else np.zeros(d, np.float32),
            plane_axes=axes if max(axes) < d else (0, 1),
            **more,
        )  # fmt: skip

    def _show_trained(self, trained: Trained) -> None:
        self._state.update(source=self, training="idle")
        if trained.snapshot.data.get("hash") != self._content_hash():
            return
        self._show_model(trained.snapshot, trained.codes, **self._last_moment(trained))
        self._session.encode()
        self._session.say(*_farewell(trained))

    def _last_moment(self, trained: Trained) -> dict[str, object]:
        """The time line ends where training ended, whatever was published last."""
        history = self._state.now.history
        if not (history and trained.history and trained.codes):
            return {}
        last = replace(
            history[-1], model=trained.snapshot, codes=trained.codes,
            points=trained.history, epoch=trained.history[-1].epoch, seconds_left=0.0,
            samples_per_second=trained.samples_per_second,
        )  # fmt: skip
        return {"history": (*history, last), "epoch": last.epoch}

    def _show_not_trained(self, error: ExplorerError) -> None:
        self._state.update(source=self, training="idle")

    def _content_hash(self) -> str | None:
        data = self._state.now.dataset
        return None if data is None else data.content_hash

    def show_moment(self, i: int) -> None:
        """Go back to moment ``i`` of the history: its weights, its codes, its pictures."""
        moment = self._state.now.history[i]
        self._show_model(moment.model, moment.codes, epoch=moment.epoch)


def _farewell(trained: Trained) -> tuple[str, str]:
    """What to say once training has ended, and in which tone."""
    kept = f"Kept in {trained.snapshot.path}"
    if trained.message:
        return f"{trained.message}. {kept}", "warn"
    epochs = trained.history[-1].epoch if trained.history else 0
    if trained.stopped:
        return f"Stopped after {epochs:.0f} epochs. {kept}", "done"
    bound = trained.snapshot.metrics.get("test_elbo")
    point = trained.snapshot.metrics.get("test_kl") is None  # no density over z, so no bound
    name = "log p(x|z)" if point else "elbo"
    value = f", test {name} {bound:.2f} nats per sample" if isinstance(bound, float) else ""
    return f"Trained {epochs:.0f} epochs in {trained.seconds:.0f} s{value}. {kept}", "done"


def _thinned(history: tuple[TrainingSnapshot, ...]) -> tuple[TrainingSnapshot, ...]:
    """Every other moment once there are too many or their weights too heavy, always the newest."""
    weight = sum(array.nbytes for array in history[-1].model.weights.values())
    if len(history) <= min(MOST_MOMENTS, max(8, MOST_BYTES // max(weight, 1))):
        return history
    return (*history[:-1:2], history[-1])
