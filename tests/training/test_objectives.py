"""Objectives against their definitions, and their gradients, in float64 with fixed noise."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from explorer.models.autoencoder import Autoencoder, Terms, build, from_snapshot
from explorer.models.batches import to_tensor
from explorer.models.config import ModelConfig
from explorer.models.posteriors.diagonal import DiagonalGaussian
from explorer.models.presets import presets
from explorer.models.priors.standard import StandardNormal
from explorer.training.config import TrainingConfig
from explorer.training.loop import train
from explorer.training.objectives import (
    ObjectiveSettings,
    divergence,
    elbo,
    iwae,
    monte_carlo_kl,
    objectives,
)
from tests.fakes import toy_dataset

L, B, D = 3, 4, 2


def terms_of(mean: Tensor, logvar: Tensor, eps: Tensor) -> Terms:
    """A little model: x = 1 under N(sum z, 1)."""
    q = DiagonalGaussian(mean, logvar)
    z = mean + q.std * eps  # (L, B, d)
    return Terms(-0.5 * (z.sum(-1) - 1).square(), z, q, StandardNormal(D))


def inputs() -> tuple[Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(0)
    shapes = ((B, D), (B, D), (L, B, D))
    mean, logvar, eps = (torch.randn(s, generator=generator, dtype=torch.float64) for s in shapes)
    return mean.requires_grad_(), logvar.requires_grad_(), eps


AIMS = [
    ObjectiveSettings(),
    ObjectiveSettings(closed=False),
    ObjectiveSettings(free_bits=0.3),
    ObjectiveSettings(closed=False, free_bits=0.3),
]


@pytest.mark.parametrize("name", list(objectives))
@pytest.mark.parametrize("beta", [0.0, 1.0, 4.0])
@pytest.mark.parametrize("settings", AIMS)
def test_gradients(name: str, beta: float, settings: ObjectiveSettings) -> None:
    mean, logvar, eps = inputs()

    def value(m: Tensor, s: Tensor) -> Tensor:
        return objectives[name](terms_of(m, s, eps), beta, settings)

    assert torch.autograd.gradcheck(value, (mean, logvar))


def test_iwae_is_the_bound_of_burda() -> None:
    terms = terms_of(*inputs())
    weights = (terms.log_px + terms.log_pz - terms.log_qz).exp()
    torch.testing.assert_close(iwae(terms), weights.mean(0).log())


def test_iwae_of_one_draw_is_the_sampled_elbo() -> None:
    mean, logvar, eps = inputs()
    terms = terms_of(mean, logvar, eps[:1])
    torch.testing.assert_close(iwae(terms), elbo(terms, 1.0, ObjectiveSettings(closed=False)))


def test_free_bits_cost_nothing_below_and_all_above() -> None:
    """sum_j max(lambda, mean over the batch of KL_j)."""
    mean = torch.tensor([[0.1, 2.0], [-0.1, 2.0]], dtype=torch.float64, requires_grad=True)
    eps = torch.zeros(1, 2, 2, dtype=torch.float64)
    terms = terms_of(mean, torch.zeros_like(mean), eps)
    value = elbo(terms, 1.0, ObjectiveSettings(free_bits=0.5))
    torch.testing.assert_close(value, terms.log_px.mean(0) - (0.5 + 2.0))
    (slope,) = torch.autograd.grad((value - terms.log_px.mean(0)).mean(), mean)
    assert not slope[:, 0].any()
    assert slope[:, 1].all()


def test_free_bits_are_held_against_the_mean_of_the_batch() -> None:
    """KLs of 0.98 and 0 have a mean below 0.5: the one above it costs nothing either."""
    mean = torch.tensor([[1.4, 0.0], [0.0, 0.0]], dtype=torch.float64, requires_grad=True)
    terms = terms_of(mean, torch.zeros_like(mean), torch.zeros(1, 2, 2, dtype=torch.float64))
    value = elbo(terms, 1.0, ObjectiveSettings(free_bits=0.5))
    torch.testing.assert_close(value, terms.log_px.mean(0) - 2 * 0.5)


def test_free_bits_of_a_sampled_kl_are_shared_by_all_dimensions() -> None:
    terms = terms_of(*inputs())
    kl = monte_carlo_kl(terms).mean()
    for free in (0.01, 50.0):
        value = elbo(terms, 1.0, ObjectiveSettings(closed=False, free_bits=free))
        want = terms.log_px.mean(0) - kl.clamp_min(D * free)
        torch.testing.assert_close(value, want)


def test_free_bits_of_a_sampled_kl_are_held_against_the_mean_of_the_batch() -> None:
    """One sample below what is free and one above it: their mean, which is above, is paid."""
    mean = torch.tensor([[3.0, 0.0], [0.0, 0.0]], dtype=torch.float64)
    terms = terms_of(mean, torch.zeros_like(mean), torch.zeros(1, 2, 2, dtype=torch.float64))
    kl = monte_carlo_kl(terms)  # 4.5 and 0
    assert kl.min() < 2.0 < kl.mean()
    value = elbo(terms, 1.0, ObjectiveSettings(closed=False, free_bits=1.0))
    torch.testing.assert_close(value, terms.log_px.mean(0) - kl.mean())


@pytest.mark.parametrize("name", list(objectives))
def test_a_penalty_is_taken_off(name: str) -> None:
    terms = terms_of(*inputs())
    before = objectives[name](terms, 1.0, ObjectiveSettings())
    terms.posterior.penalty = torch.arange(B, dtype=torch.float64)
    after = objectives[name](terms, 1.0, ObjectiveSettings())
    torch.testing.assert_close(before - after, terms.posterior.penalty)


def test_bounds_tighten_with_draws() -> None:
    """elbo <= L_5 <= L_50 of a trained model (Burda et al. 2015, theorem 1)."""
    data = toy_dataset(200)
    config = TrainingConfig(epochs=15, batch_size=20, lr=3e-3, device="cpu")
    trained = train(ModelConfig(hidden=32), config, data, publish=False)
    model = from_snapshot(trained.snapshot)
    x, noise = to_tensor(data.x, 255), torch.Generator().manual_seed(0)
    with torch.no_grad():
        one = model.terms(x, noise, 500)
        parts = torch.stack([iwae(model.terms(x, noise, 5)) for _ in range(100)])
        many = torch.stack([iwae(model.terms(x, noise, 50)) for _ in range(10)])
    bounds = [float(v.mean()) for v in (elbo(one), parts, many)]
    assert bounds == sorted(bounds)
    assert bounds[0] < bounds[2] - 0.05


def test_monte_carlo_kl_has_gradients() -> None:
    mean, logvar, eps = inputs()
    assert torch.autograd.gradcheck(
        lambda m, s: monte_carlo_kl(terms_of(m, s, eps)), (mean, logvar)
    )


def test_elbo_is_reconstruction_less_kl() -> None:
    terms = terms_of(*inputs())
    assert terms.kl is not None
    torch.testing.assert_close(elbo(terms, 2.0), terms.log_px.mean(0) - 2.0 * terms.kl)


def test_closed_form_and_monte_carlo_agree_in_expectation() -> None:
    mean, logvar, _ = inputs()
    eps = torch.randn(50_000, B, D, dtype=torch.float64)
    terms = terms_of(mean, logvar, eps)
    ratio = terms.log_qz - terms.log_pz
    closed = divergence(terms)
    assert closed is not None
    assert ((monte_carlo_kl(terms) - closed).abs() < 4 * ratio.std(0) / len(eps) ** 0.5).all()


def test_a_point_posterior_has_no_divergence() -> None:
    data = toy_dataset(8)
    model = build(ModelConfig(preset="ae", hidden=16), data.preparation, seed=0)
    terms = model.terms(torch.rand(8, 1, 8, 8))
    assert divergence(terms) is None
    torch.testing.assert_close(
        elbo(terms), objectives["reconstruction"](terms, 1.0, ObjectiveSettings())
    )


WHOLE = [(name, "mlp") for name in presets if name != "vq-vae"]  # its gradient is no derivative


@pytest.mark.parametrize(("preset", "body"), [*WHOLE, ("vae", "conv"), ("vae", "burda")])
def test_gradients_through_a_whole_model(preset: str, body: str) -> None:
    """Of every piece's own numbers, with the noise fixed and the weights anywhere."""
    data = toy_dataset(3)
    options = {"flow_steps": 1.0} if preset == "flow-vae" else {}
    config = ModelConfig(preset, body, hidden=4, options=options)
    model = build(config, data.preparation, seed=0).double().eval()
    with torch.no_grad():
        for parameter in model.posterior.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter).double())
    x = torch.rand(2, 1, 8, 8, dtype=torch.float64)
    moved = {
        name: parameter
        for name, parameter in model.named_parameters()
        if name.startswith(("posterior", "prior", "likelihood")) and parameter.numel() <= 256
    }

    def value(*weights: Tensor) -> Tensor:
        noise = torch.Generator().manual_seed(0)
        swapped = {f"model.{name}": w for name, w in zip(moved, weights, strict=True)}
        whole = _Whole(model, presets[preset].objective, noise)
        return torch.func.functional_call(whole, swapped, (x,))

    assert torch.autograd.gradcheck(value, tuple(moved.values()))


class _Whole(torch.nn.Module):
    def __init__(self, model: Autoencoder, objective: str, noise: torch.Generator) -> None:
        super().__init__()
        self.model, self.objective, self.noise = model, objectives[objective], noise

    def forward(self, x: Tensor) -> Tensor:
        return self.objective(self.model.terms(x, self.noise, 2), 1.0, ObjectiveSettings())
