"""What runs in the background, how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.offering import offer

STEPS = 1000
STOPPING = "It is stopping already"


class Cancellable(Protocol):
    """The part of a task that the area looks at."""

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked for a stop."""


class Running(Protocol):
    """A job as the area sees it. fraction: None where its length is not known."""

    @property
    def does(self) -> str:
        """What the job does, in words."""

    @property
    def text(self) -> str:
        """What it says of itself."""

    @property
    def fraction(self) -> float | None:
        """How far it is."""

    @property
    def task(self) -> Cancellable:
        """What stops it."""


class ProgressArea(QWidget):
    """Hidden while nothing runs; after ``cancel_pressed`` it says "stopping" at once.

    A training has a Stop of its own, so beside one alone there is no Cancel.
    """

    cancel_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel(self)
        self._text.setProperty("role", "quiet")
        self._text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setObjectName("progressBar")
        self._bar.setAccessibleName("Progress")
        self.cancel_button = QPushButton("Cancel", self)
        self.cancel_button.setObjectName("cancelButton")
        self.cancel_button.setToolTip("Stop what runs in the background; what is shown stays")
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        self._lay_out()
        self.show_jobs(())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.GRID, 0)  # the window's edge is near
        row.setSpacing(theme.GRID)
        self._text.setMinimumWidth(200)  # a text of another length moves nothing
        self._bar.setFixedWidth(120)
        self.setMinimumHeight(self.cancel_button.sizeHint().height())  # the same without a Cancel
        for widget in (self._text, self._bar, self.cancel_button):
            row.addWidget(widget)

    def text(self) -> str:
        """What the area says."""
        return self._text.text()

    def show_jobs(
        self, jobs: Sequence[Running], *, said: str = "", cancellable: bool = True
    ) -> None:
        """Show the first of ``jobs``, and how many there are.

        said: instead of what the first one says of itself. cancellable: whether there is a Cancel.
        """
        self.setVisible(bool(jobs))
        self.cancel_button.setVisible(cancellable)
        if not jobs:
            self._text.clear()
            offer(self.cancel_button)
            self._show_fraction(0.0)
            return
        first = jobs[0]
        stopping = first.task.cancelled
        more = f" (and {len(jobs) - 1} more)" if len(jobs) > 1 else ""
        self._text.setText("stopping" if stopping else (said or first.text or first.does) + more)
        offer(self.cancel_button, STOPPING if stopping else "")
        self._show_fraction(first.fraction)

    def _show_fraction(self, fraction: float | None) -> None:
        """Qt's bar would paint itself at once, and all of the window that waits for a paint."""
        self._bar.setUpdatesEnabled(False)
        self._bar.setRange(0, 0 if fraction is None else STEPS)
        if fraction is not None:
            self._bar.setValue(round(fraction * STEPS))
        self._bar.setUpdatesEnabled(True)  # which asks for a paint in its turn

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self._text.setText("stopping")
        offer(self.cancel_button, STOPPING)
        self.cancel_pressed.emit()
