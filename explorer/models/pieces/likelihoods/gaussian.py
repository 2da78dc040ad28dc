"""The Gaussian of fixed sigma, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.config import setting
from explorer.models.pieces.likelihoods import GAUSSIAN, LikelihoodPiece, likelihood_pieces


@likelihood_pieces.register("gaussian")
@dataclass(frozen=True)
class FixedGaussian(LikelihoodPiece):
    """Gaussian, fixed sigma."""

    name = "gaussian"
    title = "Gaussian, fixed sigma"
    order = 40
    help = (
        "Sigma is fixed: the reconstruction is the summed squared error over 2\u03c3\u00b2"
        " and a constant."
    )
    formula = GAUSSIAN

    sigma: float = setting(
        1.0,
        "Sigma",
        'Sigma of the likelihood "gaussian", in the units of x.',
        low=1e-6,
        high=1000.0,
        of_data=True,
    )
