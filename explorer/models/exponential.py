"""The continuous Bernoulli as an exponential family in its logit t.

Loaiza-Ganem & Cunningham 2019.
With lambda = sigmoid(t) its density is exp(x t - A(t)) on [0, 1], where
    A(t) = log((e^t - 1) / t) = t/2 + log(sinh(u) / u),   u = t/2,
which equals the paper's form, log C = log(2 atanh(1-2 lambda) / (1-2 lambda)) included. Its mean is
    A'(t) = 1/2 + (coth(u) - 1/u) / 2.
Both are even or odd in u around a removable singularity at 0, where Taylor series take over.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

NEAR = 0.2  # |u| below which the series is used: its error there is under 1e-10


def log_partition(t: Tensor) -> Tensor:
    """A(t), stable for every finite t; any shape."""
    u = 0.5 * t
    near = u.abs() < NEAR
    far = torch.where(near, NEAR, u.abs())
    square = torch.where(near, u, 0.0).square()
    log_sinh = far + torch.log(-torch.expm1(-2.0 * far)) - math.log(2.0)
    series = square / 6 - square**2 / 180 + square**3 / 2835 - square**4 / 37800
    return u + torch.where(near, series, log_sinh - torch.log(far))


def continuous_bernoulli_mean(t: Tensor) -> Tensor:
    """E[x] = A'(t), in (0, 1); any shape."""
    u = 0.5 * t
    near = u.abs() < NEAR
    far = torch.where(near, NEAR, u)
    square = torch.where(near, u, 0.0).square()
    slope = 1 / 3 - square / 45 + square**2 * (2 / 945) - square**3 / 4725
    langevin = torch.where(near, u * slope, 1.0 / torch.tanh(far) - 1.0 / far)
    return 0.5 + 0.5 * langevin


class _LogProb(torch.autograd.Function):
    """sum(x t - A(t)) with the gradient x - A'(t) written out: half the passes over memory."""

    @staticmethod
    def forward(ctx: Any, t: Tensor, x: Tensor) -> Tensor:
        ctx.save_for_backward(t, x)
        return (x * t - log_partition(t)).flatten(-3).sum(-1)

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
