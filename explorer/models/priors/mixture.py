"""A mixture of Gaussians with learned means, variances and weights: the plane falls into groups."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from explorer.models.priors import Prior, priors

LOG_2PI = math.log(2.0 * math.pi)
LOGVAR_FLOOR = -8.0  # a component stays wider than this
SPREAD, LOGVAR = 0.8, -1.0  # of a fresh mixture: together about N(0, I)


@priors.register("mixture")
class Mixture(Prior):
    """p(z) = sum_k pi_k N(z; m_k, diag s_k^2); its KL has no closed form.

    ``lr_scale`` lets the components keep up with the codes: Adam moves a parameter by about the
    learning rate a step, and a component has a plane to cross.
    """

    lr_scale = 10.0

    def __init__(self, latent_dim: int, *, components: float = 10) -> None:
        super().__init__(latent_dim)
        shape = (max(1, int(components)), latent_dim)
        self.free_mean = nn.Parameter(torch.zeros(shape))
        self.free_logvar = nn.Parameter(torch.full(shape, LOGVAR / self.lr_scale))
        self.free_weight = nn.Parameter(torch.zeros(shape[0]))

    def reset(self, generator: torch.Generator) -> None:
        """Means here and there."""
        nn.init.normal_(self.free_mean, std=SPREAD / self.lr_scale, generator=generator)

    @property
    def means(self) -> Tensor:
        """m: (K, d)."""
        return self.lr_scale * self.free_mean

    @property
    def logvars(self) -> Tensor:
        """2 log s, above their floor by softplus: (K, d)."""
        return LOGVAR_FLOOR + softplus(self.lr_scale * self.free_logvar - LOGVAR_FLOOR)

    @property
    def log_weights(self) -> Tensor:
        """log pi: (K,)."""
        return torch.log_softmax(self.lr_scale * self.free_weight, 0)

    def sample(self, n: int, generator: torch.Generator | None = None) -> Tensor:
        """A component, then a point of it."""
        picked = torch.multinomial(self.log_weights.exp(), n, replacement=True, generator=generator)
        eps = self.means.new_empty(n, self.latent_dim).normal_(generator=generator)
        return self.means[picked] + (0.5 * self.logvars[picked]).exp() * eps

    def log_prob(self, z: Tensor) -> Tensor:
        """logsumexp_k(log pi_k + log N(z; m_k, s_k))."""
        logvar = self.logvars
        squares = (z[..., None, :] - self.means).square() * (-logvar).exp()  # (..., K, d)
        per_component = -0.5 * (squares + logvar + LOG_2PI).sum(-1)
        return (self.log_weights + per_component).logsumexp(-1)
