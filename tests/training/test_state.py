"""A run packed and put back: every random state, every moment, and what may not have changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from explorer.data.binarising import binarised
from explorer.errors import CheckpointError
from explorer.models.autoencoder import weights_of
from explorer.models.checkpoint import ResumeState
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.training.config import TrainingConfig
from explorer.training.run import STREAMS, Run
from explorer.training.state import check_data, check_settings, pack, unpack
from tests.fakes import toy_dataset

DATA = toy_dataset(80)  # 64 to train on: 4 steps an epoch
MODEL = ModelConfig(hidden=8, options={"dropout": 0.5})
TRAINING = TrainingConfig(batch_size=16, device="cpu", corruption="gaussian")


def ran(steps: int = 6, preset: str = "vae", **changes: Any) -> Run:
    run = Run(replace(MODEL, preset=preset), replace(TRAINING, **changes), DATA, "cpu")
    for _ in range(steps):
        if run.done and run.at_epoch_end:
            run.begin_epoch()
        run.step()
    return run


def changed(state: ResumeState, **tensors: np.ndarray | None) -> ResumeState:
    """With other tensors, by a name with _ for its dots; None takes one away."""
    made = dict(state.tensors)
    for name, value in tensors.items():
        made.pop(name.replace("__", "."))
        if value is not None:
            made[name.replace("__", ".")] = value
    return replace(state, tensors=made)


def test_what_is_packed_says_where_the_run_is_and_has_all_that_moves() -> None:
    run = ran()
    state = pack(run, "abc")
    config = state.values["config"]
    assert dict(state.values) == {
        "config": config, "data": "abc", "steps": 4, "step": 6, "epoch": 1, "position": 2,
        "samples": 96, "has_kl": True,
    }  # fmt: skip
    assert (config["batch_size"], config["corruption"]) == (16, "gaussian")
    moments = {f"optimiser.{i}" for i in range(len(run.parameters))}
    assert {name.rsplit(".", 1)[0] for name in state.tensors} == moments | {"random"}
    assert {n.split(".")[1] for n in state.tensors if n.startswith("random")} == set(STREAMS)
    assert not any(array.flags.writeable for array in state.tensors.values())


@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
def test_a_run_that_was_put_back_takes_the_same_steps(optimiser: str) -> None:
    first, other = ran(optimiser=optimiser), ran(0, optimiser=optimiser)
    other.model.load_state_dict(first.model.state_dict())
    unpack(other, pack(first, ""))
    assert (other.done, other.samples) == (6, 96)
    assert torch.equal(first.order, other.order)
    for name in STREAMS:
        assert torch.equal(first.random[name].get_state(), other.random[name].get_state()), name
    assert first.optimiser.param_groups[0]["lr"] == other.optimiser.param_groups[0]["lr"]
    for _ in range(2):
        first.step(), other.step()
    for mine, theirs in zip(first.parameters, other.parameters, strict=True):
        assert torch.equal(mine, theirs)


def test_a_model_without_a_kl_is_known_as_one_before_its_next_step() -> None:
    first, other = ran(preset="ae"), ran(0, preset="ae")
    assert other.has_kl and not first.has_kl
    unpack(other, pack(first, ""))
    assert not other.has_kl


@pytest.mark.parametrize("stream", [*STREAMS])
def test_states_of_the_first_version_lack_later_streams_and_no_others(stream: str) -> None:
    state, fresh = changed(pack(ran(), ""), **{f"random__{stream}": None}), ran(0)
    if stream in ("corruption", "binarise"):
        unpack(fresh, state)
        assert fresh.done == 6
    else:
        with pytest.raises(CheckpointError, match="does not fit the model"):
            unpack(fresh, state)


def test_a_state_of_another_model_or_another_rhythm_is_refused_with_what_differs() -> None:
    state = pack(ran(), "")
    wide = changed(state, optimiser__2__exp_avg=np.zeros((3, 3), np.float32))
    slow = replace(state, values={**state.values, "steps": 5})
    for bad, why in ((wide, "exp_avg of parameter 2 is (3, 3)"), (slow, "5 steps per epoch")):
        with pytest.raises(CheckpointError) as caught:
            unpack(ran(0), bad)
        assert why in str(caught.value.details)
        assert caught.value.what == "the training state does not fit the model"


def snapshot(config: ModelConfig = MODEL) -> ModelSnapshot:
    run = Run(config, TRAINING, DATA, "cpu")
    said = {"name": "toy", "n": 80, "hash": DATA.content_hash}
    return ModelSnapshot(
        "m", config, DATA.preparation, weights_of(run.model), data=said, path="folder"
    )


def test_other_data_are_refused_with_both_named() -> None:
    state, there = ResumeState({}, {"data": DATA.content_hash}), snapshot()
    check_data(there, state, DATA)
    was = "the data differ from those the checkpoint was trained on: those were toy (80 pictures"
    for other, now in (
        (toy_dataset(80, seed=1), "this has the same name and other values or labels"),
        (toy_dataset(60), "this is toy (60 pictures of 8 x 8 x 1)"),
        (binarised(DATA, "fixed"), "this is toy (80 pictures of 8 x 8 x 1, binarisation fixed)"),
    ):
        with pytest.raises(CheckpointError) as caught:
            check_data(there, state, other)
        assert caught.value.what == f"{was} of 8 x 8 x 1), {now}"
        assert caught.value.where == "folder"


def refusal(model: ModelConfig, training: TrainingConfig, saved: object) -> str:
    """What going on with those is refused with; "" where it is not."""
    try:
        check_settings(snapshot(), ResumeState({}, {"config": saved}), model, training)
    except CheckpointError as error:
        return error.what
    return ""


SAVED = {"batch_size": 16, "seed": 0, "optimiser": "adam", "lr": 1.0}


@pytest.mark.parametrize(
    ("model", "training", "saved", "told"),
    [
        (MODEL, TRAINING, SAVED, ""),
        (MODEL, replace(TRAINING, lr=0.5, epochs=7, beta=3.0), SAVED, ""),
        (MODEL, replace(TRAINING, batch_size=8), None, ""),  # a state that does not say it
        (MODEL, TRAINING, {"batch_size": 16, "seed": 0}, ""),  # of version 0.1: adam
        (MODEL, replace(TRAINING, batch_size=8), SAVED, "batch size 8 (it used 16)"),
        (
            MODEL,
            replace(TRAINING, seed=2, optimiser="sgd"),
            SAVED,
            "seed 2 (it used 0) and optimiser sgd (it used adam)",
        ),
        (replace(MODEL, body="mlp", likelihood="gaussian-learned"), TRAINING, SAVED, ""),
        (replace(MODEL, latent_dim=3), TRAINING, SAVED, "latent dim 3 (it used 2)"),
        (replace(MODEL, options={}), TRAINING, SAVED, "dropout 0.2 (it used 0.5)"),
        (replace(MODEL, preset="ae", hidden=9), TRAINING, SAVED, "model ae (it used vae)"),
    ],
)
def test_what_may_change_and_what_may_not(
    model: ModelConfig, training: TrainingConfig, saved: object, told: str
) -> None:
    said = refusal(model, training, saved)
    assert said == (told and f"the training cannot go on with {told}")
