"""What training maximises: functions of log p(x|z), log p(z) and log q(z|x), blind to the model.

Each takes `Terms` with L draws for B samples and `ObjectiveSettings`, and returns nats per sample:
(B,), less the penalty that a posterior may carry. See theory, section 4.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from explorer.models.autoencoder import Terms
from explorer.registry import Registry


@dataclass(frozen=True)
class ObjectiveSettings:
    """What an objective does with the KL.

    closed: whether its closed form is used where there is one. free_bits: nats per dimension below
    which it costs nothing.
    """

    closed: bool = True
    free_bits: float = 0.0


PLAIN = ObjectiveSettings()
Objective = Callable[[Terms, float, ObjectiveSettings], Tensor]
objectives: Registry[Objective] = Registry("objective")


@objectives.register("elbo")
def elbo(terms: Terms, beta: float = 1.0, settings: ObjectiveSettings = PLAIN) -> Tensor:
    """E_q[log p(x|z)] - beta KL(q || p)."""
    value = terms.log_px.mean(0)
    kl = divergence(terms, closed=settings.closed)
    if kl is not None:
        value = value - beta * (_above(terms, kl, settings) if settings.free_bits else kl)
    return _penalised(value, terms)


@objectives.register("reconstruction")
def reconstruction(terms: Terms, beta: float = 1.0, settings: ObjectiveSettings = PLAIN) -> Tensor:
    """E_q[log p(x|z)] alone, as a plain autoencoder has it; beta weighs nothing here."""
    return _penalised(terms.log_px.mean(0), terms)


@objectives.register("iwae")
def iwae(terms: Terms, beta: float = 1.0, settings: ObjectiveSettings = PLAIN) -> Tensor:
    """L_K = logsumexp(log w) - log K over the K = L draws (Burda et al. 2015, equation 8).

    log w = log p(x|z) + beta (log p(z) - log q(z|x)); a bound for beta = 1, with one draw the ELBO.
    The KL has no place of its own here, so what ``settings`` says of it does not apply.
    """
    log_weight = terms.log_px + beta * (terms.log_pz - terms.log_qz)  # (K, B)
    return _penalised(log_weight.logsumexp(0) - math.log(len(log_weight)), terms)


def divergence(terms: Terms, *, closed: bool = True) -> Tensor | None:
    """KL(q || p): closed form, else Monte Carlo: (B,). None where the posterior has no density."""
    if not terms.posterior.has_density:
        return None
    if closed and terms.kl is not None:
        return terms.kl
    return monte_carlo_kl(terms)


def monte_carlo_kl(terms: Terms) -> Tensor:
    """mean over draws of log q(z|x) - log p(z): (B,)."""
    return (terms.log_qz - terms.log_pz).mean(0)


def _above(terms: Terms, kl: Tensor, settings: ObjectiveSettings) -> Tensor:
    """sum over j of max(free bits, KL_j), KL_j the mean over the batch (Kingma et al. 2016): ().

    Where the KL is sampled, or has no terms by dimension, all d dimensions share what is free.
    """
    per_dim = terms.kl_per_dim if settings.closed else None
    if per_dim is None:
        return kl.mean().clamp_min(settings.free_bits * terms.z.shape[-1])
    return per_dim.mean(0).clamp_min(settings.free_bits).sum()


def _penalised(value: Tensor, terms: Terms) -> Tensor:
    """Less what the posterior asks for."""
    penalty = terms.posterior.penalty
    return value if penalty is None else value - penalty
