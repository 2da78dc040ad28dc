"""explorer.compute.analyses.anomalies: odd samples score above normal ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis.anomalies import auroc
from explorer.compute.analyses.anomalies import FindAnomalies
from explorer.errors import DataError, SettingsError
from tests.compute.small import DATA, snapshot


def test_scores_tell_a_normal_class_from_the_others() -> None:
    scores = FindAnomalies(snapshot(), DATA, normal=("a",)).answer()
    assert scores.kind == "elbo" and scores.index.tolist() == DATA.test_index.tolist()
    assert scores.odd is not None
    assert scores.odd.tolist() == [DATA.label_name(int(i)) != "a" for i in scores.index]
    assert scores.auroc == pytest.approx(auroc(scores.odd, scores.score))
    assert scores.pca_auroc is not None and not scores.normal_only


def test_pca_learns_no_more_than_the_model_did() -> None:
    every = FindAnomalies(snapshot(), DATA, normal=("a",)).answer()
    model = replace(snapshot(), data={"classes": ["a"]})
    alone = FindAnomalies(model, DATA, normal=("a",)).answer()
    assert alone.normal_only and alone.pca_auroc is not None and every.pca_auroc is not None
    assert alone.auroc == every.auroc and alone.pca_auroc > max(every.pca_auroc, 0.5)


def test_without_a_normal_class_nothing_is_odd() -> None:
    scores = FindAnomalies(snapshot("ae"), DATA, split="all").answer()
    assert (scores.odd, scores.auroc, scores.pca_auroc) == (None, None, None)
    assert len(scores.score) == len(DATA) and np.isfinite(scores.score).all()
    assert scores.kind != "elbo"


def test_a_class_that_is_not_there_is_an_error() -> None:
    with pytest.raises((DataError, SettingsError), match="zebra"):
        FindAnomalies(snapshot(), DATA, normal=("zebra",)).answer()
