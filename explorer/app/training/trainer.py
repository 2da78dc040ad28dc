"""Training in the window: started, held, ended, and its moments shown as they come."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from explorer.app.background.answers import Answers
from explorer.app.keeping.folders import free, held_by, meant
from explorer.app.keeping.keeper import Keeper
from explorer.app.snapshot import Vector
from explorer.app.state import NOTHING, Action, Snapshot, State
from explorer.app.training.farewell import farewell
from explorer.app.verbs import Verbs
from explorer.compute.keeping.train import Train
from explorer.errors import Cancelled, ExplorerError, SettingsError
from explorer.models.checkpoint import is_checkpoint
from explorer.models.config import Codes, ModelSnapshot
from explorer.training.clock import Standing
from explorer.training.config import settings_kept
from explorer.training.history import Trained
from explorer.training.record.curve import Curve
from explorer.training.record.time_line import TimeLine

NO_DATA = "There is no data to train on yet: open or drop a data set first"


class Trainer(QObject):
    """The session's part that trains; its keeper's folder keeps what comes of it."""

    def __init__(self, state: State, answers: Answers, session: Verbs, keeper: Keeper) -> None:
        super().__init__(session)
        self._state, self._answers, self._session, self._keeper = state, answers, session, keeper
        self._leaving = False
        self._begun = 0  # trainings, of this window
        self._z_before: Vector | None = None  # the last of them began

    def train(self, *, keep: bool = True, folder: str | Path | None = None) -> None:
        """Train ``model_config`` on the data shown; while one runs, a second call does nothing.

        folder: where to keep it, by default a new one in the folder of runs; keep: False for
        nowhere.
        """
        now = self._state.now
        if now.training != "idle":
            return
        if now.dataset is None:
            self._session.say(NO_DATA, "warn")
            return
        if folder is not None and held_by(Path(folder)):
            said = f"something lies there already ({folder}): choose a new folder"
            self._offer_ways_out(said, "warn")
            return
        name = f"{now.dataset.name}-{now.model_config.preset}-{time.strftime('%Y-%m-%d-%H%M%S')}"
        target = free(self._keeper.folder / name) if folder is None else Path(folder)
        settings = (now.model_config, now.training_config)
        self._start(Train(now.dataset, *settings, target if keep else None, marked=True))

    def go_on(self, gesture: object = None) -> None:
        """Take up the training that the checkpoint shown holds, with the settings it had.

        gesture: what opened it; both are one step of undo.
        """
        now = self._state.now
        if now.training != "idle" or now.model is None or now.model.path is None:
            return
        if now.dataset is None:  # which has been said as it was opened
            return
        try:
            training = settings_kept(now.model.training)
        except SettingsError as error:
            self._session.say(str(error), "bad")
            return
        self._state.mark(gesture)
        self._session.configure(now.model.config, training)
        keep = Path(now.model.path)
        question = Train(now.dataset, now.model.config, training, keep, resume=True, marked=True)
        self._start(question, gesture)

    def _start(self, question: Train, gesture: object = None) -> None:
        self._begun += 1
        before = self._state.now
        self._z_before = None if question.resume else before.z
        self._state.mark(gesture)
        self._state.update(
            source=self, training="running", standing=None, selection=NOTHING,
            **({} if question.resume else {"moments": (), "curve": None}),
        )  # fmt: skip
        self._session.say(f"Training {question.model.preset} on {question.dataset.name}")
        shows = self._state.subject("dataset")  # it is kept whatever is shown
        self._answers.ask(
            question, partial(self._show_trained, question, shows), owner=self,
            partial=partial(self._show_training, shows),
            failed=partial(self._show_not_trained, question, before),
        )  # fmt: skip

    def stop(self) -> None:
        """End training and keep what it has."""
        if self._state.now.training in ("running", "paused"):
            self._state.update(source=self, training="stopping")
            self._answers.cancel(Train)

    def pause(self) -> None:
        """Hold training where it is, or let it go on."""
        task, training = self._answers.task(Train), self._state.now.training
        if task is not None and training == "running":
            task.pause()
            self._state.update(source=self, training="paused")
        elif task is not None and training == "paused":
            task.resume()
            self._state.update(source=self, training="running")

    def leave(self) -> None:
        """End training because the window closes: what it has is kept, and offered next time."""
        self._leaving = self._state.now.training != "idle"
        if self._leaving:
            self.stop()
            self._session.say("Stopping the training, and keeping what was learned")

    def stay(self) -> None:
        """The window does not close after all."""
        self._leaving = False

    def _show_training(self, shows: Callable[[], bool], told: Standing | Curve | TimeLine) -> None:
        if isinstance(told, Standing):
            self._state.update(source=self, standing=told)
        elif not shows():
            return
        elif isinstance(told, Curve):
            self._tell_converged(told)
            self._state.update(source=self, curve=told)
        else:
            self._show_published(told)

    def _tell_converged(self, curve: Curve) -> None:
        """Say once that nothing is gained any more, where the training goes on all the same."""
        now = self._state.now
        new = curve.converged_epoch not in (None, now.curve and now.curve.converged_epoch)
        if curve.verdict is not None and new and not now.training_config.stop_when_converged:
            said = f"Training has {curve.verdict.text}. Stop ends it here"
            self._session.say(said, "done")

    def _show_published(self, line: TimeLine) -> None:
        newest = line.newest
        self.show_model(newest.model, newest.codes, moments=line.moments, epoch=newest.epoch)

    def show_model(self, model: ModelSnapshot, codes: Codes | None, **more: object) -> None:
        """Show a model of a training: z stays, but from before it z was of another space.

        more: other fields of the state.
        """
        now, d = self._state.now, model.config.latent_dim
        begins = not now.moments and now.z is self._z_before
        fits = now.z is not None and len(now.z) == d and not begins
        place = {} if fits else self._session.start_of(model, codes)
        self._state.update(
            source=self, model=model, codes=codes, preview=None, **{**place, **more}
        )  # fmt: skip

    def _show_trained(self, question: Train, shows: Callable[[], bool], trained: Trained) -> None:
        self._state.update(source=self, training="idle", standing=None)
        shown = shows()
        if shown:
            self.show_model(trained.snapshot, trained.codes, **self._last_moment(trained))
            self._session.encode()
        text, tone = farewell(trained)
        if not shown:
            text = (
                f"{question.model.preset} on {question.dataset.name}: {text[:1].lower()}{text[1:]}"
            )
        details = "" if trained.unsaved is None else str(trained.unsaved)
        actions = self._actions(trained, shown=shown)
        self._session.say(text, tone, details, actions, holds=self._open_question(trained))
        if not self._leaving or trained.unsaved is not None:
            self._keeper.heard(question.keep, trained)

    def _open_question(self, trained: Trained) -> Callable[[], bool]:
        """What tells whether what can be done about a training has not been done otherwise."""
        path = trained.snapshot.path
        if path is None:
            return self._keeper.still_unsaved(trained.snapshot)
        return partial(self._keeper.not_shown, Path(path))

    def _actions(self, trained: Trained, *, shown: bool) -> list[Action]:
        path = trained.snapshot.path
        if path is None:  # it could not be kept, or was not to be
            elsewhere = partial(self._keeper.save_elsewhere, trained)
            return [Action("Save elsewhere..." if trained.unsaved else "Save...", elsewhere)]
        if shown:
            return []
        unfinished = trained.stopped and trained.resume_state is not None
        return self._keeper.actions(Path(path), unfinished=unfinished)

    def _last_moment(self, trained: Trained) -> dict[str, object]:
        """The time line ends where training ended, whatever was published last."""
        moments = trained.moments
        if not moments:
            return {"curve": trained.curve}
        return {"moments": moments, "epoch": moments[-1].epoch, "curve": trained.curve}

    def _show_not_trained(self, question: Train, before: Snapshot, error: ExplorerError) -> None:
        begun = self._state.now.moments is not before.moments or not question.resume
        self._state.update(source=self, training="idle", standing=None)
        if not self._state.now.moments and self._state.now.model is before.model:
            self._state.update(source=self, moments=before.moments, curve=before.curve)
        if isinstance(error, Cancelled) or question.keep is None or not begun:
            return
        if is_checkpoint(question.keep):
            said = f"{error}. What was saved on the way is kept in {question.keep}"
            actions = self._keeper.actions(question.keep, unfinished=True)
            holds = partial(self._keeper.not_shown, question.keep)
            self._session.say(said, "bad", error.details, actions, holds=holds)
        elif error.where == str(question.keep):  # tried before the first step
            said = f"{error.what} ({error.where})"  # the buttons are the remedy
            self._offer_ways_out(said, "bad", error.details)

    def _offer_ways_out(self, said: str, tone: str, details: str = "") -> None:
        """Say why nothing can be kept in a folder, until the next training begins."""
        holds = partial(self._none_began_since, self._begun)
        self._session.say(said, tone, details, self._ways_out(), holds=holds)

    def _none_began_since(self, begun: int) -> bool:
        return self._begun == begun

    def _ways_out(self) -> list[Action]:
        wanted, title = self._session.folder_wanted, "Keep the training in a folder"
        elsewhere = partial(wanted.emit, title, lambda name: self.train(folder=meant(Path(name))))
        without = partial(self.train, keep=False)
        return [Action("Keep elsewhere...", elsewhere), Action("Train without keeping", without)]
