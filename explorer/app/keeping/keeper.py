"""What is kept: models where the user says, trainings in the folder of runs, and what is offered.

Nothing here asks in a dialog: whatever has to be decided is a message with its verbs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from explorer.app.background.answers import Answers
from explorer.app.keeping.folders import held_by, meant
from explorer.app.state import Action, State
from explorer.app.verbs import Verbs
from explorer.compute import unheard
from explorer.compute.keeping.prune import Prune
from explorer.compute.keeping.save import Save
from explorer.compute.keeping.train import save_elsewhere
from explorer.compute.keeping.waiting import FindWaiting
from explorer.compute.runs import MOST_BYTES, MOST_RUNS, RunRecord
from explorer.errors import Cancelled, ExplorerError
from explorer.models.checkpoint import Saved
from explorer.models.config import ModelSnapshot
from explorer.training.clock import passes, place
from explorer.training.history import Trained
from explorer.training.record.curve import Curve

NO_MODEL = "There is no model to save yet: train one first"


class Keeper(QObject):
    """The session's part that keeps; ``folder`` is that of the runs."""

    def __init__(self, state: State, answers: Answers, session: Verbs, folder: Path) -> None:
        super().__init__(session)
        self._state, self._answers, self._session = state, answers, session
        self.folder = folder
        self.limits = (MOST_RUNS, MOST_BYTES)
        self.unsaved: dict[str, Trained] = {}  # by id: in memory only, against the user's wish
        self._last_saves: dict[str, object] = {}  # by id of a model, another object each time

    # -- a model where the user says --------------------------------------------------------

    def save(self, target: str | Path, trained: Trained | None = None) -> None:
        """Save the model shown with its codes, or a training that could not be saved.

        A folder that holds a model is asked about first; one that holds other things is refused.
        """
        question = self._wanted(Path(target), trained)
        if question is not None:
            self._put(question)

    def save_elsewhere(self, trained: Trained | None = None) -> None:
        """Ask for a folder and save there."""
        question = self._wanted(Path(), trained)
        if question is not None:
            self._put_elsewhere(question)

    def _put(self, question: Save, *, over: bool = False) -> None:
        """Whatever is shown by the time that the user answers, it is ``question`` that is saved."""
        held = held_by(question.folder)
        elsewhere = Action("Save elsewhere...", partial(self._put_elsewhere, question))
        if held == "model" and not over:
            here = Action("Save over it", partial(self._put, question, over=True))
            said = f"{named(question.model)} is not saved yet: a model lies in {question.folder}"
            holds = self.still_unsaved(question.model)
            self._session.say(said, "warn", actions=[here, elsewhere], holds=holds)
        elif held == "things":
            lie = f"other things lie there ({question.folder}): name a new folder"
            said, holds = f"the model was not saved, {lie}", self.still_unsaved(question.model)
            self._session.say(said, "bad", actions=[elsewhere], holds=holds)
        else:
            failed = partial(self._say_not_kept, question)
            self._answers.ask(self._newest(question), self._say_kept, owner=self, failed=failed)

    def _put_elsewhere(self, question: Save) -> None:
        def put(folder: str) -> None:
            self._put(replace(question, folder=meant(Path(folder))))

        self._session.folder_wanted.emit("Save the model as a folder", put)

    def _of_model_shown(self) -> Trained | None:
        model = self._state.now.model
        return None if model is None else self.unsaved.get(model.id)

    def _wanted(self, folder: Path, trained: Trained | None) -> Save | None:
        """To save ``trained``, or else the model shown; None, and said, where there is none."""
        trained = trained or self._of_model_shown()
        model = self._state.now.model if trained is None else trained.snapshot
        if model is None:
            self._session.say(NO_MODEL, "warn")
            return None
        resume = None if trained is None else trained.resume_state
        curve = self._curve_shown() if trained is None else trained.curve
        return self._newest(Save(folder, model, resume=resume, curve=curve))

    def _curve_shown(self) -> Curve | None:
        """The curve up to the moment shown."""
        now = self._state.now
        known = now.curve is not None and now.epoch is not None
        return now.curve.until(now.epoch) if known else now.curve  # type: ignore[union-attr, arg-type]

    def _newest(self, question: Save) -> Save:
        """``question`` with the codes that its model has by now, where it is shown."""
        now = self._state.now
        if now.model is None or now.model.id != question.model.id or now.whole_codes is None:
            return question
        return replace(question, codes=now.whole_codes, dataset=now.dataset)

    def still_unsaved(self, model: ModelSnapshot) -> Callable[[], bool]:
        """What tells whether a model has not been saved from now on."""
        before = self._last_saves.get(model.id)
        return lambda: self._last_saves.get(model.id) is before

    def _say_kept(self, saved: Saved) -> None:
        self._last_saves[saved.snapshot.id] = object()
        self.unsaved.pop(saved.snapshot.id, None)
        note = f" ({saved.note})" if saved.note else ""
        self._session.say(f"Model kept in {saved.snapshot.path}{note}", "done")

    def _say_not_kept(self, question: Save, error: ExplorerError) -> None:
        if not isinstance(error, Cancelled):
            elsewhere = Action("Save elsewhere...", partial(self._put_elsewhere, question))
            holds = self.still_unsaved(question.model)
            self._session.say(str(error), "bad", error.details, [elsewhere], holds=holds)

    # -- trainings --------------------------------------------------------------------------

    def heard(self, folder: Path | None, trained: Trained) -> None:
        """A training has ended before the user's eyes."""
        if trained.unsaved is not None and trained.snapshot.path is None:
            self.unsaved[trained.snapshot.id] = trained
        elif folder is not None:
            unheard.forget(folder)
            self.prune(folder)

    def prune(self, newest: Path) -> None:
        """Keep the folder of runs within its limits, and say what went."""
        shown = self._state.now.model
        spare = [newest, *([] if shown is None or shown.path is None else [Path(shown.path)])]
        question = Prune(self.folder, tuple(spare), self.limits)
        self._answers.ask(question, self._say_gone, owner=self)

    def _say_gone(self, sentence: str) -> None:
        """After what was done, if that is what stands there; a question is not changed."""
        if not sentence:
            return
        message, gone = self._state.now.message, f"{sentence[:1].upper()}{sentence[1:]}"
        after = message is not None and message.tone == "done" and not message.actions
        said = [message.text, gone] if message is not None and after else [gone]
        self._session.say(". ".join(said), "done", f"The runs are in {self.folder}")

    def leave(self) -> bool:
        """Whether the window may go; if a model would go with it, that is asked."""
        if not self.unsaved:
            return True
        lost = next(reversed(self.unsaved.values()))
        why = "" if lost.unsaved is None else f": {lost.unsaved.what}"
        said = f"the model {lost.snapshot.config.preset} is in memory only{why}"
        elsewhere = Action("Save elsewhere...", partial(self.save_elsewhere, lost))
        go = Action("Close without it", partial(self._close_without, lost.snapshot.id))
        holds = self.still_unsaved(lost.snapshot)
        self._session.say(said, "bad", str(lost.unsaved), [elsewhere, go], holds=holds)
        return False

    def _close_without(self, name: str) -> None:
        self.unsaved.pop(name, None)
        if self.leave():
            self._session.closing_wanted.emit()

    def rescue(self) -> str:
        """Save what is in memory only wherever there is room; what came of it, in a sentence."""
        ends = [_rescued(save_elsewhere(trained)) for trained in self.unsaved.values()]
        return "\n".join(ends) or "what was learned is still being kept"

    # -- what a window left behind ----------------------------------------------------------

    def offer(self, warning: str = "") -> None:
        """Say which training ended or was cut off as its window was closed; else ``warning``."""
        shown = partial(self._show_waiting, warning)
        self._answers.ask(FindWaiting(self.folder), shown, owner=self)

    def _show_waiting(self, warning: str, waiting: tuple[RunRecord, ...]) -> None:
        if not waiting:
            if warning:
                self._session.say(warning, "warn")
            return
        if not self.not_shown(waiting[0].path):  # it was opened by name
            self._answered(waiting[0].path)
            return
        run, others = waiting[0], len(waiting) - 1
        more = f" (and {others} more)" if others else ""
        actions = self.actions(run.path, unfinished=run.state != "finished")
        self._session.say(
            f"{described(run)}{more}", "done", str(run.path), actions,
            partial(self._answered, run.path),
        )  # fmt: skip

    def _answered(self, folder: Path) -> None:
        unheard.forget(folder)
        self.offer()  # the next one, if there is one

    def not_shown(self, folder: Path) -> bool:
        """Whether the model shown is not the one of ``folder``."""
        model = self._state.now.model
        return model is None or model.path != str(folder)

    def actions(self, folder: Path, *, unfinished: bool) -> list[Action]:
        """What can be done with a run that is not shown."""
        on = Action("Resume it", partial(self._session.go_on, folder))
        return [
            Action("Open it", partial(self._session.open, folder)),
            *([on] if unfinished else []),
        ]


def _rescued(trained: Trained) -> str:
    if trained.snapshot.path is None:
        return f"error: the training is lost, it could not be kept: {trained.unsaved}"
    return f"the training is kept in {trained.snapshot.path}, as {trained.unsaved}"


def described(run: RunRecord) -> str:
    """What became of a training while nobody looked, in a sentence."""
    which = f"The training of {run.preset} on {run.data}"
    if run.state == "finished":
        return f"{which} ended as the window was closed, and is kept"
    if run.state == "ran away":
        return f"{which} ran away after {passes(run.epochs)} epochs; its last good weights are kept"
    return f"{which} was interrupted at {place(run.epochs, run.asked)} and is kept"


def named(model: ModelSnapshot) -> str:
    """A model in two words, and the data that it is of."""
    data = model.data.get("name")
    return f"the model {model.config.preset}" + (f" of {data}" if data else "")
