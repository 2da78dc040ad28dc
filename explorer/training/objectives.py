"""What training maximises: functions of log p(x|z), log p(z) and log q(z|x), blind to the model.

Each takes `Terms` with L draws for B samples and a weight beta, and returns nats per sample: (B,).
See math section 4.
"""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor

from explorer.models.autoencoder import Terms
from explorer.registry import Registry

Objective = Callable[[Terms, float], Tensor]
objectives: Registry[Objective] = Registry("objective")


@objectives.register("elbo")
def elbo(terms: Terms, beta: float = 1.0) -> Tensor:
    """E_q[log p(x|z)] - beta KL(q || p), the KL in closed form where there is one."""
    kl = divergence(terms)
    return terms.log_px.mean(0) if kl is None else terms.log_px.mean(0) - beta * kl


@objectives.register("reconstruction")
def reconstruction(terms: Terms, beta: float = 1.0) -> Tensor:
    """E_q[log p(x|z)] alone, as a plain autoencoder has it; beta weighs nothing here."""
    return terms.log_px.mean(0)


def divergence(terms: Terms) -> Tensor | None:
    """KL(q || p): closed form, else Monte Carlo: (B,). None where the posterior has no density."""
    if not terms.posterior.has_density:
        return None
    return monte_carlo_kl(terms) if terms.kl is None else terms.kl


def monte_carlo_kl(terms: Terms) -> Tensor:
    """mean over draws of log q(z|x) - log p(z): (B,)."""
    return (terms.log_qz - terms.log_pz).mean(0)
