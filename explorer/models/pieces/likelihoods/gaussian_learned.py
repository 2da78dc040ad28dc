"""The Gaussian with one learned sigma, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.likelihoods import GAUSSIAN, LikelihoodPiece, likelihood_pieces


@likelihood_pieces.register("gaussian-learned")
@dataclass(frozen=True)
class LearnedGaussian(LikelihoodPiece):
    """Gaussian, one learned sigma."""

    name = "gaussian-learned"
    title = "Gaussian, one learned sigma"
    order = 10
    help = "One sigma for all features, learned with the weights (Rybkin et al. 2021)."
    formula = GAUSSIAN
