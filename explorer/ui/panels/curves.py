"""Panel: the curves of a training, and the epoch that is looked at."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.app.session import Session
from explorer.app.state import State
from explorer.training.record.curve import curve_rows
from explorer.training.validation.rule import Verdict
from explorer.ui.menus.offers import plot_entries
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.loss_plot import LossPlot
from explorer.ui.widgets.fitting_label import FittingLabel
from explorer.ui.widgets.overlays.popup import PopupSection, popup


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
        self._verdict = self._made_verdict()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        column.setSpacing(theme.GRID)
        column.addWidget(self._plot, 1)
        column.addWidget(self._verdict)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_curves)
        state.watch("curve training_config", self._show_curve_soon)
        state.watch("curve epoch", self._show_epoch)

    def _made_verdict(self) -> FittingLabel:
        """What the validation part says, in a line below the curves."""
        label = FittingLabel(self)
        label.setObjectName("verdict")
        label.setProperty("role", "quiet")
        label.setFont(theme.font(theme.SMALL))
        return label

    def _show_curve_soon(self) -> None:
        """In a turn of the event loop of its own: a moment of training moves much else."""
        self._later.start()

    @Slot()
    def _show_curves(self) -> None:
        curve = self.state.now.curve
        self._plot.show_curve(curve, self.state.now.training_config.epochs)
        verdict = None if curve is None else curve.verdict
        self._verdict.setVisible(verdict is not None)
        if verdict is not None:
            self._verdict.set_texts(verdict.text, verdict.brief, verdict.short)
            self._verdict.setToolTip(f"{verdict.text}\n{_basis(verdict)}")

    def _show_epoch(self) -> None:
        self._plot.show_epoch(self.state.now.epoch)

    @Slot(QPoint)
    def _on_plot_menu_requested(self, at: QPoint) -> None:
        curve = self.state.now.curve
        rows = [] if curve is None else curve_rows(curve)
        every = plot_entries(self._plot, self.session, "training", rows, "the curves")
        popup(self._plot, self._plot.mapToGlobal(at), [PopupSection("Training curves", every)])


def _basis(verdict: Verdict) -> str:
    """What a verdict rests on."""
    return (
        f"On {verdict.samples:,} samples that are not trained on; ± is the standard error of the"
        f" change, means of up to {verdict.patience} epochs are compared"
    )


if __name__ == "__main__":
    raise SystemExit(run_alone(CurvesPanel))
