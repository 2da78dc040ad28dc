"""``latent-explorer train``: from data to a checkpoint."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.commands import commands
from explorer.config import settings_of
from explorer.data.choices import Choices, remembered
from explorer.data.kinds import BINARISATIONS
from explorer.errors import EnvironmentFault, SettingsError, TrainingError
from explorer.models.config import ModelConfig
from explorer.models.files.holding import LOCK, TRIAL, held
from explorer.models.files.staging import COMMITTED, STAGED
from explorer.models.pieces import P, ordered
from explorer.models.pieces.bodies import body_pieces
from explorer.models.pieces.likelihoods import likelihood_pieces
from explorer.models.presets import presets
from explorer.registry import Registry
from explorer.terminal.command import TerminalCommand, data_argument, flag, option, shared
from explorer.terminal.console import Console, Result
from explorer.terminal.faults import INTERRUPTED
from explorer.terminal.reading import ReadsData
from explorer.terminal.settings import before, overridden
from explorer.terminal.sources import open_data
from explorer.terminal.trained import described, interrupted, whereabouts
from explorer.training.config import TrainingConfig, config_for_preset
from explorer.training.record.moment import MOST_IN_FOLDER

if TYPE_CHECKING:
    from explorer.compute.keeping.train import Train as Asked
    from explorer.data.dataset import Dataset
    from explorer.models.files.holding import Hold
    from explorer.training.history import Trained


OF_MODEL = {"model": "preset", "body": "body", "likelihood": "likelihood"}
OF_MODEL |= {"latent_dim": "latent_dim"}  # flag -> field
OF_TRAINING = {name: name for name in ("epochs", "batch_size", "lr", "seed", "device")}
OURS = {LOCK, TRIAL, COMMITTED, STAGED}  # what a save that was killed leaves behind
ROOM = MOST_IN_FOLDER // 2**20  # for moments


def wish(owner: type, name: str, *, choices: tuple[str, ...] = (), unset: str = "") -> Any:
    """The setting ``name`` of ``owner``, where None leaves it to the model's own preset.

    unset: what that comes to, where it is not the setting's default.
    """
    setting = next(one for one in settings_of(owner) if one.name == name)
    number = isinstance(setting.default, (int, float))
    default = f"{setting.default:g}" if number else str(setting.default)
    varies = any(name in preset.training for preset in presets.values())
    told = unset or (f"the model's own, {default} for most" if varies else default)
    metadata = {key: getattr(setting, key) for key in ("label", "help", "low", "high")}
    metadata |= {"choices": choices or setting.choices, "unset": told}
    return dataclasses.field(default=None, metadata=metadata)


def names(pieces: Registry[type[P]]) -> tuple[str, ...]:
    """What a flag that chooses a piece can be."""
    return tuple(piece.name for piece in ordered(pieces))


@commands.register("train")
@dataclass(frozen=True)
class TrainCommand(ReadsData, TerminalCommand):
    """Train a model and save it as a checkpoint folder.

    It is saved every few minutes and at the end. Ctrl-C, a kill or a closed terminal saves what
    there is; --resume goes on from there, with the settings it had where no others are given.
    """

    topic = "models"
    examples = ("train digits --out my-model --epochs 30",)

    data: str = data_argument()
    out: Path = option("The checkpoint folder to write.")
    model: str | None = wish(ModelConfig, "preset", choices=tuple(presets))
    body: str | None = wish(ModelConfig, "body", choices=names(body_pieces))
    likelihood: str | None = wish(
        ModelConfig, "likelihood", choices=names(likelihood_pieces), unset="the model's own"
    )
    latent_dim: int | None = wish(ModelConfig, "latent_dim")
    epochs: int | None = wish(TrainingConfig, "epochs")
    batch_size: int | None = wish(TrainingConfig, "batch_size")
    lr: float | None = wish(TrainingConfig, "lr")
    seed: int | None = wish(TrainingConfig, "seed")
    device: str = shared(TrainingConfig, "device")
    binarisation: str | None = option(
        "Pictures in black and white: drawn once (fixed) or anew each time (dynamic).",
        None,
        choices=BINARISATIONS,
        unset="none",
    )
    set: tuple[str, ...] = option(
        "Any other setting, as in beta=4; an unknown name is answered with all there are.",
        (),
        metavar="NAME=VALUE",
    )
    only: tuple[str, ...] = option(
        "A label to learn; samples of all others are left out, for anomalies to find.",
        (),
        metavar="LABEL",
    )
    resume: bool = flag("Go on with the training that --out holds, up to --epochs in all.")
    no_moments: bool = flag(
        f"Keep no weights of the way for the window's time line, which take up to {ROOM} MB."
    )
    overwrite: bool = flag("Put the new model in the place of one that --out holds.")

    def run(self, console: Console) -> Result:
        """Train, save, and say what came of it; the exit code is 130 after an interruption."""
        self._check_out()
        model, training = self.configs()
        from explorer.compute.keeping.train import Train as Asked

        with held(self.out) as hold:
            self._check_out()  # another one may have been at its end
            dataset = self._dataset(console)
            moments = not self.no_moments
            asked = Asked(dataset, model, training, self.out, self.resume, moments)
            with console.interrupt_cancels():
                trained = self._trained(asked, console, hold)
        self._judge(trained, console)
        return described(self.out, trained, training, dataset)

    def configs(self) -> tuple[ModelConfig, TrainingConfig]:
        """What the flags and ``--set`` ask for. Raises SettingsError.

        A training that starts has its preset's values, one that goes on has those it had; flags and
        settings that are given go before both.
        """
        from explorer.models.presets import presets

        if self.resume:
            model, start = before(self.out)
        else:
            model = ModelConfig(self.model or ModelConfig.preset)
            start = config_for_preset(TrainingConfig(), presets[model.preset])
        wanted = replace(model, **self._given(OF_MODEL))
        if wanted.preset != model.preset:
            wanted = replace(wanted, options={})  # those were the other one's
        return overridden(wanted, replace(start, **self._given(OF_TRAINING)), self.set)

    def _given(self, flags: dict[str, str]) -> dict[str, Any]:
        """The fields that were asked for by a flag."""
        values = {field: getattr(self, name) for name, field in flags.items()}
        return {field: value for field, value in values.items() if value is not None}

    def _dataset(self, console: Console) -> Dataset:
        """The data, made as that of the training that goes on where nothing else is asked for."""
        from explorer.models import checkpoint

        usual = checkpoint.load(self.out).preparation.binarisation if self.resume else "none"
        how = usual if self.binarisation is None else self.binarisation
        dataset = open_data(self.data, console, choices=self._read_as(), binarisation=how)
        if not self.only:
            return dataset
        from explorer.analysis.applications.anomalies import odd_ones, without

        return without(dataset, odd_ones(dataset, self.only))

    def _trained(self, asked: Asked, console: Console, hold: Hold) -> Trained:
        """The training, saved here or where there is room."""
        from explorer.compute.keeping.train import save_elsewhere, train

        try:
            trained = train(asked, console.task, hold)
            return trained if trained.unsaved is None else save_elsewhere(trained)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(interrupted(self.out)) from None

    def _read_as(self) -> Choices:
        """A training that goes on reads its data as it did."""
        from explorer.models import checkpoint

        before = checkpoint.load(self.out).data if self.resume else {}
        return self.choices.over(remembered(before))

    def _check_out(self) -> None:
        """Refuse to write over what was not given up, before hours of training."""
        from explorer.models.checkpoint import is_checkpoint
        from explorer.training.record.moment_file import MOMENTS

        if self.resume and self.overwrite:
            raise SettingsError(
                "--resume goes on with the model that --overwrite gives up", remedy="choose one"
            )
        there = is_checkpoint(self.out)
        if self.resume and not there:
            raise self._refused("there is no training to resume", "train without --resume")
        if self.out.exists() and not self.out.is_dir():
            raise self._refused("this is a file, not a folder", "name a new folder")
        if there and not (self.resume or self.overwrite):
            remedy = "name a new folder, go on with --resume, or give it up with --overwrite"
            raise self._refused("this folder holds a model already", remedy)
        ours = OURS | {MOMENTS}  # of a training that was killed before its first save
        if not there and self.out.is_dir() and {p.name for p in self.out.iterdir()} - ours:
            raise self._refused(
                "this folder holds other things than a checkpoint", "name a new one"
            )

    def _refused(self, what: str, remedy: str) -> EnvironmentFault:
        return EnvironmentFault(what, where=self.out, remedy=remedy)

    def _judge(self, trained: Trained, console: Console) -> None:
        """A training that ran away or could not be saved is a failure, a stop an interruption."""
        if trained.unsaved is not None:
            raise self._refused(trained.unsaved.what, whereabouts(trained, self.out))
        if trained.message:
            what, _, remedy = trained.message.partition(": ")
            raise TrainingError(what, where=self.out, remedy=remedy)
        if trained.note:
            console.last(f"{trained.note} ({self.out})")
        if trained.stopped:
            console.code = INTERRUPTED
            console.last(f"stopped; what there is was saved, --resume goes on ({self.out})")
