"""Optimisers by name, with the settings that are theirs."""

from __future__ import annotations

import pytest
import torch

from explorer.training.config import OPTIMISERS, TrainingConfig
from explorer.training.optimisers import optimisers


def test_the_settings_name_them_all() -> None:
    assert set(OPTIMISERS) == set(optimisers)


def moved(name: str, steps: int = 1, **settings: float) -> float:
    """Where a weight of 1 goes under a slope of 1."""
    weight = torch.nn.Parameter(torch.ones(1))
    made = optimisers[name]([weight], TrainingConfig(lr=0.1, **settings))  # type: ignore[arg-type]
    for _ in range(steps):
        weight.grad = torch.ones(1)
        made.step()
    return weight.item()


@pytest.mark.parametrize("name", OPTIMISERS)
def test_first_step(name: str) -> None:
    assert moved(name) == pytest.approx(0.9, abs=1e-6)


def test_momentum_keeps_a_share_of_the_last_step() -> None:
    assert moved("sgd", 2, momentum=0.5) == pytest.approx(1 - 0.1 - 0.15)
    assert moved("sgd", 2, momentum=0.0) == pytest.approx(1 - 0.2)


def test_weight_decay_of_adamw_is_its_own() -> None:
    assert moved("adamw", weight_decay=0.5) == pytest.approx(1 - 0.1 - 0.1 * 0.5, abs=1e-6)
    assert moved("adam", weight_decay=0.5) == pytest.approx(0.9, abs=1e-6)
    assert moved("sgd", weight_decay=0.5) == pytest.approx(1 - 0.15)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_step_is_one_pass_over_memory_where_that_is_on_offer(name: str) -> None:
    weight = torch.nn.Parameter(torch.ones(1))
    made = optimisers[name]([weight], TrainingConfig())
    assert all(group["fused"] for group in made.param_groups)
