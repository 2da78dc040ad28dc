"""What is shown, in as many words as there is room for: the data and the model."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.app.spelling import shortened
from explorer.app.state import State
from explorer.ui import theme
from explorer.ui.widgets.fitting_label import FittingLabel

FEW = 4  # letters of a name in a narrow window


class SubjectLabels(QObject):
    """``data`` and ``model`` follow the state."""

    def __init__(self, state: State, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self.data, self.model = _label("Data", parent), _label("Model", parent)
        state.watch("dataset", self._show_data)
        state.watch("model", self._show_model)

    def _show_data(self) -> None:
        data = self._state.now.dataset
        name = "no data" if data is None else data.name
        count = "" if data is None else f" {len(data):,}"
        short = escape(shortened(name))
        self.data.set_texts(
            f"Data: <b>{short}{count}</b>", f"<b>{short}{count}</b>", f"<b>{short}</b>",
            f"<b>{escape(shortened(name, FEW))}</b>",
        )  # fmt: skip
        self.data.setToolTip(f"Data: {name}{count}")

    def _show_model(self) -> None:
        model = self._state.now.model
        if model is None:
            self.model.set_texts("Model: <b>none yet</b>", "<b>no model</b>")
            self.model.setToolTip("Model: none yet")
            return
        config = model.config
        likelihood = config.likelihood.replace("-", " ")
        named = f"<b>{config.preset} z={config.latent_dim}</b>"
        short = f"<b>{escape(shortened(config.preset, FEW))}</b>"
        self.model.set_texts(f"Model: {named}", named, short)
        self.model.setToolTip(f"{config.preset}, {config.body} body, {likelihood} likelihood")


def _label(tip: str, parent: QWidget) -> FittingLabel:
    label = FittingLabel(parent)
    label.setToolTip(tip)
    label.setContentsMargins(theme.GRID, 0, theme.GRID, 0)
    return label
