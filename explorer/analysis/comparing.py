"""The model against PCA with as many components: the JSON of ``latent-explorer compare``."""

from __future__ import annotations

import numpy as np

from explorer.analysis import cautions, pca, quality
from explorer.analysis.evaluating import Values, described_likelihood, measured_on
from explorer.analysis.passes import Index, parts_of, split_index
from explorer.analysis.pca import Pca
from explorer.analysis.quality import Score
from explorer.analysis.reconstructions import mean_errors
from explorer.data.dataset import Dataset, Floats
from explorer.models import autoencoder
from explorer.models.config import ModelSnapshot
from explorer.models.encoding import encode
from explorer.task import NO_TASK, Task


def compare(
    snapshot: ModelSnapshot, dataset: Dataset, task: Task = NO_TASK, *, split: str = "test"
) -> Values:
    """The keys of contract section 1; both sides see the same samples of ``split``.

    PCA is fitted on the training part. Accuracies are of 5 neighbours among the training part's
    codes, null without labels.
    """
    said = described_likelihood(snapshot.config, dataset)
    dataset = measured_on(dataset)
    model = autoencoder.from_snapshot(snapshot)
    index, train = split_index(dataset, split), dataset.train_index
    linear = pca.fit(dataset, snapshot.config.latent_dim, task)
    mse, pca_mse = mean_errors(model, dataset, index, linear, task)
    theirs = encode(model, dataset, train, task).mean, scores_of(linear, dataset, train, task)
    ours = encode(model, dataset, index, task).mean, scores_of(linear, dataset, index, task)
    some = quality.subsample(len(index), quality.MOST_PAIRS)
    rows = dataset.unit(index[some])
    trust, pca_trust = (quality.trustworthiness(rows, codes[some]) for codes in ours)
    knn, pca_knn = (
        _accuracy(dataset, train, index, *pair) for pair in zip(theirs, ours, strict=True)
    )
    found: Values = {
        "k": len(linear),
        "mse": mse,
        "pca_mse": pca_mse,
        "trustworthiness": trust.value,
        "pca_trustworthiness": pca_trust.value,
        "knn_accuracy": knn.value,
        "pca_knn_accuracy": pca_knn.value,
        "n": len(index),
        "split": split,
        "neighbours": quality.NEIGHBOURS,
        "trustworthiness_n": trust.n,
        "knn_n": knn.n,
        **said,
    }
    few = f"{trust.n} samples are too few for {quality.NEIGHBOURS} neighbours"
    vote = "the samples have no labels" if dataset.labels is None else "too few samples have labels"
    return {
        **found,
        "warnings": [
            *cautions.of_nulls(found, ("trustworthiness", "pca_trustworthiness"), few),
            *cautions.of_nulls(found, ("knn_accuracy", "pca_knn_accuracy"), vote),
        ],
    }


def scores_of(linear: Pca, dataset: Dataset, index: Index, task: Task = NO_TASK) -> Floats:
    """PCA scores of the samples at ``index``: (m, k)."""
    scores = np.empty((len(index), len(linear)), np.float32)
    for part in parts_of(index, task, "projecting"):
        scores[part] = linear.project(dataset.unit(index[part]))
    return scores


def _accuracy(dataset: Dataset, train: Index, index: Index, theirs: Floats, ours: Floats) -> Score:
    if dataset.labels is None:
        return Score(None, 0)
    return quality.knn_accuracy(theirs, dataset.labels[train], ours, dataset.labels[index])
