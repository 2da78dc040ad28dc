"""Going back to a moment of the training: at once where it is in memory, else once it is loaded."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from explorer.app.background.answers import Answers
from explorer.app.state import State
from explorer.compute.moment import LoadMoment
from explorer.errors import Cancelled, ExplorerError
from explorer.models.config import Codes, ModelSnapshot
from explorer.training.record.moment import Moment


class Shows(Protocol):
    """Whoever shows the models of a training."""

    def show_model(self, model: ModelSnapshot, codes: Codes | None, **more: object) -> None:
        """Show one, with other fields of the state."""


class Replay(QObject):
    """The session's part that goes along the time line."""

    def __init__(self, state: State, answers: Answers, shows: Shows, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._answers, self._shows = state, answers, shows

    def show_moment(self, i: int) -> None:
        """Go back to moment ``i`` of the time line: its weights, its codes, its pictures.

        Where they lie in a file, what is shown stays until they are there.
        """
        moment, now = self._state.now.moments[i], self._state.now
        if moment.held:
            self._show(moment)
        elif now.curve is not None:
            self._state.update(source=self, asked_epoch=moment.epoch)
            self._answers.ask(
                LoadMoment(moment, now.curve), self._show, owner=self, also="asked_epoch",
                failed=partial(self._drop, moment),
            )  # fmt: skip

    def _show(self, moment: Moment) -> None:
        self._shows.show_model(moment.model, moment.codes, epoch=moment.epoch, asked_epoch=None)

    def _drop(self, moment: Moment, error: ExplorerError) -> None:
        """One that cannot be read is no place to go to."""
        if isinstance(error, Cancelled):
            return
        there = tuple(m for m in self._state.now.moments if m is not moment)
        self._state.update(source=self, moments=there, asked_epoch=None)
