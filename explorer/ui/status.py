"""The bottom line: what the program says, and what it is busy with."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStatusBar, QWidget

from explorer.app.background.jobs import Jobs
from explorer.app.commands import Command, Context
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.menus.bound_button import mark
from explorer.ui.widgets.message_bar import MessageBar
from explorer.ui.widgets.progress_area import ProgressArea

TRAIN = "train"  # the key of a training among the jobs
CANCEL, DISMISS = "cancel-work", "dismiss"


class StatusArea(QStatusBar):
    """Message bar and progress area, bound to the state and the jobs."""

    def __init__(
        self, state: State, jobs: Jobs, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state, self._jobs, self._session = state, jobs, session
        self.setSizeGripEnabled(False)
        self._messages = MessageBar(self)
        self._progress = ProgressArea(self)
        mark(self._messages.close_button, DISMISS)
        mark(self._progress.cancel_button, CANCEL)
        self.addWidget(self._messages, 1)
        self.addPermanentWidget(self._progress)
        self._messages.closed.connect(session.put_away)
        self._messages.chosen.connect(session.answer)
        self._progress.cancel_pressed.connect(self._on_progress_cancel_pressed)
        jobs.busy_changed.connect(self._show_jobs)
        jobs.progressed.connect(self._show_jobs)
        state.watch("message", self._show_message)
        state.watch("standing training", self._show_jobs)

    def commands(self) -> list[Command]:
        """Cancel what runs, put the message away."""
        return [
            Command(
                name=CANCEL, title="Cancel what runs", entry="Cancel", menu="edit", order=20,
                sentence="Stop what runs in the background; what is shown stays",
                act=self._cancel, missing=self._idle,
            ),
            Command(
                name=DISMISS, title="Put the message away", menu="edit", order=21,
                sentence="Take away what the bottom line says", act=self._dismiss,
                missing=lambda context: "" if context.now.message else "There is no message",
            ),
        ]  # fmt: skip

    def _idle(self, _context: Context) -> str:
        return "" if self._jobs.spoken else "Nothing runs"

    def _cancel(self, _context: Context) -> None:
        self._on_progress_cancel_pressed()

    def _dismiss(self, context: Context) -> None:
        context.session.put_away()

    def _show_message(self) -> None:
        self._messages.show_message(self._state.now.message)

    @Slot()
    def _show_jobs(self) -> None:
        """What runs; a training says the same here as anywhere, and is stopped by its own Stop."""
        now, jobs = self._state.now, self._jobs.spoken
        leads = bool(jobs) and jobs[0].key == TRAIN and now.standing is not None
        standing = now.standing.during(now.training) if leads and now.standing is not None else ""
        self._progress.show_jobs(jobs, said=standing, cancellable=not self._only_trains())

    def _only_trains(self) -> bool:
        jobs = self._jobs.spoken
        return bool(jobs) and all(job.key == TRAIN for job in jobs)

    @Slot()
    def _on_progress_cancel_pressed(self) -> None:
        """All but a training; where that is all there is, whoever pressed it meant that."""
        if self._only_trains():
            self._session.stop()
        else:
            self._jobs.cancel(spare=TRAIN)
