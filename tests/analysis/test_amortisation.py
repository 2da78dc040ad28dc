"""Refining: never worse, and up to the true posterior where the family holds it."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis.amortisation import refine
from explorer.errors import Cancelled
from explorer.models.autoencoder import build
from explorer.models.batches import to_tensor
from explorer.models.config import ModelConfig
from explorer.task import Task
from tests.fakes import LinearModel, toy_dataset


def linear(wider: float, shift: float) -> LinearModel:
    """The linear model with a posterior ``wider`` in variance, ``shift`` true sigmas away."""
    model = LinearModel(toy_dataset(5).preparation)
    logvar = model.posterior.get_buffer("logvar")
    model.encoder.layers[1].bias += shift * (0.5 * logvar).exp()
    logvar.add_(np.log(wider))
    return model.float()


def test_the_gap_has_its_closed_form() -> None:
    dataset = toy_dataset(30)
    model = linear(2.0, 1.0)
    found = refine(model, dataset, np.arange(30), steps=150)
    assert found is not None
    gap = 2 * 0.5 * (2.0 + 1.0 - 1.0 - np.log(2.0))  # KL(q || p(z|x)) in two dimensions
    assert found.gap.mean() == pytest.approx(gap, abs=0.05)
    model.basis = model.basis.float()
    exact = model.log_evidence_by_hand(to_tensor(dataset.x, 255)).numpy()
    assert found.after.mean() == pytest.approx(exact.mean(), abs=0.05)
    true = float(np.sqrt(0.25 / 4.25))
    assert found.std == pytest.approx(np.full((30, 2), true), rel=0.15)


@pytest.mark.parametrize("preset", ["vae", "full-cov-vae", "gmm-vae"])
def test_refining_never_lowers_the_elbo(preset: str) -> None:
    dataset = toy_dataset(20)
    model = build(ModelConfig(preset, hidden=16), dataset.preparation, seed=0)
    found = refine(model.eval().requires_grad_(False), dataset, np.arange(20), steps=20)
    assert found is not None
    assert (found.after >= found.before).all() and found.gap.mean() > 0.0
    assert found.mean.shape == found.std.shape == (20, 2)


def test_before_is_the_elbo() -> None:
    dataset = toy_dataset(20)
    model = build(ModelConfig("full-cov-vae", hidden=16), dataset.preparation, seed=0)
    model.eval().requires_grad_(False)
    found = refine(model, dataset, np.arange(20), steps=0)
    with torch.no_grad():
        terms = model.terms(to_tensor(dataset.x, 255), torch.Generator().manual_seed(0), 500)
    assert terms.kl is not None and found is not None
    wanted = float((terms.log_px.mean(0) - terms.kl).mean())
    assert found.before.mean() == pytest.approx(wanted, abs=0.05)


def test_a_point_has_nothing_to_refine() -> None:
    dataset = toy_dataset(5)
    model = build(ModelConfig("ae", hidden=16), dataset.preparation, seed=0).eval()
    assert refine(model, dataset, np.arange(5)) is None


def test_cancels() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        refine(linear(1.0, 0.0), toy_dataset(5), np.arange(5), 10, task)
