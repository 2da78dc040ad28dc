"""Objectives against their definitions, and their gradients, in float64 with fixed noise."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from explorer.models.autoencoder import Terms, build
from explorer.models.config import ModelConfig
from explorer.models.posteriors.diagonal import DiagonalGaussian
from explorer.models.priors.standard import StandardNormal
from explorer.training.objectives import divergence, elbo, monte_carlo_kl, objectives
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


@pytest.mark.parametrize("name", list(objectives))
@pytest.mark.parametrize("beta", [0.0, 1.0, 4.0])
def test_gradients(name: str, beta: float) -> None:
    mean, logvar, eps = inputs()

    def value(m: Tensor, s: Tensor) -> Tensor:
        return objectives[name](terms_of(m, s, eps), beta)

    assert torch.autograd.gradcheck(value, (mean, logvar))


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
    torch.testing.assert_close(elbo(terms), objectives["reconstruction"](terms, 1.0))


@pytest.mark.parametrize("body", ["mlp", "conv"])
def test_gradients_through_a_whole_model(body: str) -> None:
    data = toy_dataset(3)
    model = build(ModelConfig(body=body, hidden=4), data.preparation, seed=0).double().eval()
    x = torch.rand(2, 1, 8, 8, dtype=torch.float64)
    weight = model.posterior.get_parameter("linear.weight")

    def value(w: Tensor) -> Tensor:
        noise = torch.Generator().manual_seed(0)
        swapped = {"posterior.linear.weight": w}
        return torch.func.functional_call(_Elbo(model, noise), _prefixed(swapped), (x,))

    assert torch.autograd.gradcheck(value, (weight,))


class _Elbo(torch.nn.Module):
    def __init__(self, model: torch.nn.Module, noise: torch.Generator) -> None:
        super().__init__()
        self.model, self.noise = model, noise

    def forward(self, x: Tensor) -> Tensor:
        return elbo(self.model.terms(x, self.noise))  # type: ignore[operator]


def _prefixed(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    return {f"model.{name}": w for name, w in weights.items()}
