"""Panel: what the next training does, in groups and words."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme
from explorer.ui.training_form import TrainingForm


@panels.register("settings")
class SettingsPanel(Panel):
    """Network, objective, optimiser, noise; what is offered follows the preset and the data."""

    title = "Settings"
    places: ClassVar = {"train": Place("left", 10, most=380)}
    least = (320, 304)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self.form = TrainingForm(state, session, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.INSIDE, theme.GRID, 0, theme.GRID)
        column.addWidget(self.form)


if __name__ == "__main__":
    raise SystemExit(run_alone(SettingsPanel))
