"""The Bernoulli, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.likelihoods import LikelihoodPiece, likelihood_pieces


@likelihood_pieces.register("bernoulli")
@dataclass(frozen=True)
class Bernoulli(LikelihoodPiece):
    """Bernoulli."""

    name = "bernoulli"
    title = "Bernoulli"
    order = 30
    help = "A probability where x is 0 or 1."
    formula = r"-\log p = -\sum_i (x_i \log p_i + (1 - x_i) \log(1 - p_i))"
    of_bounded = True
    measure = "probability"
    grey_title = "cross-entropy (not a likelihood)"
    grey_formula = r"-\sum_i (x_i \log p_i + (1 - x_i) \log(1 - p_i))"
    grey_help = (
        "On grey values this is a cross-entropy, not a likelihood: its nats are no density and"
        " compare with no other likelihood's."
    )
    grey_warning = (
        "Grey values: a cross-entropy, not a likelihood. Binarise the data, or take the"
        " continuous Bernoulli."
    )
