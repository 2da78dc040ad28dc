"""The model beside PCA, against scikit-learn: errors, neighbours, and why some are missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.neighbors import KNeighborsClassifier

from explorer.analysis import pca
from explorer.analysis.comparing.with_pca import compare, scores_of
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import from_snapshot
from explorer.models.encoding import encode
from tests.compute.small import snapshot
from tests.fakes import toy_dataset


def hard(n: int = 100) -> Dataset:
    """Three classes that lie upon each other, so that no neighbour is sure."""
    data = toy_dataset(n)
    noise = np.random.default_rng(1).integers(0, 256, data.x.shape)
    return replace(data, x=((data.x.astype(int) + 7 * noise) // 8).astype(np.uint8))


DATA, MODEL = hard(), snapshot(latent_dim=3)
TRAIN, TEST = DATA.train_index, DATA.test_index
LABELS = DATA.labels if DATA.labels is not None else TRAIN


def vote(theirs: np.ndarray, ours: np.ndarray, index: np.ndarray) -> float:
    voters = KNeighborsClassifier(5).fit(theirs, LABELS[TRAIN])
    return float(voters.score(ours, LABELS[index]))


@pytest.mark.parametrize("split", ["test", "train", "all"])
def test_scores_are_those_of_an_independent_library(split: str) -> None:
    index = {"test": TEST, "train": TRAIN, "all": np.arange(len(DATA))}[split]
    found = compare(MODEL, DATA, split=split)
    linear = PCA(3, svd_solver="full").fit(DATA.unit(TRAIN))
    rows, scores = DATA.unit(index), linear.transform(DATA.unit(index))
    error = float(np.mean((linear.inverse_transform(scores) - rows) ** 2))
    assert found["pca_mse"] == pytest.approx(error, rel=1e-4)
    assert (found["n"], found["k"], found["split"], found["warnings"]) == (len(index), 3, split, [])
    codes = encode(from_snapshot(MODEL), DATA).mean
    assert found["trustworthiness"] == pytest.approx(
        trustworthiness(rows, codes[index], n_neighbors=5), abs=1e-4
    )
    assert found["pca_trustworthiness"] == pytest.approx(
        trustworthiness(rows, scores, n_neighbors=5), abs=1e-4
    )
    wanted = vote(codes[TRAIN], codes[index], index)  # a sample that votes is its own neighbour
    assert found["knn_accuracy"] == pytest.approx(wanted, abs=0.011) and wanted < 1
    linearly = vote(linear.transform(DATA.unit(TRAIN)), scores, index)
    assert found["pca_knn_accuracy"] == pytest.approx(linearly, abs=0.011)
    assert found["knn_n"] == found["trustworthiness_n"] == len(index)


def test_scores_are_the_projections_of_those_samples() -> None:
    linear = pca.fit(DATA, 4)
    index = np.array([3, 50, 7])
    np.testing.assert_allclose(
        scores_of(linear, DATA, index), linear.project(DATA.unit(index)), atol=1e-5
    )


@pytest.mark.parametrize("missing", ["labels", "samples"])
def test_what_cannot_be_measured_is_null_and_says_why(missing: str) -> None:
    few = np.arange(len(DATA)) % 25 == 0
    data = (
        replace(DATA, labels=None, classes=()) if missing == "labels" else replace(DATA, test=few)
    )
    found = compare(MODEL, data)
    votes = [found["knn_accuracy"], found["pca_knn_accuracy"]]
    trusts = [found["trustworthiness"], found["pca_trustworthiness"]]
    assert (votes == [None, None]) == (missing == "labels")
    assert (trusts == [None, None]) == (missing == "samples")
    told = " ".join(found["warnings"])  # type: ignore[arg-type]
    assert ("the samples have no labels" in told) == (missing == "labels")
    assert ("4 samples are too few for 5 neighbours" in told) == (missing == "samples")
