"""What is said of a training that has ended, and of one that could not be saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.errors import ExplorerError
from explorer.models.presets import presets
from explorer.terminal.console import Result
from explorer.training.config import TrainingConfig

if TYPE_CHECKING:
    from explorer.data.dataset import Dataset
    from explorer.training.history import Trained


MEASURED = ("bound", *(f"{p}_{v}" for v in ("elbo", "reconstruction") for p in ("train", "test")))
JUDGED = ("validation_samples", "converged_epoch", "convergence")  # the last says why one is null


def whereabouts(trained: Trained, out: Path) -> str:
    """Where to find a training that could not be saved in ``out``."""
    if trained.snapshot.path is not None:
        return (
            f"what was learned is kept in {trained.snapshot.path}, move it to where there is room"
        )
    saved = saved_on_the_way(out)
    return f"free some room and {'resume from ' + saved if saved else 'train again'}"


def interrupted(out: Path) -> str:
    """What to say where a second signal left no time for a save."""
    saved = saved_on_the_way(out)
    return f"interrupted; {saved} is kept, --resume goes on ({out})" if saved else "interrupted"


def saved_on_the_way(out: Path) -> str:
    """How far an unfinished training in ``out`` has been saved, as in epoch 12.5; else nothing."""
    from explorer.models import checkpoint
    from explorer.training.clock import passes
    from explorer.training.state import RUNNING

    try:
        saved = checkpoint.load(out).training
    except ExplorerError:
        return ""
    epoch = saved.get("epoch")
    known = saved.get("state") == RUNNING
    return f"epoch {passes(epoch)}" if known and isinstance(epoch, (int, float)) else ""


def described(out: Path, trained: Trained, training: TrainingConfig, dataset: Dataset) -> Result:
    """The JSON object of docs/commands.md."""
    from explorer.analysis import cautions
    from explorer.analysis.basis import described_likelihood
    from explorer.analysis.evaluating import POINT

    config, metrics = trained.snapshot.config, trained.snapshot.metrics
    said: Result = {
        "checkpoint": out,
        "model": config.preset,
        "body": presets[config.preset].body_for(config.body, dataset.kind),
        **described_likelihood(config, dataset),
        "latent_dim": config.latent_dim,
        "epochs": trained.snapshot.training.get("epoch", training.epochs),
        **{name: metrics.get(name) for name in MEASURED},
        "train_samples": metrics.get("n_train"),
        "test_samples": metrics.get("n_test"),
        "seconds": trained.seconds,
        "samples_per_second": trained.samples_per_second,
        "device": trained.device,
        "seed": training.seed,
        "stopped": trained.stopped,
    }
    why = "it was not measured" if presets[config.preset].has_elbo else POINT
    missing = cautions.of_nulls(said, tuple(said), why)
    judged = {name: trained.snapshot.training.get(name) for name in JUDGED}
    if judged["converged_epoch"] is None:
        missing = [*missing, f"converged_epoch is null: {judged['convergence']}"]
    return {**said, **judged, "warnings": missing}
