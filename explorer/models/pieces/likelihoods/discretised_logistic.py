"""The logistic mass of each level, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.likelihoods import LikelihoodPiece, likelihood_pieces


@likelihood_pieces.register("discretised-logistic")
@dataclass(frozen=True)
class DiscretisedLogistic(LikelihoodPiece):
    """discretised logistic."""

    name = "discretised-logistic"
    title = "discretised logistic"
    order = 25
    help = (
        "A probability for each level of brightness: a logistic's mass from half a step below it to"
        " half a step above, its width told for each pixel (Salimans et al. 2017)."
    )
    formula = (
        r"-\log p = -\sum_i \log (\sigma(\frac{x_i + h - m_i}{s_i})"
        r" - \sigma(\frac{x_i - h - m_i}{s_i}))"
    )
    of_bounded = True
    of_levels = True
    measure = "probability"
