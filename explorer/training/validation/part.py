"""Which samples of the training part are kept out of the training. No torch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.data.dataset import Dataset
from explorer.data.steps.splitting import groups_of_equals, split
from explorer.errors import SettingsError, TrainingError
from explorer.training.config import TrainingConfig

Index = NDArray[np.int64]
FEWEST = 2  # that a spread is known of


def check_stop(config: TrainingConfig) -> None:
    """Raise SettingsError where a training is to stop by a validation part that it has not."""
    if config.stop_when_converged and not config.validation:
        raise SettingsError(
            "stop_when_converged needs a validation part to judge by",
            remedy="give one, as in validation=0.1",
        )


def cut(dataset: Dataset, config: TrainingConfig) -> tuple[Index, Index]:
    """Positions of what is learned and of what is kept out, both rising; without a share: none.

    Stratified by class, drawn by the seed, equal samples on one side. The test part has no say.
    Raises TrainingError where too few would be on either side.
    """
    index = dataset.train_index
    if not config.validation:
        return index, index[:0]
    labels = None if dataset.labels is None else dataset.labels[index]
    groups = groups_of_equals(dataset.x[index])
    out = split(labels, groups, config.validation, seed=config.seed)
    if out.sum() < FEWEST or out.all():
        raise TrainingError(
            f"{config.validation:g} of {len(index)} training samples is no validation part",
            where=dataset.name,
            remedy="take a larger share, or 0 for none",
        )
    return index[~out], index[out]
