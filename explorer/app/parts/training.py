"""What the next training does, and how far the present one is."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.app.parts import fitting
from explorer.app.parts.rules import chosen, passing, shown
from explorer.models.config import ModelConfig
from explorer.training.clock import Standing
from explorer.training.config import TrainingConfig
from explorer.training.record.curve import Curve
from explorer.training.record.moment import Moment


@dataclass(frozen=True, eq=False)
class TrainingPart:
    """training: "idle", "running", "paused" or "stopping".

    standing: how far it is, once it says so. model_config, training_config: of the next run.
    curve: of the training that made the model shown, as far as it is. moments: of that training,
    that the time line goes back to. asked_epoch: of the moment that is being loaded; the one shown
    stays until it is there.
    """

    training: str = passing("idle", reason="a run is ended by its button", setting=True)
    curve: Curve | None = shown(follows="a run's curve is in its folder")
    moments: tuple[Moment, ...] = shown((), follows="a run's moments are in its folder")
    asked_epoch: float | None = passing(reason="a moment on its way", goes_with="model curve")
    standing: Standing | None = passing(reason="how far a run is", setting=True)
    model_config: ModelConfig = chosen(factory=ModelConfig, setting=True, fits=fitting.is_model)
    training_config: TrainingConfig = chosen(factory=TrainingConfig, setting=True)
