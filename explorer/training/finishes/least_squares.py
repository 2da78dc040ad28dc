"""Two linear layers at the least squared error that they can have (theory, section 6)."""

from __future__ import annotations

import numpy as np

from explorer.training.finishes import Between, finishes
from explorer.training.finishes.linear_layers import (
    Doubles,
    affine,
    give,
    leading,
    linear_layer,
    moments,
    weight_of,
)
from explorer.training.run import Run

SHORTEST = 1e-3  # of the longest direction of the codes: what a code can still be read from


@finishes.register("least squares")
def least_squares(run: Run, between: Between) -> None:
    """The decoder's columns span the leading eigenvectors of the covariance of the training part.

    That is where the error is least (Baldi & Hornik 1989). What is free stays as learned: the
    coordinates inside the subspace, and the code of the mean sample.
    """
    encoder, decoder = linear_layer(run.model.posterior), linear_layer(run.model.decoder)
    (mean, _), learned = moments(run, between), weight_of(decoder)  # (D,), (D, d)
    middle = affine(encoder, mean)  # (d,)
    _, basis = leading(run, mean, learned, between)
    weights = basis @ _readable(basis.T @ learned)
    back = np.asarray(np.linalg.pinv(weights), np.float64)
    give(decoder, weights, mean - weights @ middle)
    give(encoder, back, middle - back @ mean)


def _readable(inside: Doubles) -> Doubles:
    """The same coordinates, none of them too short to be read from a sample: (d, d)."""
    left, lengths, right = np.linalg.svd(inside, full_matrices=False)
    readable: Doubles = (left * lengths.clip(SHORTEST * max(lengths.max(), SHORTEST))) @ right
    return readable
