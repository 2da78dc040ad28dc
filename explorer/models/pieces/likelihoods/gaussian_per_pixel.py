"""The Gaussian with a sigma for each pixel, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.likelihoods import LikelihoodPiece, likelihood_pieces


@likelihood_pieces.register("gaussian-per-pixel")
@dataclass(frozen=True)
class PerPixelGaussian(LikelihoodPiece):
    """Gaussian, a sigma for each pixel."""

    name = "gaussian-per-pixel"
    title = "Gaussian, a sigma for each pixel"
    order = 60
    help = (
        "A sigma for each pixel from the decoder: where the fit is exact sigma runs to 0"
        " and the bound up; a floor holds it at e\u207b\u2076."
    )
    formula = (
        r"-\log p = \frac{1}{2} \sum_i (\frac{(x_i - m_i)^2}{\sigma_i^2} + 2\log \sigma_i"
        r" + \log 2\pi)"
    )
    warning = (
        "Sigma may run to 0 where the fit is exact: the bound rises and the samples get worse."
    )
