"""The continuous Bernoulli as an exponential family in its logit t.

Loaiza-Ganem & Cunningham 2019.
With lambda = sigmoid(t) its density is exp(x t - A(t)) on [0, 1], where
    A(t) = log((e^t - 1) / t) = t/2 + log(sinh(u) / u),   u = t/2,
which equals the paper's form, log C = log(2 atanh(1-2 lambda) / (1-2 lambda)) included. Its mean is
    A'(t) = 1/2 + (coth(u) - 1/u) / 2.
Both have a removable singularity at 0, where the mean's Taylor series takes over.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

NEAR = 0.2  # |u| below which the series is used: its error there is under 1e-10
TINY = 1e-6  # |t| below which A(t) is within 5e-7 of 0


def log_partition(t: Tensor) -> Tensor:
    """A(t) = relu(t) + log((1 - e^-|t|) / |t|), to 1e-6 for every finite t; any shape.

    Its slope is `continuous_bernoulli_mean`, not what autograd makes of |t| around 0.
    """
    size = t.abs().clamp_min(TINY)
    return torch.relu(t) + torch.log(-torch.expm1(-size) / size)


def continuous_bernoulli_mean(t: Tensor) -> Tensor:
    """E[x] = A'(t), in (0, 1); any shape."""
    u = 0.5 * t
    near = u.abs() < NEAR
    far = torch.where(near, NEAR, u)
    square = torch.where(near, u, 0.0).square()
    slope = 1 / 3 - square / 45 + square**2 * (2 / 945) - square**3 / 4725
    langevin = torch.where(near, u * slope, 1.0 / torch.tanh(far) - 1.0 / far)
    return 0.5 + 0.5 * langevin


def _log_ratio_sum(t: Tensor) -> Tensor:
    """sum of log((1 - e^-|t|) / |t|): (..., D) -> (...), with a logarithm for four features.

    The ratios lie in (1 / |t|, 1], so that the product of four stays a normal number up to
    |t| = 1e9.
    """
    size = t.abs().clamp_(min=TINY)
    ratio = torch.expm1(-size).div_(size).neg_()
    for _ in range(2):
        half = ratio.shape[-1] // 2
        if 2 * half == ratio.shape[-1]:
            ratio = ratio[..., :half] * ratio[..., half:]
    return ratio.log_().sum(-1)


class _LogProb(torch.autograd.Function):
    """sum(x t - A(t)) with the gradient x - A'(t) written out: half the passes over memory."""

    @staticmethod
    def forward(ctx: Any, t: Tensor, x: Tensor) -> Tensor:
        ctx.save_for_backward(t, x)
        bent = _log_ratio_sum(t.flatten(-3))
        return (x * t).sub_(torch.relu(t)).flatten(-3).sum(-1) - bent

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None]:
        t, x = ctx.saved_tensors
        residual = x - continuous_bernoulli_mean(t)  # (L, B, C, H, W)
        return residual * grads[0][..., None, None, None], None


def continuous_bernoulli_log_prob(t: Tensor, x: Tensor) -> Tensor:
    """log p(x|t), summed over features: (L, B, C, H, W), (B, C, H, W) -> (L, B).

    x gets no gradient.
    """
    return _LogProb.apply(t, x)  # type: ignore[no-any-return, no-untyped-call]
