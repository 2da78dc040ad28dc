"""The Gaussian whose sigma is the best one, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.likelihoods import LikelihoodPiece, likelihood_pieces


@likelihood_pieces.register("gaussian-optimal")
@dataclass(frozen=True)
class OptimalGaussian(LikelihoodPiece):
    """Gaussian, optimal sigma."""

    name = "gaussian-optimal"
    title = "Gaussian, optimal sigma"
    order = 50
    help = "Sigma is set to its best value for each batch (Rybkin et al. 2021)."
    formula = r"\sigma_*^2 = \frac{1}{D} \sum_i (x_i - m_i)^2, \; -\log p = D \log \sigma_* + const"
