"""A run's whole state as arrays and JSON values, and back: a resumed run goes on to the bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from explorer.config import to_json
from explorer.data.dataset import Dataset, Preparation
from explorer.data.kinds import kind_of
from explorer.errors import CheckpointError
from explorer.models.autoencoder import frozen
from explorer.models.checkpoint import ResumeState
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.presets import presets
from explorer.training.config import TrainingConfig
from explorer.training.run import STREAMS, Run
from explorer.training.validation.rule import PACKED, Verdict, said_in

RUNNING, STOPPED, FINISHED, RAN_AWAY = "running", "stopped", "finished", "ran away"
# of the training's settings: those that may not change, and those by which no gain comes again
FIXED = ("batch_size", "seed", "optimiser", "validation")
UNJUDGED = ("epochs", "patience", "stop_when_converged", "device", "threads")
FIRST_STREAMS = ("noise", "dropout")  # checkpoints of version 0.1 have no others


def pack(run: Run, data_hash: str) -> ResumeState:
    """Optimiser, random states, place in the epoch; weights and curve have their own files."""
    tensors = {"random.shuffle": frozen(run.shuffle_state)}
    for name in STREAMS[1:]:
        tensors[f"random.{name}"] = frozen(run.random[name].get_state())
    for i, state in run.optimiser.state_dict()["state"].items():
        tensors |= {f"optimiser.{i}.{key}": frozen(torch.as_tensor(v)) for key, v in state.items()}
    values = {
        "config": to_json(run.config),
        "data": data_hash,
        "steps": run.steps,
        "step": run.done,
        "epoch": run.done // run.steps,
        "position": run.done % run.steps,
        "samples": run.samples,
        "has_kl": run.has_kl,
    }
    if run.judge is not None:
        rows, values["convergence"] = run.convergence.pack()
        tensors |= {f"convergence.{name}": array for name, array in rows.items()}
    return ResumeState(tensors, values)


def check_data(snapshot: ModelSnapshot, state: ResumeState, dataset: Dataset) -> None:
    """Raise CheckpointError, naming both, where ``dataset`` is not what was trained on."""
    if state.values.get("data") == dataset.content_hash:
        return
    there = snapshot.data
    before = _told(there.get("name"), there.get("n"), snapshot.preparation)
    now = _told(dataset.name, len(dataset), dataset.preparation)
    differs = (
        f"this is {now}" if now != before else "this has the same name and other values or labels"
    )
    raise CheckpointError(
        f"the data differ from those the checkpoint was trained on: those were {before}, {differs}",
        where=snapshot.path,
        remedy="resume with the data it was started with, or train anew into another folder",
    )


def check_settings(
    snapshot: ModelSnapshot, state: ResumeState, model: ModelConfig, training: TrainingConfig
) -> None:
    """Raise CheckpointError, naming both values, where something differs that cannot change."""
    there, now = _form(snapshot.config, snapshot), _form(model, snapshot)
    saved, asked = state.values.get("config"), to_json(training)
    if isinstance(saved, dict):
        usual = to_json(TrainingConfig())  # a state of version 0.1 has no optimiser in it
        there |= {name: saved.get(name, usual[name]) for name in FIXED}
        now |= {name: asked[name] for name in FIXED}
    differ = [name for name in {**there, **now} if there.get(name) != now.get(name)]
    if "model" in differ:
        differ = ["model"]  # the rest follows from it
    if not differ:
        return
    told = " and ".join(
        f"{name.replace('_', ' ')} {now.get(name, 'none')} (it used {there.get(name, 'none')})"
        for name in differ
    )
    raise CheckpointError(
        f"the training cannot go on with {told}",
        where=snapshot.path,
        remedy="resume with what it was started with, or train anew into another folder",
    )


def _form(config: ModelConfig, snapshot: ModelSnapshot) -> dict[str, Any]:
    """Everything that decides what the model is, defaults filled in."""
    preset, kind = presets[config.preset], snapshot.preparation.kind
    return {
        "model": config.preset,
        "body": preset.body_for(config.body, kind),
        "likelihood": preset.likelihood_for(config.likelihood, kind),
        "latent_dim": config.latent_dim,
        "hidden": config.hidden,
        **preset.options,
        **config.options,
    }


def _misfit(error: Exception) -> CheckpointError:
    return CheckpointError(
        "the training state does not fit the model", remedy="train afresh", details=str(error)
    )


def _told(name: object, n: object, made: Preparation) -> str:
    """A data set in a few words: blobs (60 pictures of 8 x 8 x 1)."""
    shape = " x ".join(map(str, made.shape))
    how = "" if made.binarisation == "none" else f", binarisation {made.binarisation}"
    return f"{name} ({n} {kind_of(made).many} of {shape}{how})"


def unpack(run: Run, state: ResumeState) -> None:
    """Put a fresh run where ``state`` left off. Raises CheckpointError if it does not fit."""
    try:
        if state.values["steps"] != run.steps:
            raise ValueError(f"{state.values['steps']} steps per epoch")
        _restore(run, state)
    except (KeyError, ValueError, TypeError, RuntimeError) as error:
        raise _misfit(error) from error


def _restore(run: Run, state: ResumeState) -> None:
    values, tensors = state.values, {k: torch.tensor(v) for k, v in state.tensors.items()}
    run.done, run.samples = int(values["step"]), int(values["samples"])
    run.random["shuffle"].set_state(tensors["random.shuffle"])
    run.begin_epoch()
    run.has_kl = bool(values["has_kl"])
    for name in STREAMS[1:]:
        if f"random.{name}" in tensors or name in FIRST_STREAMS:
            run.random[name].set_state(tensors[f"random.{name}"])
    moments: dict[int, dict[str, Any]] = {}
    for name, tensor in tensors.items():
        if name.startswith("optimiser."):
            _, i, key = name.split(".")
            moments.setdefault(int(i), {})[key] = tensor
    _check_shapes(run, moments)
    if "convergence" in values and not _judged_anew(state, run.config):
        rows = {n: np.asarray(state.tensors[f"convergence.{n}"], np.float64) for n in PACKED}
        run.convergence.unpack(rows, values["convergence"])
    groups = run.optimiser.state_dict()["param_groups"]
    run.optimiser.load_state_dict({"state": moments, "param_groups": groups})


def verdict_of(state: ResumeState, config: TrainingConfig) -> Verdict | None:
    """What is known of the convergence of a training that would go on with ``config``.

    None too where it would be another training by now: another learning rate, another objective.
    """
    packed = state.values.get("convergence")
    if packed is None or _judged_anew(state, config):
        return None
    return said_in(packed, config.patience)


def _judged_anew(state: ResumeState, config: TrainingConfig) -> bool:
    """Whether a setting has changed by which gains may come again."""
    before, now = dict(state.values["config"]), to_json(config)
    return any(before.get(name) != now[name] for name in now if name not in UNJUDGED)


def _check_shapes(run: Run, moments: dict[int, dict[str, Any]]) -> None:
    for i, parameter in enumerate(run.model.parameters()):
        for key, tensor in moments.get(i, {}).items():
            if tensor.ndim and tensor.shape != parameter.shape:
                raise ValueError(f"{key} of parameter {i} is {tuple(tensor.shape)}")
