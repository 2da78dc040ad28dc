"""Codes: nearest, straight through, followed, revived; the bound; and a training to the bit."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from explorer.analysis.latent.codebook import measure
from explorer.errors import ModelError
from explorer.models import checkpoint
from explorer.models.autoencoder import build, from_snapshot
from explorer.models.batches import to_tensor
from explorer.models.config import ModelConfig
from explorer.models.posteriors.quantised import (
    DEAD,
    Codebook,
    Quantised,
    QuantisedLayer,
    nearest,
    start,
)
from explorer.models.priors.codes import UniformCodes
from explorer.models.priors.standard import StandardNormal
from explorer.task import Task
from explorer.training.config import TrainingConfig
from explorer.training.loop import train
from explorer.training.objectives import objectives
from tests.fakes import constant_dataset, toy_dataset

MODEL = ModelConfig(preset="vq-vae", hidden=16, latent_dim=4, options={"codes": 8.0})
TRAINING = TrainingConfig(epochs=4, batch_size=16, device="cpu", lr=3e-3)
CODES = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]])


def test_nearest_code_at_each_position() -> None:
    z = torch.tensor([[0.9, 0.2, 0.1, 1.2], [-5.0, -5.0, 9.0, 0.0]])
    assert nearest(z, CODES).tolist() == [[1, 2], [0, 1]]
    assert nearest(z.expand(3, 2, 4), CODES).shape == (3, 2, 2)


def test_a_code_is_its_own_nearest_even_among_close_ones() -> None:
    codes = 1000.0 + torch.rand(512, 2, generator=torch.Generator().manual_seed(0))
    assert torch.equal(codes[nearest(codes, codes)[:, 0]], codes)


def test_penalty_and_gradients_by_hand() -> None:
    """d/dz_e of the penalty is 0.5 (z_e - e), d/de is 2 (e - z_e): equation 3."""
    encoded = torch.tensor([[0.8, 0.1]], dtype=torch.float64, requires_grad=True)
    codes = CODES.double().requires_grad_()
    q = Quantised(encoded, codes)
    assert q.index.tolist() == [[1]]
    assert float(q.penalty.detach()[0]) == pytest.approx(1.25 * (0.2**2 + 0.1**2))
    q.penalty.sum().backward()
    assert encoded.grad is not None
    assert codes.grad is not None
    assert encoded.grad[0].tolist() == pytest.approx([-0.1, 0.05])
    assert codes.grad[1].tolist() == pytest.approx([0.4, -0.2])
    assert not codes.grad[[0, 2]].any()


def test_gradient_goes_straight_through() -> None:
    encoded = torch.tensor([[0.8, 0.1]], requires_grad=True)
    z = Quantised(encoded, CODES).sample(draws=3)
    assert torch.equal(z.detach(), CODES[1].expand(3, 1, 2))
    (z * torch.tensor([2.0, 3.0])).sum().backward()
    assert encoded.grad is not None
    assert encoded.grad[0].tolist() == [6.0, 9.0]


def test_the_kl_is_that_of_a_uniform_choice() -> None:
    """sum over z of q log(q / p), q on one of K^P grids, p = K^-P."""
    q, prior = Quantised(torch.zeros(5, 4), CODES), UniformCodes(4, codes=3, code_dim=2)
    exact = 2 * math.log(3)
    assert torch.allclose(q.kl(prior), torch.full((5,), exact))
    assert q.kl_per_dim(prior).shape == (5, 4)
    z = q.sample(draws=2)
    assert torch.equal(q.log_prob(z), torch.zeros(2, 5))
    assert torch.allclose(q.log_prob(z) - prior.log_prob(z), torch.full((2, 5), exact))
    assert q.kl(StandardNormal(4)) is None
    assert q.log_prob(torch.full((5, 4), 9.0)).eq(-math.inf).all()
    assert not q.std.any()


def test_the_prior_draws_every_code_alike() -> None:
    model = build(MODEL, toy_dataset().preparation, seed=0)
    z = model.prior.sample(4000, torch.Generator().manual_seed(0))
    index = nearest(z, model.posterior.codebook().detach())
    counts = torch.bincount(index.flatten(), minlength=8).double()
    assert z.shape == (4000, 4)
    assert float(((counts - 1000) ** 2 / 1000).sum()) < 24.3  # chi^2 of 7 degrees, p = 0.001


def test_any_z_is_decoded_as_its_codes() -> None:
    model = build(MODEL, toy_dataset().preparation, seed=0).eval()
    codes = model.posterior.codebook().detach()
    z = torch.randn(6, 4)
    at = codes[nearest(z, codes)].flatten(-2)
    assert torch.equal(model.decode(z), model.decode(at))
    assert model.raw(z.expand(2, 6, 4)).shape == (2, 6, 1, 8, 8)
    q = model.encode(torch.rand(5, 1, 8, 8))
    assert torch.equal(codes[q.index].flatten(-2), q.mean.detach())


def test_the_objective_takes_the_penalty_off() -> None:
    data = toy_dataset()
    model = build(MODEL, data.preparation, seed=0).eval()
    terms = model.terms(to_tensor(data.x, 255))
    bound = terms.log_px.mean(0) - 2 * math.log(8)
    loss = objectives["elbo"](terms)
    assert torch.allclose(loss, bound - terms.posterior.penalty, atol=1e-3)


def test_the_first_batch_fills_the_book_and_dead_codes_come_back() -> None:
    book = Codebook(4, 2)
    encoded = torch.arange(12.0).view(3, 2, 2)
    book.revive(encoded)
    assert set(map(tuple, book().tolist())) <= set(map(tuple, encoded.view(6, 2).tolist()))
    assert len(set(map(tuple, book().tolist()))) == 4
    before = book().detach().clone()
    book.usage[2] = 0.5 * DEAD / 4
    book.revive(encoded + 100)
    assert torch.equal(book()[[0, 1, 3]], before[[0, 1, 3]])
    assert (book()[2] >= 100).all()
    assert book.usage[2] == 0.25


def test_use_is_remembered() -> None:
    book = Codebook(4, 2)
    book.usage.fill_(0.25)
    for _ in range(400):
        book.count(torch.tensor([[0, 0], [1, 0]]))
    assert book.usage.tolist() == pytest.approx([0.75, 0.25, 0, 0], abs=1e-3)


@pytest.mark.parametrize("c", [1, 2, 3])
def test_a_fresh_book_is_spread_evenly(c: int) -> None:
    codes = start(128, c)
    assert codes.shape == (128, c)
    assert codes.abs().max() <= 1
    assert codes.mean(0).abs().max() < 0.1
    assert torch.pdist(codes).min() > 0.001


def test_what_cannot_be_a_grid_of_codes() -> None:
    shape = toy_dataset().preparation
    with pytest.raises(ModelError, match="3 latent dimensions cannot be divided"):
        build(replace(MODEL, latent_dim=3), shape)
    for options in ({"codes": 1.0}, {"codes": 2.5}, {"code_dim": 0.0}, {"code_dim": 1.5}):
        with pytest.raises(ModelError):
            build(replace(MODEL, options=options), shape)
    assert QuantisedLayer(4, 3, codes=5, code_dim=3).codebook().shape == (5, 3)


# -- training ------------------------------------------------------------------------------------


def stop_after(steps: int) -> Task:
    class Counting(Task):
        left = steps

        def check(self) -> None:
            if self.left == 0:
                self.cancel()
            self.left -= 1
            super().check()

    return Counting()


def test_it_learns_and_uses_its_codes() -> None:
    data = toy_dataset(200)
    trained = train(replace(MODEL, latent_dim=2), replace(TRAINING, epochs=40), data)
    first, last = trained.curve.at(1 / trained.curve.steps), trained.curve.last
    assert first is not None and last is not None
    assert last.kl == pytest.approx(math.log(8), abs=1e-5)
    assert last.train_elbo == pytest.approx(-last.reconstruction - math.log(8), abs=1e-3)
    assert last.train_elbo > first.train_elbo + 20
    use = measure(from_snapshot(trained.snapshot), data)
    assert use.perplexity > 4
    assert np.abs(use.codes).max() < 6


def test_same_seed_same_weights_and_resume_goes_on_to_the_bit(tmp_path: Path) -> None:
    data = toy_dataset(80)
    whole = train(MODEL, TRAINING, data)
    again = train(MODEL, TRAINING, data, publish=False)
    part = train(MODEL, TRAINING, data, stop_after(6))
    assert part.stopped
    checkpoint.save(tmp_path, part.snapshot, resume=part.resume_state)
    rest = train(MODEL, TRAINING, data, resume=tmp_path)
    for name, array in whole.snapshot.weights.items():
        np.testing.assert_array_equal(array, again.snapshot.weights[name])
        np.testing.assert_array_equal(array, rest.snapshot.weights[name])
    assert {"posterior.codebook.free", "posterior.codebook.usage", "posterior.codebook.unit"} <= (
        set(whole.snapshot.weights)
    )


@pytest.mark.parametrize("lr", [0.0, 1e3, 1e30])
def test_it_survives_odd_learning_rates(lr: float) -> None:
    trained = train(MODEL, replace(TRAINING, lr=lr, epochs=10), toy_dataset())
    assert all(bool(np.isfinite(w).all()) for w in trained.snapshot.weights.values())


@pytest.mark.parametrize("n", [1, 2])
def test_it_survives_constant_data(n: int) -> None:
    trained = train(MODEL, TRAINING, constant_dataset(n, 128))
    assert all(bool(np.isfinite(w).all()) for w in trained.snapshot.weights.values())


@pytest.mark.parametrize("body", ["mlp", "conv"])
def test_bodies_and_colour(body: str, tmp_path: Path) -> None:
    data = toy_dataset(40, height=9, channels=3)
    trained = train(replace(MODEL, body=body), replace(TRAINING, epochs=1), data)
    checkpoint.save(tmp_path, trained.snapshot)
    model = from_snapshot(checkpoint.load(tmp_path))
    assert model.decode(torch.randn(3, 4)).shape == (3, 3, 9, 8)
    assert model.prior.sample(3).shape == (3, 4)
