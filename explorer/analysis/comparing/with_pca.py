"""The model against PCA with as many components: the JSON of ``latent-explorer compare``."""

from __future__ import annotations

import numpy as np

from explorer.analysis import cautions, pca
from explorer.analysis.basis import Values, described_likelihood, measured_on
from explorer.analysis.comparing import neighbourhoods
from explorer.analysis.passes import Index, parts_of, split_index
from explorer.analysis.pca import Pca
from explorer.analysis.reconstructions import Reconstructed, errors_of, reconstructed
from explorer.data.dataset import Dataset, Floats
from explorer.models import autoencoder
from explorer.models.autoencoder import Autoencoder
from explorer.models.config import ModelSnapshot
from explorer.models.encoding import encode
from explorer.task import NO_TASK, Task


def compare(
    snapshot: ModelSnapshot,
    dataset: Dataset,
    task: Task = NO_TASK,
    *,
    split: str = "test",
    module: Autoencoder | None = None,
) -> Values:
    """The keys of docs/commands.md; both sides see the same samples of ``split``.

    PCA is fitted on the training part. Accuracies are of 5 neighbours among the training part's
    codes, null without labels. module: the live model of ``snapshot``, where there is one already.
    """
    data = measured_on(dataset)
    model = autoencoder.from_snapshot(snapshot) if module is None else module
    index = split_index(data, split)
    linear = pca.fit(data, snapshot.config.latent_dim, task)
    seen = reconstructed(model, data, index, linear, task)
    theirs = _of_training(model, data, index, linear, seen, task)
    codes, scores = (theirs[0], seen.codes.mean), (theirs[1], seen.scores)
    found: Values = {
        "k": len(linear),
        **errors_of(seen),
        **neighbourhoods.measured(data, index, codes, scores, "pca"),
        **neighbourhoods.beside_raw(data, index, codes),
        "n": len(index),
        "split": split,
        **described_likelihood(snapshot.config, dataset),
    }
    return _warned(found, data)


def _warned(found: Values, data: Dataset) -> Values:
    why = [*neighbourhoods.warnings_of(found, data, "pca"), *cautions.of_spreads(found)]
    return {**found, "warnings": why}


def _of_training(
    model: Autoencoder, dataset: Dataset, index: Index, linear: Pca, seen: Reconstructed, task: Task
) -> tuple[Floats, Floats]:
    """Codes and scores of the training part; those at ``index`` have been ``seen``."""
    train = dataset.train_index
    others = np.setdiff1d(train, index)
    found = encode(model, dataset, others, task).mean, scores_of(linear, dataset, others, task)
    row = np.empty(len(dataset), np.int64)
    row[others], row[index] = np.arange(len(others)), len(others) + np.arange(len(index))
    known = seen.codes.mean, seen.scores
    codes, scores = (np.concatenate(pair)[row[train]] for pair in zip(found, known, strict=True))
    return codes, scores


def scores_of(linear: Pca, dataset: Dataset, index: Index, task: Task = NO_TASK) -> Floats:
    """PCA scores of the samples at ``index``: (m, k)."""
    scores = np.empty((len(index), len(linear)), np.float32)
    for part in parts_of(index, task, "projecting"):
        scores[part] = linear.project(dataset.unit(index[part]))
    return scores
