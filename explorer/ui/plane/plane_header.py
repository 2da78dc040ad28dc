"""A line over the model's plane that names it, and chooses its axes where there are more."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from explorer.app.state import State
from explorer.ui.plane.axis_boxes import AxisBoxes
from explorer.ui.themes import theme


class PlaneHeader(QWidget):
    """There where another plane stands beside the model's, each below its name."""

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._title = QLabel(self)
        self._title.setProperty("role", "head")
        self._axes = AxisBoxes("latent", "Latent dimension", state, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GRID // 2, 0, 0, theme.GRID)
        row.addWidget(self._title, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        row.addWidget(self._axes, 0, Qt.AlignmentFlag.AlignBottom)
        state.watch("model model_config codes", self._show_model)
        self.hide()

    def _show_model(self) -> None:
        model = self._state.now.model
        self._title.setText("No model yet" if model is None else model.config.preset.upper())
        self._axes.setVisible(model is not None and model.config.latent_dim > 2)
