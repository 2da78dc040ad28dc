"""Opens data and models: asked for, refused with ways out, shown in the place of what is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from explorer.app.background.answers import Answers
from explorer.app.state import Action, Message, State
from explorer.app.training.proposing import config_for_kind, renewed
from explorer.app.verbs import Verbs
from explorer.app.words.spelling import sentence, spoken
from explorer.compute.opening.binarised import Binarise, Reopened
from explorer.compute.opening.source import Open, Opened
from explorer.data.choices import NO_CHOICES, Choices, ChoiceWanted
from explorer.data.dataset import Dataset
from explorer.errors import ExplorerError


class Opener(QObject):
    """The session's part that opens; also the same data again, with another binarisation."""

    def __init__(self, state: State, answers: Answers, session: Verbs) -> None:
        super().__init__(session)
        self._state, self._answers, self._session = state, answers, session

    def open(
        self,
        source: str | Path,
        choices: Choices = NO_CHOICES,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Open a bundled name, a data set, or a checkpoint; what is there stays until it is.

        then: called once it is shown.
        """
        self.open_with(source, partial(self.show, then=then), choices)

    def open_with(
        self, source: str | Path, done: Callable[[Opened], object], choices: Choices = NO_CHOICES
    ) -> None:
        """Open it, and leave what becomes of it to ``done``."""
        refused = partial(
            self._show_refused, lambda way: self.open_with(source, done, way.over(choices))
        )
        question = Open(str(source), choices)
        self._answers.ask(question, done, owner=self, failed=refused)

    def _show_refused(self, again: Callable[[Choices], object], error: ExplorerError) -> None:
        """Offer the choices that would open it, until something else is opened."""
        if not isinstance(error, ChoiceWanted) or not error.ways:
            return
        ways = [Action(way.words, partial(again, way)) for way in error.ways]
        said = f"{error.what} ({error.where})"  # the buttons are the remedy
        self._session.say(
            said, "bad", str(error), ways, holds=partial(self._is_shown, self._state.now.dataset)
        )

    def _is_shown(self, dataset: Dataset | None) -> bool:
        return self._state.now.dataset is dataset

    def show(self, opened: Opened, then: Callable[[], object] | None = None) -> None:
        """Show what was opened in the place of what is there, with settings that suit it."""
        self._session.stop()
        model, dataset, before = opened.model, opened.dataset, self._state.now
        self._state.mark(opened, whole=True)
        self._state.renew(
            source=self,
            dataset=dataset,
            model=model,
            codes=opened.codes,
            curve=opened.curve,
            moments=opened.moments,
            epoch=opened.moments[-1].epoch if opened.moments else None,
            **({} if model is None else self._session.start_of(model, opened.codes)),
            own=self._state.now.own,
        )
        reset = self._propose(before.dataset, opened)
        greeting = _greeting(opened)
        told = replace(greeting, text=f"{greeting.text}. {reset}") if reset else greeting
        self._state.update(source=self, message=told)
        if before.preparation is None:
            self._state.forget()  # nobody wants to go back to a window without anything in it
        if self._state.now.codes is None:
            self._session.encode()
        if then is not None:
            then()

    def _propose(self, before: Dataset | None, opened: Opened) -> str:
        """Settings that suit what was opened; what was set by hand and goes, in a sentence."""
        now, model = self._state.now, None if opened.model is None else opened.model.config
        if opened.dataset is None:
            self._session.configure(model)
            return ""
        proposal = renewed(now.model_config, now.training_config, before, opened.dataset, model)
        self._session.configure(proposal.model, proposal.training)
        return proposal.said

    def binarise(self, how: str) -> None:
        """Open the data shown again with another binarisation: none, fixed or dynamic.

        The model stays, and is asked anew where it puts the samples.
        """
        data = self._state.now.dataset
        if data is None or data.preparation.binarisation == how:
            return
        if self._state.now.training != "idle":
            self._session.say("Stop the training before you change its data", "warn")
            return
        question = Binarise(data, how, self._state.now.model)
        self._answers.ask(question, self._show_binarised, owner=self, also="training")

    def _show_binarised(self, reopened: Reopened) -> None:
        now, dataset = self._state.now, reopened.dataset
        self._state.mark()
        self._state.update(source=self, dataset=dataset, codes=reopened.codes)
        self._session.configure(model=config_for_kind(now.model_config, dataset.preparation.kind))
        if now.model is not None and self._state.now.codes is None:
            self._session.encode()  # another moment of the training was chosen meanwhile


def _greeting(opened: Opened) -> Message:
    if opened.notes:
        details = "\n".join(sentence(note) for note in opened.notes)
        return spoken(opened.notes[0], "warn", details)
    if opened.model is None:
        return Message("Press Train to learn a latent plane of this data")
    return Message("Drag on the plane: the picture follows")
