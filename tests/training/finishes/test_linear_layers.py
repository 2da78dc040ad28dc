"""The leading directions of the data, against an eigendecomposition of all of it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from explorer.models.batches import unit
from explorer.models.config import ModelConfig
from explorer.training.config import TrainingConfig
from explorer.training.finishes import linear_layers
from explorer.training.finishes.linear_layers import affine, give, leading, linear_layer, moments
from explorer.training.run import Run
from tests.fakes import toy_dataset


@pytest.fixture(params=[2**22, 300], ids=["at once", "in chunks"])
def run(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(linear_layers, "CHUNK_VALUES", request.param)
    return Run(ModelConfig("linear-ae"), TrainingConfig(device="cpu"), toy_dataset(), "cpu")


def rows_of(run: Run) -> np.ndarray:
    return unit(run.data, run.levels).flatten(1).double().numpy()


def test_mean_and_variance(run: Run) -> None:
    mean, variance = moments(run, lambda: None)
    np.testing.assert_allclose(mean, rows_of(run).mean(0), rtol=1e-12)
    assert variance == pytest.approx(rows_of(run).var(0).sum(), rel=1e-12)


@pytest.mark.parametrize("d", [1, 3])
def test_leading_directions(run: Run, d: int) -> None:
    rows = rows_of(run)
    values, vectors = np.linalg.eigh(np.cov(rows.T, bias=True))
    start = np.random.default_rng(1).standard_normal((rows.shape[1], d))
    rounds: list[int] = []
    variance, basis = leading(run, rows.mean(0), start, lambda: rounds.append(1))
    assert 1 < len(rounds) < linear_layers.ROUNDS / 3, "it turns no more long before"
    np.testing.assert_allclose(variance, values[::-1][:d], rtol=1e-8)
    cosines = np.abs((basis * vectors[:, ::-1][:, :d]).sum(0))
    np.testing.assert_allclose(cosines, 1.0, atol=1e-8)


def test_no_more_directions_than_features(run: Run) -> None:
    rows = rows_of(run)
    features = rows.shape[1]
    start = np.random.default_rng(1).standard_normal((features, features + 3))
    variance, basis = leading(run, rows.mean(0), start, lambda: None)
    assert variance.shape == (features,) and basis.shape == (features, features)
    np.testing.assert_allclose(basis.T @ basis, np.eye(features), atol=1e-10)


def test_a_layer_is_given_what_it_then_computes() -> None:
    layer = linear_layer(nn.Sequential(nn.Flatten(), nn.Linear(3, 2)))
    weight, bias = np.array([[1.0, 2.0, 3.0], [0.0, -1.0, 0.5]]), np.array([0.25, -4.0])
    give(layer, weight, bias)
    row = np.array([2.0, -1.0, 4.0])
    np.testing.assert_allclose(affine(layer, row), weight @ row + bias)
    made = layer(torch.tensor(row, dtype=torch.float32)).detach().numpy()
    np.testing.assert_allclose(made, weight @ row + bias, rtol=1e-6)
