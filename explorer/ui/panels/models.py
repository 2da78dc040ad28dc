"""Panel: the model against another one, on the same samples."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer import paths
from explorer.app import needs
from explorer.app.background.answers import Answer
from explorer.app.commands import Command, Context
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.comparing.models import CompareModels
from explorer.errors import Cancelled
from explorer.ui.evidence.differences import rows_of
from explorer.ui.menus.bound_button import push_button
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.difference_table import DifferenceTable

SIDE = 240  # px of the column of controls and words
DRAWS = 500  # codes a sample
INVITATION = (
    "Choose a saved model that was trained on the same data: both are measured on the held-out"
    " samples, and what they differ by is said with its 95 % interval."
)
COMPARING = "Not while two models are compared"


@panels.register("models")
class ModelsPanel(Panel):
    """Asks for a folder; what was found is of one model and goes when another is shown."""

    title = "Model against model"
    places: ClassVar = {"compare": Place("bottom", 20, behind="comparison")}
    least = (400, 144)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._found = Answer(session.answers, CompareModels, self._show_found)
        self._asked = self._named = ""
        self._shown: dict[str, Any] | None = None
        self._choose, self._cancel = self._own = self._commands()
        self._go = push_button("chooseModelButton", self._choose, session, self)
        self._go.button.setProperty("role", "primary")
        self._said = _label(self, "modelsSaid", "quiet")
        self._warned = _label(self, "modelsWarnings", "caution")
        self._table = DifferenceTable(self)
        self._table.setObjectName("differenceTable")
        self._lay_out()
        session.answers.busy_changed.connect(self._show_button)
        state.watch("model dataset training", self._show_button)
        self._show_found()

    def _commands(self) -> tuple[Command, Command]:
        return (
            Command(
                name="compare-models", title="Compare with another model...",
                entry="Choose a model...", menu="measure", order=40, act=self._choose_one,
                sentence="Measure the model and a saved one on the same held-out samples, and what"
                " they differ by",
                missing=self._incomparable,
            ),
            Command(
                name="cancel-models", title="Cancel the comparison of models", entry="Cancel",
                menu="measure", order=40, act=self._stop, missing=self._at_rest,
                sentence="Stop; what was found before stays",
            ),
        )  # fmt: skip

    def commands(self) -> tuple[Command, ...]:
        """Choose, cancel."""
        return self._own

    def _lay_out(self) -> None:
        side = QWidget(self)
        side.setFixedWidth(SIDE)
        column, page = QVBoxLayout(side), QHBoxLayout(self)
        self._around = (column, page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(0)
        column.setSpacing(theme.GRID)
        for part in (self._go.button, self._said):
            column.addWidget(part)
        column.addStretch(1)
        page.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        page.setSpacing(3 * theme.GRID)
        page.addStretch(0)
        page.addWidget(side)
        told = QVBoxLayout()
        told.setSpacing(theme.GRID)
        told.addWidget(self._table)
        told.addWidget(self._warned)
        told.addStretch()
        page.addLayout(told, 1)

    # -- showing ----------------------------------------------------------------------------

    def _centre(self, *, alone: bool) -> None:
        """Button and sentence stand in the middle while there is nothing beside them."""
        for layout in self._around:
            layout.setStretch(0, int(alone))

    @Slot()
    def _show_button(self) -> None:
        self._go.wear(self._cancel if self._found.busy else self._choose)

    def _show_found(self) -> None:
        found, error = self._found.value, self._found.error
        refused = [] if error is None or isinstance(error, Cancelled) else [str(error)]
        if found is not self._shown:  # what is asked next may have another name, and be stopped
            self._shown, self._named = found, self._asked
        if refused:
            found = None
        self._table.show_rows(() if found is None else rows_of(found))
        self._said.setText(INVITATION if found is None else self._words(found))
        warnings = refused if found is None else found["warnings"]
        self._warned.setText("\n".join(f"\u26a0 {sentence}" for sentence in warnings))
        self._centre(alone=found is None and not warnings)
        self._show_button()

    def _words(self, found: dict[str, Any]) -> str:
        """What is held against what, and on how many samples."""
        return (
            f"The other is {Path(self._named).name}: {found['other_likelihood_title']}. Both on"
            f" {found['n']:,} {found['split']} samples, the same; K = {DRAWS:,}. A dot marks"
            " who is ahead where the interval is without 0."
        )

    # -- mouse and keys ---------------------------------------------------------------------

    def _incomparable(self, context: Context) -> str:
        missing = needs.missing(context.now, "data", "model", "idle")
        return missing or (COMPARING if self._found.busy else "")

    def _at_rest(self, _context: Context) -> str:
        return "" if self._found.busy else "No models are compared"

    def _choose_one(self, _context: Context) -> None:
        title = "Choose the folder of a model to compare with"
        name = QFileDialog.getExistingDirectory(self, title, str(paths.runs()))
        if name:
            self.compare_with(name)

    def compare_with(self, folder: str) -> None:
        """Hold the model shown against the one saved in ``folder``, or a bundled one."""
        now = self.state.now
        if now.model is None or now.dataset is None:
            return
        part = "test" if now.dataset.test.any() else "all"
        self._asked = folder
        self._found.ask(CompareModels(now.model, folder, now.dataset, part, DRAWS))
        self._show_button()

    def _stop(self, _context: Context) -> None:
        self._found.cancel()


def _label(parent: QWidget, name: str, role: str) -> QLabel:
    made = QLabel(parent)
    made.setObjectName(name)
    made.setProperty("role", role)
    made.setWordWrap(True)
    made.setMinimumWidth(1)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made


if __name__ == "__main__":
    raise SystemExit(run_alone(ModelsPanel))
