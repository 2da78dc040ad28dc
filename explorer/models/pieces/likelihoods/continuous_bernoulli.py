"""The continuous Bernoulli, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.likelihoods import LikelihoodPiece, likelihood_pieces


@likelihood_pieces.register("continuous-bernoulli")
@dataclass(frozen=True)
class ContinuousBernoulli(LikelihoodPiece):
    """continuous Bernoulli."""

    name = "continuous-bernoulli"
    title = "continuous Bernoulli"
    order = 20
    help = (
        "A density for grey values in [0, 1]; what is shown is its mean A'(t), not its"
        " parameter (Loaiza-Ganem & Cunningham 2019)."
    )
    formula = r"-\log p = -\sum_i (x_i t_i - A(t_i)), \; A(t) = \log \frac{e^t - 1}{t}"
    of_bounded = True
    warning = (
        "Without a bound where pixels are exactly 0 or 1: on even backgrounds"
        " the codes drift outwards."
    )
