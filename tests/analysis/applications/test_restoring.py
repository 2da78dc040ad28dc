"""Restoring what a linear model can restore exactly, and digits better than their mean."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis import pca
from explorer.analysis.applications import holes, restoring
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
from tests.fakes import LinearModel, constant_dataset, toy_dataset


def from_linear(n: int = 20) -> tuple[LinearModel, np.ndarray, np.ndarray]:
    """The linear model, codes (n, 2) and what it decodes them to (n, 64)."""
    model = LinearModel(Preparation(8, 8))
    z = torch.randn(n, 2, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    rows = model.exact_decode(z).float().numpy()
    return model.float(), z.numpy(), rows


def test_inpainting_the_linear_model_is_its_conditional_mean() -> None:
    model, _, rows = from_linear()
    noisy = rows + np.random.default_rng(0).normal(0, 0.5, rows.shape).astype(np.float32)
    known = holes.known("half", 8, 8)
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
    known = holes.known("quarter", *dataset.preparation.shape[:2])
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
    known = holes.known("quarter", *dataset.preparation.shape[:2])
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
    known = holes.known("quarter", *dataset.preparation.shape[:2])
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
    known = holes.known("centre", *dataset.preparation.shape[:2])
    rows = dataset.unit(np.arange(12))
    starts = np.random.default_rng(0).normal(size=(9, 2)).astype(np.float32)
    model.requires_grad_(False)
    found = restoring.inpaint(model, rows, known, dataset.preparation, starts, steps=3)
    kept = np.repeat(known.ravel(), channels)
    assert np.array_equal(found.rows[:, kept], rows[:, kept])
    assert (found.after >= found.before).all()


@pytest.mark.parametrize("shape", [(8, 8), (1, 12), (28, 28)])
def test_holes_are_a_quarter_to_a_half(shape: tuple[int, int]) -> None:
    for name in holes.in_order():
        known = holes.known(name, *shape)
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
    known = holes.known("half", 8, 8)
    with pytest.raises(Cancelled):
        restoring.inpaint(model, rows, known, Preparation(8, 8), np.zeros((1, 2), np.float32), task)


def worth(model: LinearModel, rows: np.ndarray, z: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """log p(known | z) + log p(z) by hand, of each row at each z: (m, S)."""
    decoded = 0.5 + z @ model.basis.numpy().T  # (S, D)
    away = np.square(rows[:, None, seen] - decoded[None, :, seen]).sum(-1)
    var = model.sigma**2
    likelihood = -0.5 * (away / var + seen.sum() * np.log(2 * np.pi * var))
    return likelihood - 0.5 * (np.square(z).sum(1) + z.shape[1] * np.log(2 * np.pi))


@pytest.mark.parametrize("starts", [1, 3, 16, 40])
def test_the_search_begins_at_the_best_start_and_says_what_both_ends_are_worth(starts: int) -> None:
    model, _, rows = from_linear(5)
    rows = rows + np.random.default_rng(0).normal(0, 0.5, rows.shape).astype(np.float32)
    known = holes.known("half", 8, 8)
    z = np.random.default_rng(1).normal(size=(starts, 2)).astype(np.float32)
    values = worth(model, rows, z, known.ravel())
    at_once = restoring.inpaint(model, rows, known, Preparation(8, 8), z, steps=0)
    np.testing.assert_array_equal(at_once.z, z[values.argmax(1)])
    np.testing.assert_allclose(at_once.before, values.max(1), rtol=1e-5)
    np.testing.assert_array_equal(at_once.after, at_once.before)
    climbed = restoring.inpaint(model, rows, known, Preparation(8, 8), z, steps=30)
    ends = [worth(model, rows[i : i + 1], climbed.z[i : i + 1], known.ravel()) for i in range(5)]
    np.testing.assert_allclose(climbed.after, np.ravel(ends), rtol=1e-5)
    assert (climbed.after > climbed.before).all() or starts == 1


def test_a_plain_autoencoder_weighs_no_prior() -> None:
    """The code far out is worth what it draws, and nothing is taken off for the distance."""
    data = toy_dataset(12)
    model = build(ModelConfig("ae", hidden=16), data.preparation, seed=0).eval()
    known = np.ones((8, 8), bool)
    known[0, 0] = False
    z = np.array([[6.0, -6.0]], np.float32)
    rows = restoring.denoise(model, data.unit(np.arange(2)), data.preparation)
    found = restoring.inpaint(model, rows, known, data.preparation, z, steps=0)
    with torch.inference_mode():
        x = torch.from_numpy(rows.reshape(2, 1, 8, 8))
        raw = model.raw(torch.from_numpy(z))[:, None].expand(-1, 2, -1, -1, -1)
        whole = model.likelihood.log_prob(raw, x)[0]
        one = model.likelihood.log_prob(raw[..., :1, :1], x[..., :1, :1])[0]
    np.testing.assert_allclose(found.before, (whole - one).numpy(), rtol=1e-4)


@pytest.mark.parametrize("channels", [1, 3])
def test_errors_are_of_the_hole_alone_in_every_channel(channels: int) -> None:
    rng = np.random.default_rng(channels)
    clean, guess = (rng.normal(size=(4, 6 * channels)).astype(np.float32) for _ in range(2))
    known = np.array([[True, False, True], [False, True, True]])
    hole = np.square(guess - clean).reshape(4, 2, 3, channels)[:, ~known]
    table = restoring.surveyed(clean, clean, guess, {"mse": guess}, 2, known)
    assert table.errors["mse"] == pytest.approx(float(hole.mean()), rel=1e-6)
    whole = restoring.surveyed(clean, clean, guess, {"mse": guess}, 2)
    assert whole.errors["mse"] == pytest.approx(float(np.square(guess - clean).mean()), rel=1e-6)
    assert (table.n, table.k) == (4, 2)


def test_some_samples_are_drawn_damaged_restored_and_clean() -> None:
    black, grey, white = (np.full((5, 64), v, np.float32) for v in (0.0, 0.4, 1.0))
    thing = restoring.surveyed(white, black, grey, {}, 2).thing(3, Preparation(8, 8))
    assert thing.picture is not None
    picture = thing.picture(Task())
    assert picture.shape == (3 * 8 + 2 * 2, 3 * 8, 1)
    assert [int(picture[row, 0, 0]) for row in (0, 10, 20)] == [0, 102, 255]


def test_components_are_as_many_as_leave_something_to_the_noise() -> None:
    data = toy_dataset(60)
    linear = pca.fit(data, 64)
    assert [restoring.noisy_components(linear, k) for k in (0, 1, 2, 10)] == [0, 1, 2, 10]
    assert restoring.noisy_components(linear, 64) < 48  # of 48 samples
    assert restoring.noisy_components(pca.fit(constant_dataset(5, 100), 2), 2) == 0
