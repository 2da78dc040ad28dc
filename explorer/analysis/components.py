"""How many principal components data has, by samples that they were not fitted to.

The error of reconstruction falls with every component, of held-out samples, too, so that it chooses
none (Bro et al. 2008). What a density or a prediction needs does not: a component that fits the
training samples alone makes either worse.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count, takewhile

import numpy as np
from numpy.typing import NDArray

from explorer.analysis import pca, ppca
from explorer.analysis.pca import Pca
from explorer.data.dataset import Dataset, Floats
from explorer.errors import DataError
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

MOST = 64  # components, as latent dimensions
TOLD = np.finfo(np.float32).eps  # share that components leave of a feature without telling it


def by_likelihood(parted: Dataset, task: Task = NO_TASK) -> int:
    """The number of components whose probabilistic PCA makes the held-out part likeliest.

    Of all there can be, 1 at least. Raises DataError where there is nothing to choose: one feature,
    or fewer than three samples, or none that are held out.
    """
    linear, rows = _fitted(parted, task)
    found = likelihoods(linear, rows)
    if not found:
        raise _too_little(parted)
    return max(found, key=lambda k: found[k])


def by_prediction(parted: Dataset, task: Task = NO_TASK) -> int:
    """Components as long as each makes the held-out part's features easier to tell from the others.

    Wold's rule with the "eigenvector" scheme of Bro et al. 2008: the first number that the next one
    does not improve on. Raises DataError as `by_likelihood` does.
    """
    errors = predictions(*_fitted(parted, task))
    worse = np.flatnonzero(np.diff(errors) >= 0.0)
    return int(worse[0]) + 1 if len(worse) else len(errors)


def likelihoods(linear: Pca, rows: Floats) -> Mapping[int, float]:
    """Mean log density in nats of rows (m, D) under k components, for each k that leaves noise."""
    noisy = takewhile(lambda k: ppca.has_noise(linear, k), count(1))
    return {k: float(ppca.log_likelihood(linear, k, rows).mean()) for k in noisy}


def predictions(linear: Pca, rows: Floats) -> Doubles:
    """Mean squared error of features of rows (m, D), each told from the others, for 1, .. k: (k,).

    The scores are those that fit the others best; what then misses is the residual over 1 - h, h
    the share of the feature in the components, as where a sample is left out of a regression.
    """
    left = rows.astype(np.float64) - linear.mean
    share, errors = np.zeros(left.shape[1]), np.empty(len(linear))
    for k, component in enumerate(linear.components.astype(np.float64)):
        left -= np.outer(left @ component, component)
        share += component**2
        errors[k] = np.square(left / np.maximum(1.0 - share, TOLD)).mean()
    return errors


def _fitted(parted: Dataset, task: Task) -> tuple[Pca, Floats]:
    """As many components as leave a direction for noise, and rows that they were not fitted to."""
    most = min(MOST, len(parted.train_index) - 2, parted.preparation.features - 1)
    if most < 1 or not len(parted.test_index):
        raise _too_little(parted)
    return pca.fit(parted, most, task), parted.unit(parted.test_index)


def _too_little(parted: Dataset) -> DataError:
    return DataError(
        "there is too little data to choose a number of components",
        where=parted.name,
        remedy="give more samples",
    )
