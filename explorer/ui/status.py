"""The bottom line: what the program says, and what it is busy with."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStatusBar, QWidget

from explorer.app.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.widgets.message_bar import MessageBar
from explorer.ui.widgets.progress_area import ProgressArea


class StatusArea(QStatusBar):
    """Message bar and progress area, bound to the state and the jobs."""

    def __init__(
        self, state: State, jobs: Jobs, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state, self._jobs = state, jobs
        self.setSizeGripEnabled(False)
        self._messages = MessageBar(self)
        self._progress = ProgressArea(self)
        self.addWidget(self._messages, 1)
        self.addPermanentWidget(self._progress)
        self._messages.closed.connect(session.put_away)
        self._messages.chosen.connect(session.answer)
        self._progress.cancel_pressed.connect(self._on_progress_cancel_pressed)
        jobs.busy_changed.connect(self._show_jobs)
        jobs.progressed.connect(self._show_jobs)
        state.watch("message", self._show_message)

    def _show_message(self) -> None:
        self._messages.show_message(self._state.now.message)

    @Slot()
    def _show_jobs(self) -> None:
        self._progress.show_jobs(self._jobs.spoken)

    @Slot()
    def _on_progress_cancel_pressed(self) -> None:
        self._jobs.cancel()
