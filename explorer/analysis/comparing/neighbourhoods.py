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


def beside_raw(data: Dataset, index: Index, ours: quality.Codes) -> Values:
    """The accuracy of the same vote among the samples themselves, in the units of the model.

    What codes of few dimensions are to keep. Differences are ours less that.
    """
    kept = quality.subsample(len(data.train_index), quality.MOST_REFERENCES)
    train = data.train_index[kept]
    rows = data.unit(train), data.unit(index)
    voted = Paired(0)
    if data.labels is not None:
        codes = ours[0][kept], ours[1]
        voted = quality.knn_accuracy(codes, rows, data.labels[train], data.labels[index])
    return {
        "raw_knn_accuracy": voted.theirs,
        "raw_knn_accuracy_interval": voted.their_interval,
        "difference_raw_knn_accuracy": voted.difference,
        "difference_raw_knn_accuracy_interval": voted.difference_interval,
    }


def warnings_of(found: Values, data: Dataset, called: str) -> list[str]:
    """Why those of the keys of `measured` are null that are."""
    n = found["trustworthiness_n"]
    few = f"{n} samples are too few for {quality.NEIGHBOURS} neighbours"
    vote = "the samples have no labels" if data.labels is None else "too few samples have labels"
    return [
        *cautions.of_nulls(found, Paired(0).values("trustworthiness", called), few),
        *cautions.of_nulls(found, _of_votes(called), vote),
    ]


def _of_votes(called: str) -> list[str]:
    """The keys of accuracies, those that there may be."""
    raw = ("raw_knn_accuracy", "difference_raw_knn_accuracy")
    around = [f"{name}_interval" for name in raw]
    return [*Paired(0).values("knn_accuracy", called), *raw, *around]


def _accuracy(data: Dataset, index: Index, ours: quality.Codes, theirs: quality.Codes) -> Paired:
    if data.labels is None:
        return Paired(0)
    return quality.knn_accuracy(ours, theirs, data.labels[data.train_index], data.labels[index])
