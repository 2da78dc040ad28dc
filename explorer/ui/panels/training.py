"""Panel: a training in one line: start and stop, what is trained, and the time line."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from explorer.app import needs
from explorer.app.session import Session
from explorer.app.state import Snapshot, State
from explorer.ui import theme
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.widgets.fitting_label import FittingLabel
from explorer.ui.widgets.forms.timeline import TimelineBar
from explorer.ui.widgets.offering import offer

BUTTON = 76  # px
SETTINGS = "train"  # the workspace that has the settings


@panels.register("training")
class TrainingPanel(Panel):
    """The buttons follow ``state.training``: Train while nothing runs, else Pause and Stop."""

    title, bare = "Training", True
    places: ClassVar = {"explore": Place("bottom", 10), "train": Place("bottom", 10)}
    least = (600, 46)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._waiting = False  # for a button that can have the focus again
        self._build_buttons()
        self._summary = FittingLabel(self)
        self._timeline = TimelineBar(self)
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
        self._settings = self._button(
            "settingsButton", "Settings", "Choose what is trained, and how"
        )
        self._train.clicked.connect(self._on_train_clicked)
        self._pause.clicked.connect(self._on_pause_clicked)
        self._stop.clicked.connect(self._on_stop_clicked)
        self._settings.clicked.connect(self._on_settings_clicked)

    def _button(self, object_name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(object_name)
        button.setToolTip(tip)
        button.setFixedWidth(BUTTON)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        row.setSpacing(theme.GRID)
        for widget in (self._train, self._pause, self._stop, self._summary, self._settings):
            row.addWidget(widget)
        row.addWidget(self._timeline, 1)

    def _watch(self) -> None:
        state = self.state
        state.watch("training dataset", self._show_buttons)
        state.watch("model_config training_config", self._show_summary)
        state.watch("workspace", self._show_way)
        state.watch("moments curve epoch asked_epoch", self._show_timeline)
        state.watch("moments training standing", self._show_status)

    # -- showing ----------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        now = self.state.now
        held, idle = self._keys_are_here(), now.training == "idle"
        against = needs.STOPPING if now.training == "stopping" else ""
        against = "No training runs" if idle else against
        reasons = {
            self._train: needs.missing(now, "data", "idle"),
            self._pause: against,
            self._stop: against,
        }
        for button in sorted(reasons, key=lambda button: reasons[button] != ""):
            if reasons[button] and button.hasFocus():
                button.clearFocus()  # else Qt gives it to the next in the row, which is another
            offer(button, reasons[button])
        for button in reasons:
            button.setVisible(idle == (button is self._train))
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

    def _show_summary(self) -> None:
        now = self.state.now
        what = f"{now.model_config.preset}, z = {now.model_config.latent_dim}"
        self._summary.set_texts(f"{what}, {now.training_config.epochs} epochs", what, "")
        self._summary.setToolTip("What Train trains")

    def _show_way(self) -> None:
        """The way to the settings, where they are not beside it."""
        self._settings.setVisible(self.state.now.workspace != SETTINGS)

    def _show_timeline(self) -> None:
        now = self.state.now
        total = 0.0 if now.curve is None else float(now.curve.epochs)
        at = now.epoch if now.asked_epoch is None else now.asked_epoch
        self._timeline.show_moments([moment.epoch for moment in now.moments], total, at)

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

    # -- what is pressed --------------------------------------------------------------------

    @Slot()
    def _on_train_clicked(self) -> None:
        self.session.train()

    @Slot()
    def _on_pause_clicked(self) -> None:
        self.session.pause()

    @Slot()
    def _on_stop_clicked(self) -> None:
        self.session.stop()

    @Slot()
    def _on_settings_clicked(self) -> None:
        self.state.update(source=self, workspace=SETTINGS)

    @Slot(int)
    def _on_timeline_chosen(self, moment: int) -> None:
        if moment < len(self.state.now.moments):
            self.session.show_moment(moment)


def _pace(now: Snapshot) -> float:
    """Samples a second, of the training that runs or of the one that made the last moment."""
    if now.standing is not None:
        return now.standing.samples_per_second
    kept = now.moments[-1].model.training.get("samples_per_second") if now.moments else None
    return kept if isinstance(kept, float) else 0.0


if __name__ == "__main__":
    raise SystemExit(run_alone(TrainingPanel))
