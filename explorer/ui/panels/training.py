"""Panel: settings, start and stop, live curves, and the time line to go back on."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.app import needs
from explorer.app.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import Snapshot, State
from explorer.training.record.curve import curve_rows
from explorer.ui import theme
from explorer.ui.offers import plot_entries
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.training_form import TrainingForm
from explorer.ui.widgets.charts.loss_plot import LossPlot
from explorer.ui.widgets.forms.timeline import TimelineBar
from explorer.ui.widgets.offering import offer
from explorer.ui.widgets.popup import Section, popup

BUTTON = 92  # px
MORE_STYLE = (
    f"QToolButton {{ font-size: {theme.SMALL}px; padding-left: 6px; padding-right: 6px; }}"
    "QToolButton:focus { padding-left: 5px; padding-right: 5px; }"
)


@panels.register("training")
class TrainingPanel(Panel):
    """The buttons follow ``state.training``."""

    title = "Training"
    places: ClassVar = {"explore": Place("bottom", 10), "train": Place("bottom", 10)}
    least = (600, 160)

    def __init__(
        self, state: State, jobs: Jobs, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, jobs, session, parent)
        self._form = TrainingForm(state, session, self)
        self._waiting = False  # for a button that can have the focus again
        self._build_buttons()
        self._build_disclosure()
        self._plot = LossPlot(self)
        self._plot.setObjectName("lossPlot")
        self._plot.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._plot.customContextMenuRequested.connect(self._on_plot_menu_requested)
        self._timeline = TimelineBar(self)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_curves)
        self._lay_out()
        self._timeline.started.connect(state.mark)
        self._timeline.chosen.connect(self._on_timeline_chosen)
        state.travelled.connect(self._timeline.hold)
        self._watch()

    # -- building ---------------------------------------------------------------------------

    def _build_buttons(self) -> None:
        self._train = self._button("trainButton", "Train", "Learn a latent plane of the data shown")
        self._train.setProperty("role", "primary")
        self._pause = self._button("pauseButton", "Pause", "Hold the training, or resume it")
        self._stop = self._button("stopButton", "Stop", "End the training and keep what it has")
        self._train.clicked.connect(self._on_train_clicked)
        self._pause.clicked.connect(self._on_pause_clicked)
        self._stop.clicked.connect(self._on_stop_clicked)

    def _button(self, object_name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(object_name)
        button.setToolTip(tip)
        button.setFixedWidth(BUTTON)
        return button

    def _build_disclosure(self) -> None:
        self._more = QToolButton(self)
        self._more.setText("More settings")
        self._more.setCheckable(True)
        self._more.setToolTip("Show the settings that seldom matter")
        self._more.setStyleSheet(MORE_STYLE)
        self._more.setFixedWidth(BUTTON)
        self._more.toggled.connect(self._on_more_toggled)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        self._row = row
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.GRID)
        for button in (self._train, self._pause, self._stop):
            buttons.addWidget(button)
        buttons.addWidget(self._more)
        buttons.addStretch()
        row.addLayout(buttons)
        row.addWidget(self._form)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self._plot, 1)
        right.addWidget(self._timeline)
        row.addLayout(right, 1)
        self._stand()

    def _watch(self) -> None:
        state = self.state
        state.watch("training dataset", self._show_buttons)
        state.watch("curve training_config", self._show_curve_soon)
        state.watch("moments curve epoch asked_epoch", self._show_timeline)
        state.watch("moments training standing", self._show_status)

    # -- showing ----------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        now = self.state.now
        held = self._keys_are_here()
        against = needs.STOPPING if now.training == "stopping" else ""
        against = "No training runs" if now.training == "idle" else against
        reasons = {
            self._train: needs.missing(now, "data", "idle"),
            self._pause: against,
            self._stop: against,
        }
        for button in sorted(reasons, key=lambda button: reasons[button] != ""):
            if reasons[button] and button.hasFocus():
                button.clearFocus()  # else Qt gives it to the next in the row, which is another
            offer(button, reasons[button])
        self._pause.setText("Resume" if now.training == "paused" else "Pause")
        self._stop.setText("Stopping" if now.training == "stopping" else "Stop")
        if held:
            self._keep_keys()

    def _keys_are_here(self) -> bool:
        """Whether the focus is on one of the three, or was until the last one was disabled."""
        focus = QApplication.focusWidget()
        return focus in (self._train, self._pause, self._stop) or (self._waiting and focus is None)

    def _keep_keys(self) -> None:
        """The focus stays with the three: on Stop while a training runs, on Train when not."""
        next_one = self._train if self.state.now.training == "idle" else self._stop
        self._waiting = not next_one.isEnabled()
        if not self._waiting and not self._pause.hasFocus():
            next_one.setFocus()

    def _show_curve_soon(self) -> None:
        """In a turn of the event loop of its own: a moment of training moves much else."""
        self._later.start()

    @Slot()
    def _show_curves(self) -> None:
        self._plot.show_curve(self.state.now.curve, self.state.now.training_config.epochs)

    def _show_timeline(self) -> None:
        now = self.state.now
        total = 0.0 if now.curve is None else float(now.curve.epochs)
        at = now.epoch if now.asked_epoch is None else now.asked_epoch
        self._timeline.show_moments([moment.epoch for moment in now.moments], total, at)
        self._plot.show_epoch(now.epoch)

    def _show_status(self) -> None:
        standing = self.state.now.standing
        self._timeline.show_place("" if standing is None else standing.place)
        self._timeline.show_status(self._status_text())

    def _status_text(self) -> str:
        now = self.state.now
        pace = _pace(now)
        speed = f"{pace:,.0f} samples/s" if pace else ""
        if now.training == "running" and now.standing is not None:
            return f"{now.standing.left}, {speed}"
        said = {"idle": speed, "running": "starting"}
        return said.get(now.training, now.training)

    # -- room -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two fields a row where there is room for them beside the curves."""
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        narrow = self.width() < self._least_width(columns=2)
        self._form.set_columns(1 if narrow else 2)
        self._row.setSpacing(self._spacing(1 if narrow else 2))

    def _spacing(self, columns: int) -> int:
        return columns * theme.GRID

    def _least_width(self, columns: int) -> int:
        """px that the panel needs with a form of so many columns."""
        curves = max(self._plot.minimumSizeHint().width(), self._timeline.minimumSizeHint().width())
        parts = (BUTTON, self._form.widths[columns], curves)
        return sum(parts) + 2 * theme.INSIDE + 2 * self._spacing(columns)

    def minimumSizeHint(self) -> QSize:
        """That of one column: from two one can always get there."""
        return QSize(self._least_width(columns=1), super().minimumSizeHint().height())

    # -- the hand ---------------------------------------------------------------------------

    @Slot(bool)
    def _on_more_toggled(self, on: bool) -> None:
        self._form.set_folded(not on)
        self._more.setText("Show fewer" if on else "More settings")

    @Slot()
    def _on_train_clicked(self) -> None:
        self.session.train()

    @Slot()
    def _on_pause_clicked(self) -> None:
        self.session.pause()

    @Slot()
    def _on_stop_clicked(self) -> None:
        self.session.stop()

    @Slot(int)
    def _on_timeline_chosen(self, moment: int) -> None:
        if moment < len(self.state.now.moments):
            self.session.show_moment(moment)

    @Slot(QPoint)
    def _on_plot_menu_requested(self, at: QPoint) -> None:
        curve = self.state.now.curve
        rows = [] if curve is None else curve_rows(curve)
        every = plot_entries(self._plot, self.session, "training", rows, "the curves")
        popup(self._plot, self._plot.mapToGlobal(at), [Section("Training curves", every)])


def _pace(now: Snapshot) -> float:
    """Samples a second, of the training that runs or of the one that made the last moment."""
    if now.standing is not None:
        return now.standing.samples_per_second
    kept = now.moments[-1].model.training.get("samples_per_second") if now.moments else None
    return kept if isinstance(kept, float) else 0.0


if __name__ == "__main__":
    raise SystemExit(run_alone(TrainingPanel))
