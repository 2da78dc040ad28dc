"""Panel: settings, start and stop, live curves, and the time line to go back on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer import compute
from explorer.app.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute import Choice
from explorer.config import Setting, settings_of
from explorer.models.config import ModelConfig
from explorer.training.config import TrainingConfig
from explorer.ui import theme
from explorer.ui.panels import Panel, panels, run_alone
from explorer.ui.widgets.loss_plot import LossPlot
from explorer.ui.widgets.settings_form import SettingsForm
from explorer.ui.widgets.timeline import TimelineBar

FIRST = ("preset", "latent_dim", "likelihood", "lr", "body", "batch_size", "epochs", "seed")
"""What a newcomer may want to change; the rest stands behind the disclosure."""

MODEL_FIELDS = {one.name for one in settings_of(ModelConfig)}


@panels.register("training")
class TrainingPanel(Panel):
    """The buttons follow ``state.training``; the form shows and sets both configurations."""

    title, area, order = "Training", "bottom", 10

    def __init__(
        self, state: State, jobs: Jobs, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, jobs, session, parent)
        self._choices: tuple[Choice, ...] = ()
        self._asked = False
        known = {s.name: s for s in (*settings_of(ModelConfig), *settings_of(TrainingConfig))}
        rest = words_left([one for name, one in known.items() if name not in FIRST])
        self._form = SettingsForm([*(known[name] for name in FIRST), *rest], len(FIRST), self)
        self._build_buttons()
        self._build_disclosure()
        self._plot = LossPlot(self)
        self._plot.setObjectName("lossPlot")
        self._timeline = TimelineBar(self)
        self._lay_out()
        self._form.changed.connect(self._on_form_changed)
        self._timeline.chosen.connect(self._on_timeline_chosen)
        self._watch()

    # -- building ---------------------------------------------------------------------------

    def _build_buttons(self) -> None:
        self._train = self._button("trainButton", "Train", "Learn a latent plane of the data shown")
        self._train.setProperty("role", "primary")
        self._pause = self._button("pauseButton", "Pause", "Hold the training, or let it go on")
        self._stop = self._button("stopButton", "Stop", "End the training and keep what it has")
        self._train.clicked.connect(self._on_train_clicked)
        self._pause.clicked.connect(self._on_pause_clicked)
        self._stop.clicked.connect(self._on_stop_clicked)

    def _button(self, object_name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(object_name)
        button.setToolTip(tip)
        button.setFixedWidth(92)
        return button

    def _build_disclosure(self) -> None:
        self._more = QToolButton(self)
        self._more.setText("More settings")
        self._more.setCheckable(True)
        self._more.setToolTip("Show the settings that seldom matter")
        self._more.setStyleSheet("QToolButton { padding-left: 0; padding-right: 0; }")
        self._more.toggled.connect(self._on_more_toggled)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        row.setSpacing(2 * theme.GRID)
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.GRID)
        for button in (self._train, self._pause, self._stop):
            buttons.addWidget(button)
        buttons.addStretch()
        row.addLayout(buttons)
        row.addWidget(self._scrolling_form())
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self._plot, 1)
        right.addWidget(self._timeline)
        row.addLayout(right, 1)

    def _scrolling_form(self) -> QScrollArea:
        area, inside = QScrollArea(self), QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.GRID, 0)
        column.setSpacing(4)
        column.addWidget(self._form)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFixedWidth(self._form.sizeHint().width() + theme.GRID + 12)
        for part in (inside, area.viewport()):
            part.setAutoFillBackground(False)
        return area

    def _watch(self) -> None:
        state = self.state
        state.watch("training dataset", self._show_buttons)
        state.watch("model_config training_config", self._show_settings)
        state.watch("dataset", self._ask_for_choices)
        state.watch("history", self._show_curves)
        state.watch("history epoch", self._show_timeline)
        state.watch("history training", self._show_status)

    # -- showing ----------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        now = self.state.now
        running = now.training in ("running", "paused")
        self._train.setEnabled(now.training == "idle" and now.dataset is not None)
        self._pause.setEnabled(running)
        self._pause.setText("Go on" if now.training == "paused" else "Pause")
        self._stop.setEnabled(running)
        self._stop.setText("Stopping" if now.training == "stopping" else "Stop")
        self._form.setEnabled(now.training == "idle")

    def _show_settings(self) -> None:
        self._show_likelihoods()
        self._form.set_values(self.state.now.model_config)
        self._form.set_values(self.state.now.training_config)

    def _ask_for_choices(self) -> None:
        """The presets, once there is data: before, their import would delay its opening."""
        if self._asked or self.state.now.dataset is None:
            self._show_likelihoods()
            return
        self._asked = True
        work = partial(compute.choices, None)
        self.jobs.run("choices", work, owner=self, quiet=True, done=self._show_choices)

    def _show_choices(self, choices: tuple[Choice, ...]) -> None:
        self._choices = choices
        self._form.set_choices("preset", [(c.name, c.name, c.summary) for c in choices])
        self._show_settings()

    def _show_likelihoods(self) -> None:
        config, data = self.state.now.model_config, self.state.now.dataset
        grey = data is not None and data.preparation.levels > 1
        chosen = next((c for c in self._choices if c.name == config.preset), None)
        if chosen is None:
            return
        offered = [("", "default", "The first one that suits the data")]
        offered += [(name, spoken(name, grey), "") for name in chosen.likelihoods]
        self._form.set_choices("likelihood", offered)

    def _show_curves(self) -> None:
        history = self.state.now.history
        if history:
            self._plot.show_points(history[-1].points, history[-1].epochs)
        else:
            self._plot.show_points((), self.state.now.training_config.epochs)

    def _show_timeline(self) -> None:
        history, epoch = self.state.now.history, self.state.now.epoch
        total = float(history[-1].epochs) if history else 0.0
        self._timeline.show_moments([moment.epoch for moment in history], total, epoch)
        self._plot.show_epoch(epoch if history else None)

    def _show_status(self) -> None:
        self._timeline.show_status(self._status_text())

    def _status_text(self) -> str:
        history, training = self.state.now.history, self.state.now.training
        if not history:
            return "" if training == "idle" else "starting"
        last = history[-1]
        speed = f"{last.samples_per_second:,.0f} samples/s"
        if training == "running":
            return f"{speed}, {clock(last.seconds_left)} left"
        return {"paused": "paused", "stopping": "stopping"}.get(training, speed)

    # -- the hand ---------------------------------------------------------------------------

    @Slot(str, object)
    def _on_form_changed(self, name: str, value: Any) -> None:
        now, change = self.state.now, {name: value}
        if name in MODEL_FIELDS:
            model = replace(now.model_config, **change)
            if name == "preset":
                model = replace(model, likelihood="")
            self.session.configure(model=model)
        else:
            self.session.configure(training=replace(now.training_config, **change))

    @Slot(bool)
    def _on_more_toggled(self, on: bool) -> None:
        self._form.set_folded(not on)
        self._more.setText("Fewer settings" if on else "More settings")

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
        if moment < len(self.state.now.history):
            self.session.show_moment(moment)


def words_left(settings: list[Setting]) -> list[Setting]:
    """Choices in the wider left column, numbers beside them, for as long as there are both."""
    words = [one for one in settings if one.choices]
    numbers = [one for one in settings if not one.choices]
    paired = [one for pair in zip(words, numbers, strict=False) for one in pair]
    return paired + words[len(numbers) :] + numbers[len(words) :]


def spoken(likelihood: str, grey: bool) -> str:
    """A likelihood's name; Bernoulli is none for grey values (math section 2), and says so."""
    if likelihood == "bernoulli" and grey:
        return "cross-entropy (not a likelihood)"
    return likelihood.replace("-", " ")


def clock(seconds: float) -> str:
    """Time as 0:41 or 1:02:03."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


if __name__ == "__main__":
    raise SystemExit(run_alone(TrainingPanel))
