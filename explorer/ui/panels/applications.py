"""Panel: what the model is good for: odd samples, noise, holes, few labels."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from explorer.app import needs
from explorer.app.commands import Command, Context
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.question import Question
from explorer.ui.applications import WIDTH, Application, applications, box_of, discover
from explorer.ui.menus.bound_button import push_button
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme

BESIDE = 520  # px of width from which the controls stand beside what comes of them
ACROSS, DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
ANY = 16777215  # px of width: Qt's word for no limit


@panels.register("applications")
class ApplicationsPanel(Panel):
    """One use at a time; what concerns a sample concerns the selected one."""

    title = "Applications"
    places: ClassVar = {"measure": Place("beside", 20, behind="evidence")}
    least = (276, 304)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._task = box_of(self, "application", "What the model is used for")
        self._pages = QStackedWidget(self)
        kinds = discover()
        self._names = sorted(applications, key=lambda name: kinds.index(applications[name]))
        self._uses = [kind(state, session) for kind in kinds]
        self._starts = [self._command(i, use) for i, use in enumerate(self._uses)]
        self._cancel = Command(
            name="cancel-application", title="Cancel the application", entry="Cancel",
            menu="measure", order=19, sentence="Stop, and keep nothing", act=self._stop,
            missing=lambda _context: "" if self._busy() else "Nothing is being measured",
        )  # fmt: skip
        self._go = push_button("usesButton", self._starts[0], session, self, fields="")
        self._go.button.setProperty("role", "primary")
        for i, use in enumerate(self._uses):
            self._task.addItem(use.title)
            self._task.setItemData(i, use.tip, Qt.ItemDataRole.ToolTipRole)
            self._pages.addWidget(use)
        self._lay_out()
        self._task.activated.connect(self._on_task_activated)
        session.answers.busy_changed.connect(self._show_button)
        state.watch("model dataset training", self._show_button)
        self._show_use()

    def _lay_out(self) -> None:
        self._controls = QWidget(self)
        self._row = QBoxLayout(ACROSS, self)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        self._row.setSpacing(2 * theme.GRID)
        column = QVBoxLayout(self._controls)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self._task)
        for use in self._uses:
            column.addWidget(use.controls)
        column.addWidget(self._go.button)
        column.addStretch()
        self._row.addWidget(self._controls)
        self._row.addWidget(self._pages, 1)

    def minimumSizeHint(self) -> QSize:
        """With the controls above, whether they are now or not."""
        above, below = self._controls.minimumSizeHint(), self._pages.minimumSizeHint()
        wide = max(above.width(), below.width()) + 2 * theme.INSIDE
        return QSize(wide, above.height() + below.height() + 4 * theme.GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow column the controls stand above."""
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        self._row.setDirection(ACROSS if beside else DOWN)
        self._controls.setMinimumWidth(WIDTH if beside else 1)
        self._controls.setMaximumWidth(WIDTH if beside else ANY)

    def commands(self) -> list[Command]:
        """Each application, and to cancel one."""
        return [*self._starts, self._cancel]

    def _command(self, i: int, use: Application) -> Command:
        return Command(
            name=f"application-{self._names[i]}", title=use.title, entry=use.verb or use.title,
            menu="measure", order=10 + i, sentence=use.tip, act=partial(self._start, i),
            missing=self._unusable,
        )  # fmt: skip

    def _unusable(self, context: Context) -> str:
        busy = "Once the application under way is done" if self._busy() else ""
        return needs.missing(context.now, "data", "model", "idle") or busy

    def _start(self, i: int, _context: Context) -> None:
        """Turn to its page, and begin; one that follows the selection begins by itself."""
        if i != self._task.currentIndex():
            self._task.setCurrentIndex(i)
            self._show_use()
        if self._use().verb:
            self._use().start()

    def _stop(self, _context: Context) -> None:
        for kind in self._busy():
            self.session.answers.cancel(kind)

    def _use(self) -> Application:
        return self._uses[self._task.currentIndex()]

    def _show_use(self) -> None:
        chosen = self._use()
        for use in self._uses:
            use.controls.setVisible(use is chosen)
            use.set_current(use is chosen)
        self._pages.setCurrentWidget(chosen)
        self._task.setToolTip(chosen.tip)
        self._go.button.setVisible(bool(chosen.verb))
        self._show_button()

    def _busy(self) -> list[type[Question[Any]]]:
        asked = [use.asks for use in self._uses if use.asks is not None]
        return [kind for kind in asked if self.session.answers.is_busy(kind)]

    @Slot()
    def _show_button(self) -> None:
        self._go.wear(self._cancel if self._busy() else self._starts[self._task.currentIndex()])

    @Slot(int)
    def _on_task_activated(self, _index: int) -> None:
        self._show_use()


if __name__ == "__main__":
    raise SystemExit(run_alone(ApplicationsPanel))
