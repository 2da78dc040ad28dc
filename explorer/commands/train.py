"""``latent-explorer train``: from data to a checkpoint."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.commands import Command, commands, data_argument, flag, option, shared
from explorer.config import check, from_json, settings_of, with_overrides
from explorer.data.kinds import BINARISATIONS, KINDS
from explorer.errors import EnvironmentFault, SettingsError, TrainingError
from explorer.models.config import ModelConfig
from explorer.models.presets import ALL_LIKELIHOODS, presets
from explorer.terminal.console import Console, Result
from explorer.terminal.faults import INTERRUPTED
from explorer.terminal.sources import open_data
from explorer.training.config import TrainingConfig, suited

if TYPE_CHECKING:
    from explorer.data.dataset import Dataset
    from explorer.training.history import Trained


WISHES = ("epochs", "batch_size", "lr", "seed")


def wish(name: str) -> Any:
    """The setting ``name`` of the training, where None leaves it to the model's own preset."""
    found = next(one for one in settings_of(TrainingConfig) if one.name == name)
    keys = ("label", "help", "low", "high")
    metadata = {key: getattr(found, key) for key in keys}
    varies = any(name in preset.training for preset in presets.values())
    unset = f"the model's own, {found.default:g} for most" if varies else f"{found.default:g}"
    return dataclasses.field(default=None, metadata={**metadata, "unset": unset})


@commands.register("train")
@dataclass(frozen=True)
class TrainCommand(Command):
    """Train a model and save it as a checkpoint folder.

    Ctrl-C saves what there is; --resume goes on from there, with the settings it had where no
    others are given.
    """

    topic = "models"
    examples = ("train digits --out my-model --epochs 30",)

    data: str = data_argument()
    out: Path = option("The checkpoint folder to write.")
    model: str = shared(ModelConfig, "preset", choices=tuple(presets))
    body: str = shared(ModelConfig, "body")
    likelihood: str = shared(
        ModelConfig, "likelihood", choices=ALL_LIKELIHOODS, unset="the model's own"
    )
    latent_dim: int = shared(ModelConfig, "latent_dim")
    epochs: int | None = wish("epochs")
    batch_size: int | None = wish("batch_size")
    lr: float | None = wish("lr")
    seed: int | None = wish("seed")
    device: str = shared(TrainingConfig, "device")
    kind: str | None = option(
        "What samples are read as.", None, choices=KINDS, unset="what their shape suggests"
    )
    binarisation: str = option(
        "Pictures in black and white: drawn once (fixed) or anew each time (dynamic).",
        "none",
        choices=BINARISATIONS,
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

    def run(self, console: Console) -> Result:
        """Train, save, and say what came of it; the exit code is 130 after Ctrl-C."""
        self._check_out()
        model, training = self.configs()
        dataset = open_data(self.data, console, kind=self.kind, binarisation=self.binarisation)
        if self.only:
            from explorer.analysis.anomalies import odd_ones, without

            dataset = without(dataset, odd_ones(dataset, self.only))
        self.out.mkdir(parents=True, exist_ok=True)  # where it cannot be, say so before training
        from explorer.models import checkpoint
        from explorer.training import loop

        resume = self.out if self.resume else None
        with console.interrupt_cancels():
            trained = loop.train(
                model, training, dataset, console.task, resume=resume, publish=False
            )
        checkpoint.save(self.out, trained.snapshot, resume=trained.resume_state)
        self._judge(trained, console)
        return described(self.out, trained, training, dataset)

    def configs(self) -> tuple[ModelConfig, TrainingConfig]:
        """What the flags and ``--set`` ask for. Raises SettingsError.

        A training that starts has its preset's values, one that goes on has those it had; flags and
        settings that are given go before both.
        """
        if self.resume:
            model, start = before(self.out)
        else:
            model = ModelConfig(self.model, self.body, self.likelihood, self.latent_dim)
            start = suited(TrainingConfig(), presets[self.model])
        given = {name: getattr(self, name) for name in WISHES if getattr(self, name) is not None}
        return overridden(model, replace(start, device=self.device, **given), self.set)

    def _check_out(self) -> None:
        """Refuse to write over what is no checkpoint, before hours of training."""
        from explorer.models.checkpoint import is_checkpoint

        if self.resume and not is_checkpoint(self.out):
            raise EnvironmentFault(
                "there is no training to resume", where=self.out, remedy="train without --resume"
            )
        if self.out.exists() and not self.out.is_dir():
            raise EnvironmentFault(
                "this is a file, not a folder", where=self.out, remedy="name a new folder"
            )
        if self.out.is_dir() and not is_checkpoint(self.out) and any(self.out.iterdir()):
            raise EnvironmentFault(
                "this folder holds other things than a checkpoint",
                where=self.out,
                remedy="name a new folder",
            )

    def _judge(self, trained: Trained, console: Console) -> None:
        """A training that ran away is a failure, one that was stopped is an interruption."""
        if trained.message:
            raise TrainingError(
                trained.message.partition(": ")[0],
                where=self.out,
                remedy=trained.message.partition(": ")[2],
            )
        if trained.stopped:
            console.code = INTERRUPTED
            console.note(f"stopped; what there is was saved, --resume goes on ({self.out})")


def before(folder: Path) -> tuple[ModelConfig, TrainingConfig]:
    """The settings of the training that ``folder`` holds. Raises CheckpointError."""
    from explorer.models import checkpoint

    saved = checkpoint.load(folder)
    names = {f.name for f in dataclasses.fields(TrainingConfig)}
    values = {name: value for name, value in saved.training.items() if name in names}
    return saved.config, from_json(TrainingConfig, values, where=str(folder))


def overridden(
    model: ModelConfig, training: TrainingConfig, words: tuple[str, ...]
) -> tuple[ModelConfig, TrainingConfig]:
    """Both with ``name=value`` put where it belongs; other names are options of the preset."""
    of_model = {f.name for f in dataclasses.fields(ModelConfig)} - {"options"}
    of_training = {f.name for f in dataclasses.fields(TrainingConfig)}
    given = dict(map(_pair, words))
    model = with_overrides(model, {k: v for k, v in given.items() if k in of_model})
    training = with_overrides(training, {k: v for k, v in given.items() if k in of_training})
    rest = {k: v for k, v in given.items() if k not in of_model | of_training}
    options = {name: _number(name, text) for name, text in rest.items()}
    model = replace(model, options={**model.options, **options})
    check_options(model, of_model | of_training)
    check(training)
    return model, training


def check_options(model: ModelConfig, fields: set[str]) -> None:
    """Raise SettingsError for an option that the preset does not have."""
    preset = presets[model.preset]
    for name in model.options:
        if name not in preset.options:
            there = ", ".join(sorted(fields | set(preset.options)))
            raise SettingsError(
                f"there is no setting called {name!r}", remedy=f"choose one of {there}"
            )
    for name, asked, allowed in (
        ("likelihood", model.likelihood, preset.likelihoods),
        ("body", preset.body_for(model.body), (*preset.bodies, *preset.bodies_for("signals"))),
    ):
        if asked and asked not in allowed:
            raise SettingsError(
                f"{model.preset} has no {name} {asked!r}",
                remedy=f"choose one of {', '.join(dict.fromkeys(allowed))}",
            )


def _pair(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not (name and equals):
        raise SettingsError(f"--set {word!r} is no setting", remedy="write name=value")
    return name.replace("-", "_"), value


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SettingsError(f"{name} = {text!r} is not a number", remedy="give one") from None


def described(out: Path, trained: Trained, training: TrainingConfig, dataset: Dataset) -> Result:
    """The JSON object of contract section 1."""
    from explorer.analysis.evaluating import described_likelihood

    config, metrics = trained.snapshot.config, trained.snapshot.metrics
    return {
        "checkpoint": out,
        "model": config.preset,
        "body": presets[config.preset].body_for(config.body, dataset.kind),
        **described_likelihood(config, dataset),
        "latent_dim": config.latent_dim,
        "epochs": trained.snapshot.training.get("epoch", training.epochs),
        "train_elbo": metrics.get("train_elbo"),
        "test_elbo": metrics.get("test_elbo"),
        "seconds": trained.seconds,
        "samples_per_second": trained.samples_per_second,
        "device": trained.device,
        "seed": training.seed,
        "stopped": trained.stopped,
    }
