"""The Gaussian mass of each level, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.likelihoods import LikelihoodPiece, likelihood_pieces


@likelihood_pieces.register("discretised-gaussian")
@dataclass(frozen=True)
class DiscretisedGaussian(LikelihoodPiece):
    """discretised Gaussian."""

    name = "discretised-gaussian"
    title = "discretised Gaussian"
    order = 27
    help = (
        "A probability for each level of brightness: a Gaussian's mass from half a step below it to"
        " half a step above, with one learned sigma (Ho et al. 2020)."
    )
    formula = (
        r"-\log p = -\sum_i \log (\Phi(\frac{x_i + h - m_i}{\sigma})"
        r" - \Phi(\frac{x_i - h - m_i}{\sigma}))"
    )
    of_bounded = True
    of_levels = True
    measure = "probability"
