"""Panel: a training in one line: start and stop, what is trained, and the time line."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from explorer.app.commands import Command, Context
from explorer.app.session import Session
from explorer.app.state import Snapshot, State
from explorer.ui.menus.bound_button import BoundButton, push_button
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme
from explorer.ui.widgets.fitting_label import FittingLabel
from explorer.ui.widgets.forms.timeline import NO_MOMENTS, TimelineBar

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
        play = Command(
            name="play-training", title="Play the training", menu="train", order=5,
            sentence="Play the training from its start, or from here; or hold it",
            act=self._toggle_play, missing=_no_moments,
        )  # fmt: skip
        self._play = BoundButton(self._timeline.play, play, session, words=False, acts=False)
        self._lay_out()
        self._timeline.started.connect(state.mark)
        self._timeline.chosen.connect(self._on_timeline_chosen)
        state.travelled.connect(self._timeline.hold)
        self._watch()

    # -- building ---------------------------------------------------------------------------

    def _build_buttons(self) -> None:
        self._bound = [self._bind(f"{name}Button", name) for name in ("train", "pause", "stop")]
        self._train, self._pause, self._stop = (bound.button for bound in self._bound)
        self._train.setProperty("role", "primary")
        choose = Command(
            name="training-settings", title="Training settings", entry="Settings", menu="train",
            sentence="Choose what is trained, and how", order=4, act=self._show_settings,
        )  # fmt: skip
        self._settings = self._bind("settingsButton", choose)

    def _bind(self, object_name: str, command: Command | str) -> BoundButton:
        bound = push_button(object_name, command, self.session, self, fields="")
        bound.button.setFixedWidth(BUTTON)
        return bound

    def commands(self) -> list[Command]:
        """Go to the settings, play the time line."""
        return [self._settings.command, self._play.command]

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.GRID)
        row.setSpacing(theme.GRID)
        for widget in (self._train, self._pause, self._stop, self._summary):
            row.addWidget(widget)
        row.addWidget(self._settings.button)
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
        held, idle = self._keys_are_here(), self.state.now.training == "idle"
        for bound in sorted(self._bound, key=lambda bound: bound.reason != ""):
            if bound.reason and bound.button.hasFocus():
                bound.button.clearFocus()  # else Qt gives it to the next in the row
            bound.refresh()
        for button in (self._train, self._pause, self._stop):
            button.setVisible(idle == (button is self._train))
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
        self._settings.button.setVisible(self.state.now.workspace != SETTINGS)

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

    def _show_settings(self, _context: Context) -> None:
        self.state.update(source=self, workspace=SETTINGS)

    def _toggle_play(self, _context: Context) -> None:
        self._timeline.play.toggle()

    @Slot(int)
    def _on_timeline_chosen(self, moment: int) -> None:
        if moment < len(self.state.now.moments):
            self.session.show_moment(moment)


def _no_moments(context: Context) -> str:
    return "" if len(context.now.moments) > 1 else NO_MOMENTS


def _pace(now: Snapshot) -> float:
    """Samples a second, of the training that runs or of the one that made the last moment."""
    if now.standing is not None:
        return now.standing.samples_per_second
    kept = now.moments[-1].model.training.get("samples_per_second") if now.moments else None
    return kept if isinstance(kept, float) else 0.0


if __name__ == "__main__":
    raise SystemExit(run_alone(TrainingPanel))
