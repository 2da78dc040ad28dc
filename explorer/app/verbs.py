"""What the parts of a session ask of the whole: its other parts are none of their business."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.app.state import Action
from explorer.data.choices import NO_CHOICES, Choices
from explorer.data.dataset import Floats
from explorer.data.pictures.own import Source
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.config import TrainingConfig


class Verbs(QObject):
    """The session, as its parts see it; this one stands for no session, and does nothing."""

    folder_wanted = Signal(str, object)  # title, and what is to be done with the one chosen
    closing_wanted = Signal()  # of the window, whatever is lost

    def say(
        self,
        text: str,
        tone: str = "hint",
        details: str = "",
        actions: Sequence[Action] = (),
        seen: Callable[[], object] | None = None,
        holds: Callable[[], bool] | None = None,
    ) -> None:
        """Put a sentence into the message bar, and up to three things to do about it."""

    def put_away(self) -> None:
        """Take the message away, for good."""

    def open(
        self,
        source: str | Path,
        choices: Choices = NO_CHOICES,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Open a bundled name, a data set, or a checkpoint; what is there stays until it is.

        then: called once it is shown.
        """

    def go_on(self, folder: str | Path) -> None:
        """Open a checkpoint and go on with the training that it holds."""

    def look_at(self, *pictures: Source) -> None:
        """Look at pictures of one's own as at samples, one by one; what is shown stays."""

    def encode(self) -> None:
        """Find the codes of every sample of the data set."""

    def move(self, z: Floats) -> None:
        """Hold another z: (d,); no farther out than codes may lie."""

    def start_of(self, model: ModelSnapshot, codes: Codes | None) -> dict[str, object]:
        """The state's z and axes for a model of a space in which nobody has moved z."""
        return {}

    def stop(self) -> None:
        """End training and keep what it has."""

    def configure(
        self, model: ModelConfig | None = None, training: TrainingConfig | None = None
    ) -> None:
        """Change what the next training does."""
