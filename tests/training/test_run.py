"""When a training looks at its held-out samples, and what its steps write down."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.models.config import ModelConfig
from explorer.training.config import TrainingConfig
from explorer.training.loop import train
from explorer.training.objectives import objectives
from explorer.training.run import BLOCK, POINTS, Run
from tests.fakes import constant_dataset, toy_dataset

MODEL = ModelConfig(hidden=16)
TRAINING = TrainingConfig(epochs=4, batch_size=16, device="cpu", lr=3e-3)


def points_of(run: Run) -> list[int]:
    found = []
    for _ in range(run.steps * run.config.epochs):
        run.done += 1
        if run.at_point:
            found.append(run.done)
    return found


def test_held_out_samples_are_looked_at_with_the_steps_and_closer_at_the_start() -> None:
    run = Run(MODEL, replace(TRAINING, batch_size=1, epochs=3), constant_dataset(400), "cpu")
    found = points_of(run)
    assert found[:7] == [1, 2, 4, 8, 16, 32, 40]
    assert found[7:] == list(range(80, 1201, 40))  # ten an epoch, each epoch's end among them


@pytest.mark.parametrize("n", [1, 7, 8, 15, 33, 100, 399])
def test_every_epoch_ends_with_a_look_and_several_steps_lie_between_two(n: int) -> None:
    run = Run(MODEL, replace(TRAINING, batch_size=1, epochs=5), constant_dataset(n), "cpu")
    found = points_of(run)
    assert set(range(n, 5 * n + 1, n)) <= set(found)
    later = np.diff([done for done in found if done >= n])
    assert later.min() >= min(n, 8) and len(later) <= 10 * 5


def test_a_long_training_is_not_looked_at_without_end() -> None:
    run = Run(MODEL, replace(TRAINING, batch_size=1, epochs=500), constant_dataset(100), "cpu")
    assert run.parts * 500 <= POINTS


def test_a_row_of_the_curve_is_what_a_step_came_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """By hand, from the values of every step, over more steps than wait on the device."""
    values: list[float] = []
    elbo = objectives["elbo"]

    def watched(*args: object) -> object:
        value = elbo(*args)  # type: ignore[arg-type]
        values.append(float(value.detach().mean()))
        return value

    config = replace(TRAINING, batch_size=1, epochs=2)
    run = Run(MODEL, config, toy_dataset(100), "cpu")  # 80 steps of a sample
    run.objective = watched  # type: ignore[assignment]
    for _ in range(BLOCK + 7):
        run.step()
    rows = run.curve.rows
    assert rows.step.tolist() == list(range(1, BLOCK + 8))
    assert rows.objective.tolist() == values
    np.testing.assert_allclose(rows.objective, rows.log_px - rows.kl, rtol=1e-5)


def test_the_last_batches_of_an_epoch_count_as_much_as_they_hold() -> None:
    curve = train(MODEL, replace(TRAINING, batch_size=30), toy_dataset(100), publish=False).curve
    samples = curve.rows.samples.reshape(4, -1)
    assert (samples.sum(1) == 80).all() and len({*samples[0].tolist()}) > 1
