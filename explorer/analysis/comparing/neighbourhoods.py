"""Who is next to whom, and of one kind, among the codes of two for the same samples."""

from __future__ import annotations

from explorer.analysis import cautions, quality
from explorer.analysis.basis import Values
from explorer.analysis.errors import Paired
from explorer.analysis.passes import Index
from explorer.data.dataset import Dataset


def measured(
    data: Dataset, index: Index, ours: quality.Codes, theirs: quality.Codes, called: str
) -> Values:
    """Both numbers of the samples at ``index``, with intervals; accuracies are of 5 neighbours.

    ours, theirs: codes of the training part, and of those samples. called: what theirs are, as the
    keys have it.
    """
    some = quality.subsample(len(index), quality.MOST_PAIRS)
    trust = quality.trustworthiness(data.unit(index[some]), ours[1][some], theirs[1][some])
    voted = _accuracy(data, index, ours, theirs)
    return {
        **trust.values("trustworthiness", called),
        **voted.values("knn_accuracy", called),
        "neighbours": quality.NEIGHBOURS,
        "trustworthiness_n": trust.n,
        "knn_n": voted.n,
    }


def warnings_of(found: Values, data: Dataset, called: str) -> list[str]:
    """Why those of the keys of `measured` are null that are."""
    n = found["trustworthiness_n"]
    few = f"{n} samples are too few for {quality.NEIGHBOURS} neighbours"
    vote = "the samples have no labels" if data.labels is None else "too few samples have labels"
    return [
        *cautions.of_nulls(found, Paired(0).values("trustworthiness", called), few),
        *cautions.of_nulls(found, Paired(0).values("knn_accuracy", called), vote),
    ]


def _accuracy(data: Dataset, index: Index, ours: quality.Codes, theirs: quality.Codes) -> Paired:
    if data.labels is None:
        return Paired(0)
    return quality.knn_accuracy(ours, theirs, data.labels[data.train_index], data.labels[index])
