"""Panel: settings, start and stop, live curves, and the time line to go back on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.app.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.config import Setting, settings_of
from explorer.data.dataset import BINARISATIONS
from explorer.models.config import ModelConfig
from explorer.models.presets import Preset, presets
from explorer.models.titles import display_name
from explorer.training.config import TrainingConfig
from explorer.ui import theme
from explorer.ui.panels import Panel, panels, run_alone
from explorer.ui.widgets.loss_plot import LossPlot
from explorer.ui.widgets.settings_form import SettingsForm
from explorer.ui.widgets.timeline import TimelineBar

FIRST = ("preset", "latent_dim", "likelihood", "lr", "body", "batch_size", "epochs", "seed")
"""What a newcomer may want to change; the rest stands behind the disclosure."""

PAIRS = (
    ("schedule", "hidden"), ("optimiser", "momentum"), ("corruption", "corruption_amount"),
    ("binarisation", "free_bits"), ("kl", "beta"), ("device", "threads"),
)  # fmt: skip
"""What stands side by side behind the disclosure."""

MODEL_FIELDS = {one.name for one in settings_of(ModelConfig)}

BINARISATION = Setting(
    "binarisation", str, "none", "Binarisation",
    "Of the pictures: none keeps grey; fixed draws black or white once; dynamic draws anew for"
    " every batch.\nThe data is opened again.",
    choices=BINARISATIONS,
)  # fmt: skip

WARNINGS = {
    "gaussian-per-pixel": "Sigma may run to 0 where the fit is exact: the bound rises and the"
    " samples get worse.",
    "bernoulli": "Grey values: a cross-entropy, not a likelihood. Binarise the data, or take the"
    " continuous Bernoulli.",
    "continuous-bernoulli": "Without a bound where pixels are exactly 0 or 1: on even backgrounds"
    " the codes drift outwards.",
}


@panels.register("training")
class TrainingPanel(Panel):
    """The buttons follow ``state.training``; the form shows and sets both configurations."""

    title, area, order = "Training", "bottom", 10

    def __init__(
        self, state: State, jobs: Jobs, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, jobs, session, parent)
        known = {s.name: s for s in (*settings_of(ModelConfig), *settings_of(TrainingConfig))}
        known[BINARISATION.name] = BINARISATION
        paired = [known[name] for pair in PAIRS for name in pair if name in known]
        rest = [one for name, one in known.items() if name not in FIRST and one not in paired]
        shown = [*(known[name] for name in FIRST), *paired, *words_left(rest)]
        self._form = SettingsForm(shown, len(FIRST), self)
        self._options = SettingsForm((), 0, self)
        self._warning = QLabel(self)
        self._warning.setObjectName("settingsWarning")
        self._warning.setProperty("role", "warn")
        self._warning.setFont(theme.font(theme.SMALL))
        self._warning.setWordWrap(True)
        self._build_buttons()
        self._build_disclosure()
        self._plot = LossPlot(self)
        self._plot.setObjectName("lossPlot")
        self._timeline = TimelineBar(self)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_curves)
        self._lay_out()
        self._form.changed.connect(self._on_form_changed)
        self._options.changed.connect(self._on_options_changed)
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
        self._more.setFixedWidth(92)
        self._more.toggled.connect(self._on_more_toggled)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        row.setSpacing(2 * theme.GRID)
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.GRID)
        for button in (self._train, self._pause, self._stop):
            buttons.addWidget(button)
        buttons.addWidget(self._more)
        buttons.addStretch()
        row.addLayout(buttons)
        form = QVBoxLayout()
        form.setSpacing(4)
        area = self._scrolling_form()
        self._warning.setFixedWidth(area.width())
        form.addWidget(area, 1)
        form.addWidget(self._warning)
        row.addLayout(form)
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
        column.addWidget(self._options)
        column.addStretch(1)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._form.set_folded(False)
        area.setFixedWidth(self._form.sizeHint().width() + theme.GRID + 12)
        self._form.set_folded(True)
        for part in (inside, area.viewport()):
            part.setAutoFillBackground(False)
        return area

    def _watch(self) -> None:
        state = self.state
        state.watch("training dataset", self._show_buttons)
        state.watch("model_config training_config dataset", self._show_settings)
        state.watch("history", self._show_history)
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
        for form in (self._form, self._options):
            form.setEnabled(now.training == "idle")

    def _show_settings(self) -> None:
        now = self.state.now
        preset = next((p for p in presets.values() if p.name == now.model_config.preset), None)
        if preset is not None:
            self._show_offers(preset)
            self._show_options(preset)
            self._show_warning(preset)
        self._form.set_values(now.model_config)
        self._form.set_values(now.training_config)
        self._form.set_values(now.dataset.preparation if now.dataset is not None else None)
        self._form.control("binarisation").setEnabled(
            now.dataset is not None and self._kind() == "images"
        )

    def _kind(self) -> str:
        data = self.state.now.dataset
        return "images" if data is None else data.preparation.kind

    def _binary(self) -> bool:
        data = self.state.now.dataset
        if data is None or self._kind() != "images":
            return False
        return data.preparation.levels == 1 or data.preparation.binarisation != "none"

    def _show_offers(self, preset: Preset) -> None:
        """The models, bodies and likelihoods that there are for this kind of data."""
        kind, asked = self._kind(), self.state.now.model_config.likelihood
        members = [p for p in presets.values() if kind in p.kinds]
        self._form.set_choices("preset", [(p.name, p.name, p.summary) for p in members])
        self._form.set_choices(
            "body", [(n, n, BODY_HELP.get(n, "")) for n in preset.bodies_for(kind)]
        )
        names = preset.likelihoods_for(kind)
        offered = [(n, spoken(n, binary=self._binary()), display_name(n, binary=self._binary()))
                   for n in names]  # fmt: skip
        if asked != names[0]:  # "" is the first of them
            offered[0] = ("", offered[0][1], f"{offered[0][2]}: the default")
        self._form.set_choices("likelihood", offered)

    def _show_options(self, preset: Preset) -> None:
        """The numbers of the preset's own; sigma only where it is one that is fixed."""
        config = self.state.now.model_config
        fixed = preset.likelihood_for(config.likelihood, self._kind()) == "gaussian"
        named = {n: v for n, v in preset.options.items() if n != "sigma" or fixed}
        settings = [option(n, v, preset.option_help.get(n, "")) for n, v in named.items()]
        self._options.set_settings(settings)
        self._options.show_values({**named, **config.options})

    def _show_warning(self, preset: Preset) -> None:
        likelihood = preset.likelihood_for(self.state.now.model_config.likelihood, self._kind())
        text = WARNINGS.get(likelihood, "")
        if likelihood == "bernoulli" and self._binary():
            text = ""
        self._warning.setText(text)
        self._warning.setVisible(bool(text))

    def _show_history(self) -> None:
        """In a turn of the event loop of its own: a moment of training moves much else."""
        self._later.start()

    @Slot()
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
        if name == "preset":
            self.session.choose_preset(value)
        elif name == BINARISATION.name:
            self.session.binarise(value)
        elif name in MODEL_FIELDS:
            self.session.configure(model=replace(now.model_config, **change))
        else:
            self.session.configure(training=replace(now.training_config, **change))

    @Slot(str, object)
    def _on_options_changed(self, name: str, value: Any) -> None:
        config = self.state.now.model_config
        self.session.configure(model=replace(config, options={**config.options, name: value}))

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
        if moment < len(self.state.now.history):
            self.session.show_moment(moment)


def words_left(settings: list[Setting]) -> list[Setting]:
    """Choices in the wider left column, numbers beside them, for as long as there are both."""
    words = [one for one in settings if one.choices]
    numbers = [one for one in settings if not one.choices]
    paired = [one for pair in zip(words, numbers, strict=False) for one in pair]
    return paired + words[len(numbers) :] + numbers[len(words) :]


BODY_HELP = {
    "mlp": "Dense layers",
    "conv": "Convolutions over pictures",
    "conv1d": "Convolutions along a signal",
    "burda": "Two hidden layers of 200 tanh units, as in Burda et al. 2015",
    "linear": "One linear map each way",
}


def option(name: str, default: float, help: str) -> Setting:
    """A preset's own number as a setting: whole numbers as such, where the default is one."""
    whole = float(default).is_integer() and name not in ("dropout", "sigma", "beta")
    label = name.replace("_", " ")
    low, high = (1.0, 65_536.0) if whole else (0.0, 0.95 if name == "dropout" else 1000.0)
    kind = int if whole else float
    return Setting(name, kind, kind(default), label[:1].upper() + label[1:], help, low, high)


def spoken(likelihood: str, *, binary: bool) -> str:
    """A likelihood's name; Bernoulli is none for grey values (math section 2), and says so."""
    if likelihood == "bernoulli" and not binary:
        return display_name(likelihood)
    return likelihood.replace("-", " ")


def clock(seconds: float) -> str:
    """Time as 0:41 or 1:02:03."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


if __name__ == "__main__":
    raise SystemExit(run_alone(TrainingPanel))
