"""What is shown, in as many words as there is room for: the data and the model."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QWidget

from explorer.app.state import Snapshot, State
from explorer.app.words.spelling import shortened
from explorer.ui.themes import theme
from explorer.ui.widgets.fitting_label import FittingLabel

FEW = 4  # letters of a name in a narrow window
APART = "&nbsp;&nbsp; "
SHORTER = (
    (0, 0),
    (1, 1),
    (1, 2),
    (2, 2),
    (2, 3),
    (3, 3),
)  # the texts of data and model that go together


class SubjectLabel(FittingLabel):
    """One line that follows the state."""

    def __init__(self, state: State, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self.setContentsMargins(theme.GRID, 0, theme.GRID, 0)
        self.setAccessibleName("What is shown")
        state.watch("dataset model", self._show_subject)

    def _show_subject(self) -> None:
        now = self._state.now
        data, model = _data(now), _model(now)
        self.set_texts(*(f"{data[i]}{APART}{model[k]}" for i, k in SHORTER))
        self.setToolTip(f"{_whole_data(now)}\n{_whole_model(now)}")


def _data(now: Snapshot) -> tuple[str, ...]:
    """From the longest to the shortest."""
    name = "no data" if now.dataset is None else now.dataset.name
    count = "" if now.dataset is None else f" {len(now.dataset):,}"
    short, few = escape(shortened(name)), escape(shortened(name, FEW))
    return (
        f"Data: <b>{short}{count}</b>",
        f"<b>{short}{count}</b>",
        f"<b>{short}</b>",
        f"<b>{few}</b>",
    )


def _model(now: Snapshot) -> tuple[str, ...]:
    if now.model is None:
        return ("Model: <b>none yet</b>", "<b>no model</b>", "<b>no model</b>", "")
    name, dims = now.model.config.preset, now.model.config.latent_dim
    few = escape(shortened(name, FEW))
    return (
        f"Model: <b>{name} z={dims}</b>",
        f"<b>{name} z={dims}</b>",
        f"<b>{name}</b>",
        f"<b>{few}</b>",
    )


def _whole_data(now: Snapshot) -> str:
    return "Data: none" if now.dataset is None else f"Data: {now.dataset.name} {len(now.dataset):,}"


def _whole_model(now: Snapshot) -> str:
    if now.model is None:
        return "Model: none yet"
    config = now.model.config
    likelihood = config.likelihood.replace("-", " ")
    return f"Model: {config.preset}, {config.body} body, {likelihood} likelihood"
