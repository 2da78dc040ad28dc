"""Which finish follows a training, and where none may."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.data.binarising import binarised
from explorer.errors import Cancelled
from explorer.models.autoencoder import weights_of
from explorer.models.config import ModelConfig
from explorer.models.presets import presets
from explorer.task import Task
from explorer.training.config import TrainingConfig
from explorer.training.finishes import finish, finishes
from explorer.training.loop import train
from explorer.training.run import Run
from tests.fakes import toy_dataset

TRAINING = TrainingConfig(epochs=1, batch_size=16, device="cpu", lr=0.01)


def changed(preset: str, training: TrainingConfig = TRAINING, *, dynamic: bool = False) -> bool:
    """Whether the finish of a preset moves the weights of a fresh run."""
    data = toy_dataset()
    run = Run(ModelConfig(preset), training, binarised(data, "dynamic") if dynamic else data, "cpu")
    before = weights_of(run.model)
    finish(run, preset)
    return any(not np.array_equal(before[n], w) for n, w in weights_of(run.model).items())


def test_every_finish_that_a_preset_names_is_there() -> None:
    named = {preset.finish for preset in presets.values() if preset.finish}
    assert named == set(finishes)


@pytest.mark.parametrize("preset", ["linear-ae", "linear-vae"])
def test_only_the_plain_objective_has_a_known_optimum(preset: str) -> None:
    assert changed(preset)
    assert not changed(preset, replace(TRAINING, corruption="gaussian"))
    assert not changed(preset, replace(TRAINING, weight_decay=0.1))
    assert not changed(preset, dynamic=True)


def test_a_weighed_kl_has_another_optimum() -> None:
    assert not changed("linear-vae", replace(TRAINING, beta=2.0))
    assert not changed("linear-vae", replace(TRAINING, free_bits=0.1))
    assert changed("linear-ae", replace(TRAINING, beta=2.0))  # it has no KL


def test_a_network_ends_where_its_steps_end() -> None:
    assert not changed("ae") and not changed("vae")


class StopsWhen(Task):
    """A task that somebody stops once a word is said."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word

    def progress(self, share: float, text: str = "") -> None:
        if self.word in text:
            self.cancel()


def test_a_stop_in_the_finish_keeps_the_weights_of_the_last_step() -> None:
    data, model = toy_dataset(), ModelConfig("linear-ae")
    stopped = train(model, TRAINING, data, StopsWhen("optimum"), publish=False)
    assert stopped.stopped and stopped.snapshot.training["state"] == "stopped"
    steps = train(model, replace(TRAINING, weight_decay=1e-30), data, publish=False)
    for name, weight in steps.snapshot.weights.items():
        np.testing.assert_allclose(stopped.snapshot.weights[name], weight, atol=1e-6)


def test_a_stopped_training_is_not_brought_to_the_optimum() -> None:
    task = StopsWhen("epoch")
    trained = train(ModelConfig("linear-ae"), replace(TRAINING, epochs=10_000), toy_dataset(), task)
    assert trained.stopped and float(str(trained.snapshot.training["epoch"])) < 10_000


def test_what_it_raises_comes_through() -> None:
    def stop() -> None:
        raise Cancelled

    run = Run(ModelConfig("linear-ae"), TRAINING, toy_dataset(), "cpu")
    with pytest.raises(Cancelled):
        finish(run, "linear-ae", stop)
