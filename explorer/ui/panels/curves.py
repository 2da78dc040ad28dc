"""Panel: the curves of a training, and the epoch that is looked at."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.app.session import Session
from explorer.app.state import State
from explorer.training.record.curve import curve_rows
from explorer.ui.menus.offers import plot_entries
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.loss_plot import LossPlot
from explorer.ui.widgets.popup import PopupSection, popup


@panels.register("curves")
class CurvesPanel(Panel):
    """The objective and its terms over the epochs, step by step."""

    title = "Curves"
    places: ClassVar = {"train": Place("beside", 10)}
    least = (264, 200)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._plot = LossPlot(self)
        self._plot.setObjectName("lossPlot")
        self._plot.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._plot.customContextMenuRequested.connect(self._on_plot_menu_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        column.addWidget(self._plot)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_curves)
        state.watch("curve training_config", self._show_curve_soon)
        state.watch("curve epoch", self._show_epoch)

    def _show_curve_soon(self) -> None:
        """In a turn of the event loop of its own: a moment of training moves much else."""
        self._later.start()

    @Slot()
    def _show_curves(self) -> None:
        self._plot.show_curve(self.state.now.curve, self.state.now.training_config.epochs)

    def _show_epoch(self) -> None:
        self._plot.show_epoch(self.state.now.epoch)

    @Slot(QPoint)
    def _on_plot_menu_requested(self, at: QPoint) -> None:
        curve = self.state.now.curve
        rows = [] if curve is None else curve_rows(curve)
        every = plot_entries(self._plot, self.session, "training", rows, "the curves")
        popup(self._plot, self._plot.mapToGlobal(at), [PopupSection("Training curves", every)])


if __name__ == "__main__":
    raise SystemExit(run_alone(CurvesPanel))
