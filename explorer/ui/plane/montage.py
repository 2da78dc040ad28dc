"""Over the plane while there is no model: what the network will see."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from explorer.app.background.answers import Answer
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.montage import DrawMontage, said_of
from explorer.ui.widgets.montage.view import MontageView

HINT = "Train (Ctrl+T) to see where the model puts them"
STARTS = "Training starts..."


class DataMontage(MontageView):
    """Drawn anew for other data; gone the moment that a model is there."""

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._answer = Answer(session.answers, DrawMontage, self._show_drawn)
        state.watch("dataset model", self._ask)
        state.watch("dataset model training", self._show_words)

    def _ask(self) -> None:
        now = self._state.now
        self.setVisible(now.dataset is not None and now.model is None)
        if now.dataset is not None and now.model is None and self._answer.value is None:
            self._answer.ask(DrawMontage(now.dataset))
        self._show_drawn()

    def _show_drawn(self) -> None:
        montage = self._answer.value if self._state.now.model is None else None
        if montage is None:
            self.show_classes(())
        else:
            self.show_classes(montage.classes, montage.more)

    def _show_words(self) -> None:
        now = self._state.now
        if now.dataset is not None:
            self.set_words(said_of(now.dataset), HINT if now.training == "idle" else STARTS)
