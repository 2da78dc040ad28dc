"""Schedules at their ends."""

from __future__ import annotations

import pytest

from explorer.training.config import TrainingConfig
from explorer.training.schedules import kl_weight, learning_rate


def test_cosine_falls_to_zero() -> None:
    config = TrainingConfig(epochs=10, lr=0.1, schedule="cosine")
    rates = [learning_rate(config, e) for e in (0, 10 / 3, 5, 10, 15)]
    assert rates == pytest.approx([0.1, 0.075, 0.05, 0.0, 0.0])


def test_constant_stays() -> None:
    assert learning_rate(TrainingConfig(lr=0.1), 7.5) == 0.1


def test_warm_up_grows_to_beta() -> None:
    config = TrainingConfig(beta=4.0, warm_up=10)
    assert [kl_weight(config, e) for e in (0, 5, 10, 99)] == [0.0, 2.0, 4.0, 4.0]
    assert kl_weight(TrainingConfig(), 0) == 1.0


def test_beta_may_come_down() -> None:
    config = TrainingConfig(beta=4.0, beta_start=64.0, warm_up=8)
    found = [kl_weight(config, e) for e in (0, 2, 4, 8, 9)]
    assert found == pytest.approx([64.0, 32.0, 16.0, 4.0, 4.0])
    config = TrainingConfig(beta=0.0, beta_start=2.0, warm_up=8)
    assert [kl_weight(config, e) for e in (0, 4, 8)] == pytest.approx([2.0, 1.0, 0.0])
