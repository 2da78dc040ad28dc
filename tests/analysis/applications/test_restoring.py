"""Restoring what a linear model can restore exactly, and digits better than their mean."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.analysis.applications import masks, restoring
from explorer.data.dataset import Preparation
from explorer.data.opening import open_dataset
from explorer.errors import Cancelled
from explorer.models import checkpoint
from explorer.models.autoencoder import build, from_snapshot
from explorer.models.config import ModelConfig
from explorer.models.encoding import encode
from explorer.models.presets import presets
from explorer.task import Task
from explorer.training.config import TrainingConfig, config_for_preset
from explorer.training.loop import train
from tests.fakes import LinearModel, toy_dataset


def from_linear(n: int = 20) -> tuple[LinearModel, np.ndarray, np.ndarray]:
    """The linear model, codes (n, 2) and what it decodes them to (n, 64)."""
    import torch

    model = LinearModel(Preparation(8, 8))
    z = torch.randn(n, 2, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    rows = model.exact_decode(z).float().numpy()
    return model.float(), z.numpy(), rows


def test_inpainting_the_linear_model_is_its_conditional_mean() -> None:
    model, _, rows = from_linear()
    noisy = rows + np.random.default_rng(0).normal(0, 0.5, rows.shape).astype(np.float32)
    known = masks.holes(8, 8)["half"]
    starts = np.random.default_rng(1).normal(size=(30, 2)).astype(np.float32)
    found = restoring.inpaint(model, noisy, known, Preparation(8, 8), starts, steps=200)
    basis, seen = model.basis.numpy(), known.ravel()
    inside = basis[seen].T @ basis[seen] / 0.25 + np.eye(2)
    wanted = np.linalg.solve(inside, basis[seen].T @ (noisy[:, seen] - 0.5).T / 0.25).T
    assert found.z == pytest.approx(wanted, abs=0.02)
    assert (found.after >= found.before).all()
    assert np.array_equal(found.rows[:, seen], noisy[:, seen])


def test_pca_fills_in_by_its_conditional_mean() -> None:
    """Against the Gaussian's own formula, cov_us cov_ss^-1 (x_s - mean_s)."""
    dataset = toy_dataset(60)
    linear = pca.fit(dataset, 3)
    known = masks.holes(*dataset.preparation.shape[:2])["quarter"]
    seen = known.ravel()
    rows = dataset.unit(np.arange(10))
    noise = (linear.total_variance - linear.variance.sum()) / (64 - 3)
    w = linear.components.astype(float)
    cov = w.T @ np.diag(linear.variance - noise) @ w + noise * np.eye(64)
    gain = cov[np.ix_(~seen, seen)] @ np.linalg.inv(cov[np.ix_(seen, seen)])
    wanted = linear.mean[~seen] + (rows[:, seen] - linear.mean[seen]) @ gain.T
    found = restoring.pca_inpaint(linear, rows, known)
    assert found[:, ~seen] == pytest.approx(wanted, abs=1e-4)


def test_pca_fills_in_with_as_many_components_as_asked_and_never_all_there_are() -> None:
    dataset = toy_dataset(60)
    known = masks.holes(*dataset.preparation.shape[:2])["quarter"]
    rows = dataset.unit(np.arange(10))
    few, many = pca.fit(dataset, 2), pca.fit(dataset, 64)
    wanted = restoring.pca_inpaint(few, rows, known)
    assert restoring.pca_inpaint(many, rows, known, k=2) == pytest.approx(wanted, abs=1e-5)
    assert np.isfinite(restoring.pca_inpaint(many, rows, known)).all()  # 64 leave no noise
    mean = np.broadcast_to(few.mean, rows.shape)
    none = restoring.pca_inpaint(many, rows, known, k=0)
    assert np.array_equal(none, np.where(known.ravel(), rows, mean))


def test_noise_is_removed_best_by_who_has_learned_to() -> None:
    """benchmarks/restoring.py in small: denoising-ae < ae and PCA < the noise, of 0.5."""
    dataset = open_dataset("digits")
    clean = dataset.unit(dataset.test_index)
    noise = np.random.default_rng(0).normal(0, 0.5, clean.shape)
    noisy = (clean + noise).astype(np.float32)
    training = TrainingConfig(epochs=40, lr=2e-3, schedule="cosine", device="cpu", threads=1)
    linear = pca.fit(dataset, 16)
    errors = [((linear.reconstruct(linear.project(noisy)) - clean) ** 2).mean()]
    for preset in ("ae", "denoising-ae"):
        config = ModelConfig(preset, latent_dim=16)
        made = train(config, config_for_preset(training, presets[preset]), dataset, publish=False)
        model = from_snapshot(made.snapshot)
        restored = restoring.denoise(model, noisy, dataset.preparation)
        errors.append(((restored - clean) ** 2).mean())
    of_pca, plain, denoising = errors
    assert denoising < 0.8 * plain and denoising < 0.6 * of_pca and max(errors) < 0.25


@pytest.mark.parametrize("name", ["digits", "fashion"])
def test_a_quarter_is_filled_in_better_than_by_the_mean(name: str) -> None:
    dataset = open_dataset(name)
    model = from_snapshot(checkpoint.load(checkpoint.bundled()[name]))
    learned, test = dataset.train_index[:100], dataset.test_index[:50]
    clean = dataset.unit(test)
    mean = dataset.unit(dataset.train_index).mean(axis=0)
    known = masks.holes(*dataset.preparation.shape[:2])["quarter"]
    starts = encode(model, dataset, learned).mean
    given = np.where(known.ravel(), clean, 0.0).astype(np.float32)
    found = restoring.inpaint(model, given, known, dataset.preparation, starts, steps=30)
    ours = restoring.error_in(found.rows, clean, known)
    assert ours < 0.8 * restoring.error_in(np.broadcast_to(mean, clean.shape), clean, known)


@pytest.mark.parametrize("preset", ["ae", "vae"])
@pytest.mark.parametrize("channels", [1, 3])
def test_every_model_fills_in(preset: str, channels: int) -> None:
    dataset = toy_dataset(12, channels=channels)
    model = build(ModelConfig(preset, hidden=16), dataset.preparation, seed=0).eval()
    known = masks.holes(*dataset.preparation.shape[:2])["centre"]
    rows = dataset.unit(np.arange(12))
    starts = np.random.default_rng(0).normal(size=(9, 2)).astype(np.float32)
    model.requires_grad_(False)
    found = restoring.inpaint(model, rows, known, dataset.preparation, starts, steps=3)
    kept = np.repeat(known.ravel(), channels)
    assert np.array_equal(found.rows[:, kept], rows[:, kept])
    assert (found.after >= found.before).all()


@pytest.mark.parametrize("shape", [(8, 8), (1, 12), (28, 28)])
def test_holes_are_a_quarter_to_a_half(shape: tuple[int, int]) -> None:
    for name, known in masks.holes(*shape).items():
        assert known.shape == shape
        assert (~known).mean() == pytest.approx(0.5 if name == "half" else 0.25, abs=0.09)


def test_denoising_is_decoding_the_code() -> None:
    model, _, rows = from_linear()
    restored = restoring.denoise(model, rows, Preparation(8, 8))
    shrunk = 0.5 + (rows - 0.5) * 4.0 / 4.25  # the posterior's mean is drawn to the prior's
    assert restored == pytest.approx(shrunk, abs=1e-5)


def test_cancels() -> None:
    model, _, rows = from_linear()
    task = Task()
    task.cancel()
    known = masks.holes(8, 8)["half"]
    with pytest.raises(Cancelled):
        restoring.inpaint(model, rows, known, Preparation(8, 8), np.zeros((1, 2), np.float32), task)
