"""Panel: what the model is good for: odd samples, noise, holes, few labels."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from explorer.app import needs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.question import Question
from explorer.ui import theme
from explorer.ui.applications import Application, box_of, discover
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.widgets.offering import offer


@panels.register("applications")
class ApplicationsPanel(Panel):
    """One use at a time; what concerns a sample concerns the selected one."""

    title = "Applications"
    places: ClassVar = {"measure": Place("beside", 20, behind="evidence")}
    least = (400, 304)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._task = box_of(self, "application", "What the model is used for")
        self._go = QPushButton(self)
        self._go.setObjectName("usesButton")
        self._pages = QStackedWidget(self)
        self._uses = [kind(state, session) for kind in discover()]
        for i, use in enumerate(self._uses):
            self._task.addItem(use.title)
            self._task.setItemData(i, use.tip, Qt.ItemDataRole.ToolTipRole)
            self._pages.addWidget(use)
        self._lay_out()
        self._task.activated.connect(self._on_task_activated)
        self._go.clicked.connect(self._on_go_clicked)
        session.answers.busy_changed.connect(self._show_button)
        state.watch("model dataset training", self._show_button)
        self._show_use()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        row.setSpacing(2 * theme.GRID)
        left = QVBoxLayout()
        left.setSpacing(theme.GRID)
        left.addWidget(self._task)
        for use in self._uses:
            left.addWidget(use.controls)
        left.addWidget(self._go)
        left.addStretch()
        row.addLayout(left)
        row.addWidget(self._pages, 1)

    def _use(self) -> Application:
        return self._uses[self._task.currentIndex()]

    def _show_use(self) -> None:
        chosen = self._use()
        for use in self._uses:
            use.controls.setVisible(use is chosen)
            use.set_current(use is chosen)
        self._pages.setCurrentWidget(chosen)
        self._task.setToolTip(chosen.tip)
        self._go.setVisible(bool(chosen.verb))
        self._show_button()

    def _busy(self) -> list[type[Question[Any]]]:
        asked = [use.asks for use in self._uses if use.asks is not None]
        return [kind for kind in asked if self.session.answers.is_busy(kind)]

    @Slot()
    def _show_button(self) -> None:
        now, busy = self.state.now, bool(self._busy())
        self._go.setText("Cancel" if busy else self._use().verb)
        self._go.setToolTip("Stop, and keep nothing" if busy else self._use().tip)
        offer(self._go, "" if busy else needs.missing(now, "data", "model", "idle"))

    @Slot(int)
    def _on_task_activated(self, _index: int) -> None:
        self._show_use()

    @Slot()
    def _on_go_clicked(self) -> None:
        busy = self._busy()
        for kind in busy:
            self.session.answers.cancel(kind)
        if not busy:
            self._use().start()


if __name__ == "__main__":
    raise SystemExit(run_alone(ApplicationsPanel))
