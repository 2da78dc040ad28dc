"""What is given back after a training ran away are weights that later steps went well from."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from explorer.models.config import ModelConfig
from explorer.training.config import TrainingConfig
from explorer.training.guard import KEEP_EVERY, RUNAWAY, Diverged, Guard, copies
from explorer.training.run import Run
from tests.fakes import toy_dataset


@pytest.fixture
def run() -> Run:
    return Run(ModelConfig(hidden=16), TrainingConfig(batch_size=16), toy_dataset(), "cpu")


def same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(one[name], other[name]) for name in one)


def test_the_newest_weights_are_not_good_yet(run: Run) -> None:
    """They may be what the loss is about to run away from."""
    guard, kept, epochs = Guard(run), [copies(run.model)], [run.epoch]
    for second in range(1, 4):
        run.step()
        guard.look(second * KEEP_EVERY)
        kept.append(copies(run.model))
        epochs.append(run.epoch)
        assert same(guard.good, kept[-2]) and not same(guard.good, kept[-1])
        assert guard.good_epoch == epochs[-2]
    run.step()
    guard.restore()
    assert same(copies(run.model), kept[-2])


def test_weights_are_kept_once_a_second(run: Run) -> None:
    guard = Guard(run)
    for _ in range(3):
        run.step()
        guard.look(0.5 * KEEP_EVERY)
    first = guard.good
    guard.look(0.9 * KEEP_EVERY)
    assert guard.good is first
    guard.look(1.5 * KEEP_EVERY)
    assert guard.good is not first


def test_weights_that_are_no_numbers_are_noticed(run: Run) -> None:
    guard = Guard(run)
    with torch.no_grad():
        next(iter(run.model.parameters())).fill_(math.nan)
    with pytest.raises(Diverged):
        guard.look(KEEP_EVERY)


def test_a_loss_beyond_every_scale_is_noticed(run: Run) -> None:
    guard = Guard(run)
    run.step()
    guard.check()
    first = max(abs(run.curve.last.train_elbo), 64)  # 64 features
    for factor, bad in ((0.9, False), (1.1, True)):
        run.done += 1
        run.writer.add(run.done, [16], np.array([[-factor * RUNAWAY * first, 0.0, 0.0]]))
        if not bad:
            guard.check()
    with pytest.raises(Diverged):
        guard.check()


def test_steps_that_went_well_do_not_hide_those_that_came_after(run: Run) -> None:
    guard = Guard(run)
    for _ in range(3):
        run.step()
    guard.check()
    run.done += 1
    run.writer.add(run.done, [16], np.array([[math.nan, 0.0, 0.0]]))
    with pytest.raises(Diverged):
        guard.check()


def test_a_loss_is_looked_at_more_often_than_weights_are_kept(run: Run) -> None:
    guard = Guard(run)
    guard.look(0.0)
    run.step()
    guard.look(0.1 * KEEP_EVERY)
    run.done += 1
    run.writer.add(run.done, [16], np.array([[math.nan, 0.0, 0.0]]))
    with pytest.raises(Diverged):
        guard.look(0.2 * KEEP_EVERY)
