"""Modes of posteriors that are known: a linear model's one, a folded model's two."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from explorer.analysis.evidence import modes
from explorer.analysis.evidence.modes import Bank, bank_of, joint, modes_of
from explorer.errors import Cancelled
from explorer.models.autoencoder import Autoencoder
from explorer.models.posteriors.diagonal import DiagonalGaussian
from explorer.models.priors.standard import StandardNormal
from explorer.task import Task
from tests.analysis.evidence.folded import folded
from tests.fakes import LinearModel, toy_dataset

TOY = toy_dataset(20)
X = torch.from_numpy(TOY.unit(np.arange(6))).view(6, 1, 8, 8)


def linear(d: int = 3, scale: float = 2.0) -> LinearModel:
    return LinearModel(TOY.preparation, d, scale=scale).float()


def test_modes_of_a_linear_model_are_its_posterior() -> None:
    model = linear(5)
    posterior = model.encode(X)
    found = modes_of(model, X, posterior, bank_of(model, TOY))
    torch.testing.assert_close(found.mean[0], posterior.mean, atol=0.02, rtol=0)
    cov = found.root[0] @ found.root[0].mT
    torch.testing.assert_close(cov, posterior.covariance(), atol=1e-3, rtol=0)
    assert (found.root.triu(1) == 0).all()


def test_the_mode_is_found_from_a_wrong_start_and_as_wide_as_it_is() -> None:
    """An encoder that is one of its deviations off, and half as wide as it should be."""
    model = linear()
    right = model.encode(X)
    wrong = DiagonalGaussian(right.mean + 0.2, 2.0 * right.std.log() - math.log(4.0))
    bank = Bank(torch.zeros(1, 3), model.raw(torch.zeros(1, 3)))
    found = modes_of(model, X, wrong, bank)
    torch.testing.assert_close(found.mean[0], right.mean, atol=0.02, rtol=0)
    cov = found.root[0] @ found.root[0].mT
    torch.testing.assert_close(cov, right.covariance(), atol=1e-3, rtol=0)


def test_a_second_mode_is_another_one() -> None:
    """z_1 and -z_1 give the same picture; the encoder knows the positive one."""
    model = folded(2)
    x = torch.tensor([[0.8, 0.1, 0.0, 0.0], [1.5, -0.4, 0.0, 0.0]]).view(2, 1, 2, 2)
    data = toy_dataset(20, height=2, width=2)
    found = modes_of(model, x, model.encode(x), bank_of(model, data))
    mirrored = found.mean[1] * torch.tensor([-1.0, 1.0])
    torch.testing.assert_close(mirrored, found.mean[0], atol=0.03, rtol=0)
    z1 = x.flatten(1)[:, 0] - 0.09 / 2  # where the slope of both terms is 0
    torch.testing.assert_close(found.mean[0, :, 0].square(), z1, atol=0.03, rtol=0)
    width = 0.3 / (2 * z1.sqrt())  # of the parabola there
    torch.testing.assert_close(found.root[0, :, 0, 0], width, rtol=0.05, atol=0)


def test_joint_is_likelihood_and_prior() -> None:
    """log p(x, z) = log p(x) + log p(z|x), of a model whose posterior is exact."""
    model = linear()
    z = torch.randn(4, 6, 3, generator=torch.Generator().manual_seed(0))
    wanted = model.encode(X).log_prob(z)
    model.basis = model.basis.double()
    wanted = wanted + model.log_evidence_by_hand(X.double()).float()
    torch.testing.assert_close(joint(model, z, X), wanted, atol=2e-3, rtol=0)


@pytest.mark.parametrize("banked", [7, 1000])
def test_a_bank_holds_codes_of_training_samples_and_draws_of_the_prior(
    banked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modes, "BANKED", banked)
    model = linear()
    found, again, other = (bank_of(model, TOY, seed) for seed in (0, 0, 1))
    codes = model.encode(torch.from_numpy(TOY.unit(TOY.train_index)).view(-1, 1, 8, 8)).mean
    coded = min(banked, len(TOY.train_index))
    assert len(found.z) == coded + banked
    near = torch.cdist(found.z[:coded], codes).min(1)
    assert float(near.values.max()) < 1e-4 and len(near.indices.unique()) == coded
    torch.testing.assert_close(found.raw, model.raw(found.z))
    assert torch.equal(found.z, again.z) and not torch.equal(found.z, other.z)


def test_a_large_bank_is_whole() -> None:
    many, model = toy_dataset(700), linear()
    found = bank_of(model, many)
    assert len(found.z) == len(found.raw) == len(many.train_index) + modes.BANKED
    torch.testing.assert_close(found.raw, model.raw(found.z))


def test_starts_are_the_best_of_the_bank_and_far_from_one_another() -> None:
    """By hand: of the places where log p(x, z) is highest the first, and the farthest from it."""
    model, bank = linear(2), bank_of(linear(2), TOY)
    starts = modes._nearest(model, X, bank)
    assert starts.shape == (modes.STARTS, 6, 2)
    for i in range(len(X)):
        value = joint(model, bank.z[:, None], X[i : i + 1])[:, 0]
        near = bank.z[value.topk(modes.NEAR).indices]
        chosen = [near[0]]
        for _ in range(modes.STARTS - 1):
            apart = [min(float((z - one).norm()) for one in chosen) for z in near]
            chosen.append(near[int(np.argmax(apart))])
        torch.testing.assert_close(starts[:, i], torch.stack(chosen))


class Wide(StandardNormal):
    """N(0, 10^2 I)."""

    def log_prob(self, z: torch.Tensor) -> torch.Tensor:
        return super().log_prob(z / 10.0) - z.shape[-1] * math.log(10.0)


def test_no_direction_is_wider_than_may_be() -> None:
    """A decoder that does not look at z leaves it to the prior, here one of variance 100."""
    model: Autoencoder = linear(2, scale=1e-6)
    model.prior = Wide(2)
    found = modes_of(model, X, model.encode(X), bank_of(model, TOY))
    cov = found.root[0] @ found.root[0].mT
    wanted = torch.eye(2).expand(6, 2, 2) / modes.LEAST_PRECISION
    torch.testing.assert_close(cov, wanted, atol=1e-3, rtol=0)


def test_cancels_at_every_stage() -> None:
    model, task = linear(), Task()
    bank = bank_of(model, TOY)
    task.cancel()
    with pytest.raises(Cancelled):
        modes_of(model, X, model.encode(X), bank, task)
    scale = torch.ones(6, 3)
    with pytest.raises(Cancelled):
        modes._roots(model, X, torch.zeros(1, 6, 3), scale, task)
