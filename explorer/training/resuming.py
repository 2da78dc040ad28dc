"""A training taken up from its folder, or found to be at its end."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from explorer.data.dataset import Dataset
from explorer.errors import CheckpointError
from explorer.models import checkpoint
from explorer.models.autoencoder import load_weights
from explorer.models.checkpoint import ResumeState
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.training.config import TrainingConfig
from explorer.training.history import Trained
from explorer.training.record import curve_file
from explorer.training.record.curve import Curve, empty
from explorer.training.run import Run
from explorer.training.state import FINISHED, check_data, check_settings, unpack, verdict_of


def nothing_left(
    folder: str | Path, model: ModelConfig, training: TrainingConfig, dataset: Dataset
) -> Trained | None:
    """What ``folder`` holds, where resuming it would have nothing to do; else None.

    Raises CheckpointError where it cannot be resumed.
    """
    snapshot, state = checkpoint.load(folder), checkpoint.load_resume(folder)
    check_data(snapshot, state, dataset)
    check_settings(snapshot, state, model, training)
    note = _note(snapshot, state, training)
    if not note:
        return None
    device = str(snapshot.training.get("device", ""))
    curve = curve_of(folder, state, int(state.values.get("steps", 1)), training.epochs)
    return Trained(snapshot, curve, state, 0.0, 0.0, device, note=note)


def _note(snapshot: ModelSnapshot, state: ResumeState, training: TrainingConfig) -> str:
    """Why nothing is left to do; "" where something is."""
    done = float(str(snapshot.training.get("epoch", 0)))
    ended = snapshot.training.get("state") == FINISHED
    verdict = verdict_of(state, training) if training.stop_when_converged else None
    if ended and verdict is not None and verdict.converged_epoch is not None:
        return f"nothing is left to do: {verdict.text}"
    if done < training.epochs or (done == training.epochs and not ended):
        return ""
    return f"nothing is left to do: {done:g} epochs are done and {training.epochs} were asked for"


def resumed(
    folder: Path, model: ModelConfig, training: TrainingConfig, dataset: Dataset, device: str
) -> tuple[ModelConfig, Run]:
    """A run that stands where the one saved in ``folder`` stood. Raises CheckpointError."""
    snapshot, state = checkpoint.load(folder), checkpoint.load_resume(folder)
    check_data(snapshot, state, dataset)
    check_settings(snapshot, state, model, training)
    run = Run(snapshot.config, training, dataset, device)
    load_weights(run.model, snapshot)
    unpack(run, state)
    run.name = str(snapshot.training.get("run", run.name))
    run.take_curve(curve_of(folder, state, run.steps, training.epochs))
    return snapshot.config, run


def curve_of(folder: str | Path, state: ResumeState, steps: int, epochs: int) -> Curve:
    """The curve of the training in ``folder``; one that begins here where none can be read."""
    with suppress(CheckpointError):  # the weights are what matters
        curve = curve_file.load(folder) or curve_file.of_old_state(state, steps, epochs)
        if curve is not None and curve.steps == steps:
            return curve.until(int(state.values["step"]) / steps).of(epochs)
    return empty(steps, epochs)
