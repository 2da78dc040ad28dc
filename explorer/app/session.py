"""What the program does with a source: open, train, keep, and what follows from each.

Panels show; this is where the wishes are carried out. What depends on data and model is filled in
in `Finding` (codes, PCA), what depends on z in `LivePictures`, what training brings in `Trainer`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject

from explorer import paths
from explorer.app.atlas.atlas import Atlas
from explorer.app.background.answers import Answers
from explorer.app.background.jobs import Jobs
from explorer.app.followers.cursor_encoder import CursorEncoder
from explorer.app.followers.finding import Finding
from explorer.app.followers.going import Going
from explorer.app.followers.pictures import LivePictures
from explorer.app.keeping.keeper import Keeper
from explorer.app.leaving import leave
from explorer.app.opening.opener import Opener
from explorer.app.opening.owning import OwnPictures
from explorer.app.opening.taking import Taking
from explorer.app.parts.planes import LATENT, Place
from explorer.app.state import Action, Snapshot, State
from explorer.app.training.proposing import config_for_kind
from explorer.app.training.replay import Replay
from explorer.app.training.trainer import Trainer
from explorer.app.verbs import Verbs
from explorer.app.words.asking import Asks
from explorer.app.words.messages import Messages
from explorer.compute.exporting import Export
from explorer.compute.opening.source import Opened
from explorer.data.choices import NO_CHOICES, Choices
from explorer.data.dataset import Floats
from explorer.data.kinds import kind_of
from explorer.data.pictures.own import Source
from explorer.export.things import Thing
from explorer.models.codes import PLOTTABLE
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.models.presets import presets
from explorer.training.config import TrainingConfig, config_for_preset


class Session(Verbs):
    """The verbs of the window over one `State` and one `Jobs`.

    runs: the folder that keeps what was trained; the user's own by default.
    """

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        parent: QObject | None = None,
        *,
        runs: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._jobs = jobs
        self.answers = Answers(state, jobs, self)
        self._keeper = Keeper(state, self.answers, self, paths.runs() if runs is None else runs)
        self._trainer = Trainer(state, self.answers, self, self._keeper)
        self._replay = Replay(state, self.answers, self._trainer, self)
        self._asks = Asks(state, self)
        self._going = Going(state, self.answers, self)
        self._opener = Opener(state, self.answers, self)
        self._own = OwnPictures(state, self.answers, self)
        self._taking = Taking(state, self.answers, self)
        self._messages = Messages(state, self)
        jobs.failed.connect(self._messages.say_error)
        self._finding = Finding(state, self.answers, self)
        self.atlas = Atlas(state, self.answers, self)
        LivePictures(state, self.answers, self)
        CursorEncoder(state, self.answers, self)

    @property
    def state(self) -> State:
        """What its verbs change."""
        return self._state

    # -- opening ----------------------------------------------------------------------------

    def open(
        self,
        source: str | Path,
        choices: Choices = NO_CHOICES,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Open a bundled name, a data set, or a checkpoint; what is there stays until it is.

        then: called once it is shown.
        """
        self._opener.open(source, choices, then)

    def go_on(self, folder: str | Path) -> None:
        """Open a checkpoint and go on with the training that it holds."""
        self._opener.open_with(folder, self._go_on)

    def _go_on(self, opened: Opened) -> None:
        self._opener.show(opened)
        self._trainer.go_on(opened)

    def binarise(self, how: str) -> None:
        """Open the data shown again with another binarisation: none, fixed or dynamic."""
        self._opener.binarise(how)

    def take(self, paths: Sequence[str]) -> None:
        """What came as files, dropped, chosen or pasted: open it, or look at its pictures."""
        self._taking.take(paths)

    def look_at(self, *pictures: Source) -> None:
        """Look at pictures of one's own as at samples, one by one; what is shown stays."""
        self._own.look_at(pictures)

    def step_own(self, by: int) -> None:
        """Look at the own picture that stands ``by`` further."""
        self._own.step(by)

    def invert_own(self) -> None:
        """Exchange light and dark of the own picture that is looked at."""
        self._own.invert()

    def drop_own(self) -> None:
        """Put the own pictures away."""
        self._own.drop()

    def encode(self) -> None:
        """Find the codes of every sample of the data set."""
        self._finding.encode()

    # -- mouse and keys ---------------------------------------------------------------------

    def move(self, z: Floats) -> None:
        """Hold another z: (d,); no farther out than codes may lie."""
        held = np.clip(np.array(z, np.float32), -PLOTTABLE, PLOTTABLE)
        self._state.update(source=self, z=held, preview=None, **self._led_by_z())

    def go_to(self, sample: int, gesture: object = None) -> None:
        """Select a sample and hold its code in all dimensions: one step of undo.

        gesture: what else belongs to that step (`State.mark`).
        """
        self._going.go_to(sample, gesture)

    def start_of(self, model: ModelSnapshot, codes: Codes | None) -> dict[str, object]:
        """The state's z and axes for a model of a space in which nobody has moved."""
        return self._going.start(model, codes)

    def move_in(self, plane: str, point: Place) -> None:
        """Put the cursor of a plane somewhere; z goes where the encoder puts the picture there."""
        now, (a, b) = self._state.now, np.array(point, np.float32).tolist()
        planes = {**now.planes_following(), plane: replace(now.plane(plane), cursor=(a, b))}
        self._state.update(source=self, preview=None, planes=planes, moved=plane)

    def _led_by_z(self) -> dict[str, object]:
        """The fields that say that z is moved, where they do not say so already."""
        now = self._state.now
        return {} if now.moved == LATENT else {"moved": LATENT, "planes": now.planes_following()}

    def preview(self, z: Floats | None) -> None:
        """Show z: (d,) in passing; None shows the held one again."""
        shown = None if z is None else np.array(z, np.float32)
        self._state.update(source=self, preview=shown, **self._led_by_z())

    def undo(self) -> None:
        """Go back to before the last gesture, or say that there is none."""
        before = self._state.now
        if self._state.undo():
            self._complete(before)
        else:
            begun = before.training != "idle"
            self.say("Nothing to undo" + (" while a training runs" if begun else ""))

    def redo(self) -> None:
        """Take the last undo back, or say that there is none."""
        before = self._state.now
        if self._state.redo():
            self._complete(before)
        else:
            self.say("Nothing to redo")

    def _complete(self, before: Snapshot) -> None:
        """What was said of what is undone goes; codes that had not been found yet are."""
        now, said = self._state.now, self._state.now.message
        other = now.model is not before.model or now.dataset is not before.dataset
        gone = ("hint", "done") if other else ("hint",)
        if said is not None and said.tone in gone and not said.actions:
            self._state.update(source=self, message=None)
        last = not now.moments or now.epoch == now.moments[-1].epoch
        if other and last and now.whole_codes is None:
            self.encode()

    # -- training ---------------------------------------------------------------------------

    def train(self) -> None:
        """Train ``model_config`` on the data shown; while one runs, a second call does nothing."""
        self._trainer.train()

    def stop(self) -> None:
        """End training and keep what it has."""
        self._trainer.stop()

    def pause(self) -> None:
        """Hold training where it is, or let it go on."""
        self._trainer.pause()

    def show_moment(self, i: int) -> None:
        """Go back to moment ``i`` of the time line: its weights, its codes, its pictures."""
        self._replay.show_moment(i)

    # -- keeping ----------------------------------------------------------------------------

    def save(self, folder: str | Path) -> None:
        """Save the model shown with its codes; over another one only once that is confirmed."""
        self._keeper.save(folder)

    def save_elsewhere(self) -> None:
        """Ask for a folder and save the model shown there."""
        self._keeper.save_elsewhere()

    def export(self, thing: Thing, target: str | Path) -> None:
        """Write what is shown into a file, in a lane, and say where it is."""
        self.answers.ask(Export(thing, Path(target)), self._say_exported, owner=self)

    def _say_exported(self, target: Path) -> None:
        self.say(f"Exported to {target}", "done")

    def offer(self, warning: str = "") -> None:
        """Say which training a window left behind when it was closed or ended; else a warning."""
        self._keeper.offer(warning)

    def leave(self, limit: float) -> bool:
        """Stop and keep what is being learned or saved; whether the window may go.

        It may not where something is still being kept after ``limit`` seconds, or could not be: a
        message says so and asks.
        """
        return leave(self._state, self, self._jobs, self._trainer, self._keeper, limit)

    def rescue(self) -> str:
        """Put what could not be kept where there is room: for an end that nobody can be asked at.

        The sentence says where.
        """
        return self._keeper.rescue()

    # -- settings and words -----------------------------------------------------------------

    def configure(
        self, model: ModelConfig | None = None, training: TrainingConfig | None = None
    ) -> None:
        """Change what the next training does."""
        now = self._state.now
        self._state.update(
            source=self,
            model_config=now.model_config if model is None else model,
            training_config=now.training_config if training is None else training,
        )

    def choose_preset(self, name: str) -> None:
        """Another member of the family, with what it sets for itself in both configurations."""
        now, preset = self._state.now, presets[name]
        kind = kind_of(now.dataset).name
        before = next((p for p in presets.values() if p.name == now.model_config.preset), None)
        model = replace(now.model_config, preset=name, options={})
        self.configure(
            config_for_kind(model, kind), config_for_preset(now.training_config, preset, before)
        )
        if preset.training:
            given = ", ".join(f"{n.replace('_', ' ')} {v}" for n, v in preset.training.items())
            self.say(f"{name} sets {given}")

    def say(
        self,
        text: str,
        tone: str = "hint",
        details: str = "",
        actions: Sequence[Action] = (),
        seen: Callable[[], object] | None = None,
        holds: Callable[[], bool] | None = None,
    ) -> None:
        """Put a sentence into the message bar, and up to three things to do about it."""
        self._messages.say(text, tone, details, actions, seen, holds)

    def answer(self, action: Action) -> None:
        """Do what a button of the message says."""
        self._asks.answer(action)

    def put_away(self) -> None:
        """Take the message away, for good."""
        self._asks.put_away()
