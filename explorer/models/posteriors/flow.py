"""Inverse autoregressive flow (Kingma et al. 2016): a Gaussian bent by a chain of steps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import torch
from torch import Tensor, nn

from explorer.models.bodies import initialise_layer
from explorer.models.posteriors import Posterior, posteriors
from explorer.models.posteriors.diagonal import DiagonalGaussian, DiagonalLayer

HIDDEN = 64  # units of a step
STRONGEST = 3.0  # |log of the factor| of one step stays below


class Step(nn.Module):
    """z'_j = m_j + exp(s_j) z_j, where m_j and s_j see z_1 .. z_{j-1} and the features.

    One masked hidden layer (Germain et al. 2015). z_1 sees nothing but constants, so that with one
    dimension the posterior stays a Gaussian.
    """

    below: Tensor
    upto: Tensor

    def __init__(self, width: int, latent_dim: int) -> None:
        super().__init__()
        self.latent_dim = latent_dim
        self.context = nn.Linear(width, HIDDEN)
        self.inputs = nn.Linear(latent_dim, HIDDEN, bias=False)
        self.outputs = nn.Linear(HIDDEN, 2 * latent_dim)
        degree = torch.arange(HIDDEN, device="cpu") % max(1, latent_dim - 1)  # sees z_0 .. z_degree
        place = torch.arange(latent_dim, device="cpu")
        upto = (place <= degree[:, None]).float()  # (H, d)
        below = (degree < place[:, None]).float().repeat(2, 1)  # (2 d, H)
        self.register_buffer("upto", upto, persistent=False)
        self.register_buffer("below", below, persistent=False)

    def reset(self, generator: torch.Generator) -> None:
        """A fresh step changes nothing."""
        for layer in (self.context, self.inputs, self.outputs):
            initialise_layer(layer, generator)
        nn.init.zeros_(self.outputs.weight)

    def told(self, features: Tensor) -> Tensor:
        """What the step hears of the sample: (B, width) -> (B, H)."""
        return self.context(features)  # type: ignore[no-any-return]

    def shift_and_log_scale(self, z: Tensor, told: Tensor) -> tuple[Tensor, Tensor]:
        """m, s: (..., B, d), (B, H) -> (..., B, d) each."""
        seen = nn.functional.linear(z, self.inputs.weight * self.upto)
        hidden = nn.functional.silu(seen + told)
        weight = self.outputs.weight * self.below
        shift, free = nn.functional.linear(hidden, weight, self.outputs.bias).chunk(2, -1)
        return shift, STRONGEST * torch.tanh(free / STRONGEST)

    def inverse(self, z: Tensor, told: Tensor) -> tuple[Tensor, Tensor]:
        """The z that the step took here, dimension by dimension, and its log|det J|."""
        before = torch.zeros_like(z)
        place = torch.arange(self.latent_dim, device=z.device)
        for j in range(self.latent_dim):  # round j settles dimension j
            shift, log_scale = self.shift_and_log_scale(before, told)
            before = torch.where(place <= j, (z - shift) * (-log_scale).exp(), 0.0)
        return before, log_scale.sum(-1)


class FlowPosterior(Posterior):
    """log q(z_T) = log q(z_0) - sum_t log|det J_t|, z_0 from a diagonal Gaussian.

    told: what each step hears of the samples, (B, H) each. log_unit: (d,), of the last factor.
    A drawn z carries its density; that of any other z takes d passes through every step.
    """

    tilted = True
    carries_log_prob = True

    def __init__(
        self,
        base: DiagonalGaussian,
        steps: Sequence[Step],
        told: Sequence[Tensor],
        log_unit: Tensor,
    ) -> None:
        self.base, self.log_unit = base, log_unit
        self._chain = list(zip(steps, told, strict=True))

    def push(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """Through all steps, and sum_t log|det J_t|: (..., B, d) -> (..., B, d), (..., B)."""
        log_det = -self.log_unit.sum().expand(z.shape[:-1])
        for step, told in self._chain:
            shift, log_scale = step.shift_and_log_scale(z, told)
            z = (shift + log_scale.exp() * z).flip(-1)  # the next one sees them the other way round
            log_det = log_det + log_scale.sum(-1)
        return z * (-self.log_unit).exp(), log_det

    def pull(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """The way back: the base's z_0 and the same log-determinant."""
        log_det = -self.log_unit.sum().expand(z.shape[:-1])
        z = z * self.log_unit.exp()
        for step, told in reversed(self._chain):
            z, more = step.inverse(z.flip(-1), told)
            log_det = log_det + more
        return z, log_det

    def sample(self, generator: torch.Generator | None = None, draws: int = 1) -> Tensor:
        """Draws of the base, pushed."""
        return self.push(self.base.sample(generator, draws))[0]

    def sample_with_log_prob(
        self, generator: torch.Generator | None = None, draws: int = 1
    ) -> tuple[Tensor, Tensor]:
        """Draws of the base, pushed, with their density."""
        start = self.base.sample(generator, draws)
        z, log_det = self.push(start)
        return z, self.base.log_prob(start) - log_det

    def log_prob(self, z: Tensor) -> Tensor:
        """Of any z, by the way back."""
        start, log_det = self.pull(z)
        return self.base.log_prob(start) - log_det

    @cached_property
    def _moments(self) -> tuple[Tensor, Tensor]:
        """Mean and covariance from 2 d points mu_0 +- sqrt(d) sigma_0: (B, d), (B, d, d).

        The cubature rule of Arasaratnam & Haykin 2009: exact where the flow is affine, and for the
        mean to third order.
        """
        d = self.base.mean.shape[-1]
        arms = d**0.5 * torch.diag_embed(self.base.std).transpose(0, 1)  # (d, B, d)
        points = self.push(self.base.mean + torch.cat([arms, -arms]))[0]  # (2 d, B, d)
        mean = points.mean(0)
        away = points - mean
        return mean, torch.einsum("kbi,kbj->bij", away, away) / (2 * d)

    @property
    def mean(self) -> Tensor:  # type: ignore[override]
        """E[z|x]: (B, d)."""
        return self._moments[0]

    @property
    def std(self) -> Tensor:  # type: ignore[override]
        """(B, d)."""
        return self._moments[1].diagonal(dim1=-2, dim2=-1).sqrt()

    def covariance(self) -> Tensor:
        """(B, d, d)."""
        return self._moments[1]


@posteriors.register("flow")
class FlowLayer(DiagonalLayer):
    """features -> a diagonal Gaussian and the chain that bends it, in units of its own."""

    def __init__(self, width: int, latent_dim: int, *, flow_steps: float = 4) -> None:
        super().__init__(width, latent_dim)
        self.steps = nn.ModuleList(Step(width, latent_dim) for _ in range(max(0, int(flow_steps))))

    def forward(self, features: Tensor) -> Posterior:
        """(B, width) -> flows."""
        steps = [step for step in self.steps if isinstance(step, Step)]
        base = DiagonalGaussian(*self.own_moments(features))
        log_unit = self.lr_scale * self.log_unit
        return FlowPosterior(base, steps, [step.told(features) for step in steps], log_unit)
