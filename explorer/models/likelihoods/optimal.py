"""The Gaussian whose sigma is always the best one (Rybkin et al. 2021)."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from explorer.models.likelihoods import Link, likelihoods, summed
from explorer.models.likelihoods.gaussian import LOG_2PI, LOG_SIGMA_FLOOR, START, Gaussian

RATE = 0.01  # of a step in the kept value: a memory of 100 steps


@likelihoods.register("gaussian-optimal")
class OptimalGaussian(Gaussian):
    """sigma*^2 = mean((x - m)^2), over the batch and all features while training.

    So the reconstruction term is D/2 (log 2 pi sigma*^2 + 1), with no parameter to learn. In eval
    mode a *kept* sigma scores: the running mean of sigma*^2 over the training steps. What is said
    of a sample then does not depend on those it is measured with, and p(x|z) is one density.
    """

    kept: Tensor
    seen: Tensor

    def __init__(self, link: Link = torch.sigmoid) -> None:
        super().__init__(link)
        self.register_buffer("kept", torch.tensor(math.exp(2.0 * START)))  # sigma^2
        self.register_buffer("seen", torch.tensor(0))  # steps

    def log_sigma(self) -> Tensor:
        """Of the kept value, not below its floor."""
        return _log_sigma(self.kept)

    def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
        """-1/2 sum of (x - m)^2 / sigma^2 + 2 log sigma + log 2 pi, sigma as the class says."""
        if not self.training:
            return super().log_prob(raw, x)
        squares = (self.link(raw) - x).square()
        mean = squares.mean()
        self._keep(mean.detach())
        log_sigma = _log_sigma(mean)
        constant = x[0].numel() * (log_sigma + 0.5 * LOG_2PI)
        return -0.5 * summed(squares) * (-2.0 * log_sigma).exp() - constant

    def log_prob_(self, raw: Tensor, x: Tensor) -> Tensor:
        """In training sigma is that of the batch, as above."""
        return self.log_prob(raw, x) if self.training else super().log_prob_(raw, x)

    def _keep(self, mean: Tensor) -> None:
        """Take this step's sigma^2 into the running mean; the first ones count evenly."""
        self.seen += 1
        self.kept.lerp_(mean.to(self.kept.dtype), (1.0 / self.seen).clamp_min(RATE))


def _log_sigma(variance: Tensor) -> Tensor:
    return 0.5 * variance.clamp_min(math.exp(2.0 * LOG_SIGMA_FLOOR)).log()
