"""What every number is of: the data as it is measured, and the honest name of the likelihood."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.data.binarising import fixed_draw, is_binary
from explorer.data.dataset import Dataset
from explorer.models.config import ModelConfig
from explorer.models.pieces.likelihoods import likelihood_pieces
from explorer.models.presets import presets

Values = dict[str, object]


def measured_on(dataset: Dataset) -> Dataset:
    """Where pixels are drawn anew each epoch one fixed draw of them, else the data as it is."""
    return fixed_draw(dataset)


def labels_of(dataset: Dataset, index: NDArray[np.int64]) -> NDArray[np.str_]:
    """The class names of the samples at ``index``, empty where there are none: (m,)."""
    if dataset.labels is None:
        return np.full(len(index), "")
    return np.array(dataset.classes)[dataset.labels[index]]


def described_likelihood(config: ModelConfig, dataset: Dataset) -> Values:
    """What the numbers are nats of. A Bernoulli on grey values is no likelihood, and says so."""
    name = presets[config.preset].likelihood_for(config.likelihood, dataset.kind)
    how = dataset.preparation.binarisation
    title = likelihood_pieces[name].title_for(binary=is_binary(dataset))
    honest = title if "not a likelihood" in title else name
    return {"likelihood": honest, "likelihood_title": title, "binarisation": how}
