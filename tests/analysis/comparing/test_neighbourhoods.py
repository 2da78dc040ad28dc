"""Neighbours among the codes of two: how each is called, and why some are missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from explorer.analysis import quality
from explorer.analysis.comparing.neighbourhoods import beside_raw, measured, warnings_of
from tests.analysis.comparing.test_with_pca import DATA, LABELS, TEST, TRAIN

RNG = np.random.default_rng(0)
OURS, THEIRS = (RNG.standard_normal((len(DATA), 2)).astype(np.float32) for _ in range(2))
CODES = (OURS[TRAIN], OURS[TEST]), (THEIRS[TRAIN], THEIRS[TEST])


@pytest.mark.parametrize("called", ["pca", "other"])
def test_each_side_has_its_own(called: str) -> None:
    found = measured(DATA, TEST, *CODES, called)
    trust = quality.trustworthiness(DATA.unit(TEST), OURS[TEST], THEIRS[TEST])
    knn = quality.knn_accuracy(*CODES, LABELS[TRAIN], LABELS[TEST])
    assert trust.ours != trust.theirs and knn.ours != knn.theirs
    for name, pair in (("trustworthiness", trust), ("knn_accuracy", knn)):
        assert (found[name], found[f"{called}_{name}"]) == (pair.ours, pair.theirs)
        assert found[f"{called}_{name}_interval"] == pair.their_interval
        assert found[f"difference_{name}_interval"] == pair.difference_interval
    assert (found["trustworthiness_n"], found["knn_n"], found["neighbours"]) == (20, 20, 5)
    assert warnings_of(found, DATA, called) == []


def test_the_samples_themselves_vote_too() -> None:
    found = beside_raw(DATA, TEST, CODES[0])
    rows = DATA.unit(TRAIN), DATA.unit(TEST)
    pair = quality.knn_accuracy(CODES[0], rows, LABELS[TRAIN], LABELS[TEST])
    assert found == {
        "raw_knn_accuracy": pair.theirs,
        "raw_knn_accuracy_interval": pair.their_interval,
        "difference_raw_knn_accuracy": pair.difference,
        "difference_raw_knn_accuracy_interval": pair.difference_interval,
    }
    voters = KNeighborsClassifier(5).fit(rows[0], LABELS[TRAIN])
    assert pair.theirs == voters.score(rows[1], LABELS[TEST])


def test_of_many_samples_the_same_vote_on_either_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "MOST_REFERENCES", 30)
    kept = quality.subsample(len(TRAIN), 30)
    rows = DATA.unit(TRAIN[kept]), DATA.unit(TEST)
    codes = CODES[0][0][kept], CODES[0][1]
    wanted = quality.knn_accuracy(codes, rows, LABELS[TRAIN[kept]], LABELS[TEST])
    found = beside_raw(DATA, TEST, CODES[0])
    assert found["raw_knn_accuracy"] == wanted.theirs
    assert found["difference_raw_knn_accuracy"] == wanted.difference


def test_without_labels_no_sample_votes() -> None:
    bare = replace(DATA, labels=None, classes=())
    found = {**measured(bare, TEST, *CODES, "pca"), **beside_raw(bare, TEST, CODES[0])}
    (said,) = warnings_of(found, bare, "pca")
    for name in ("raw_knn_accuracy", "difference_raw_knn_accuracy"):
        assert found[name] is None and found[f"{name}_interval"] is None
        assert name in said and f"{name}_interval" in said


def test_a_part_of_many_samples_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "MOST_PAIRS", 15)
    found = measured(DATA, TEST, *CODES, "pca")
    some = quality.subsample(20, 15)
    wanted = quality.trustworthiness(DATA.unit(TEST[some]), OURS[TEST][some], THEIRS[TEST][some])
    assert found["trustworthiness"] == wanted.ours
    assert (found["trustworthiness_n"], found["knn_n"]) == (15, 20)


def test_what_is_missing_is_said_under_its_name() -> None:
    bare, few = replace(DATA, labels=None, classes=()), TEST[:7]
    codes = [(train, test[:7]) for train, test in CODES]
    words = " ".join(warnings_of(measured(bare, few, *codes, "other"), bare, "other"))
    assert "other_trustworthiness" in words and "7 samples are too few for 5 neighbours" in words
    assert "other_knn_accuracy" in words and "the samples have no labels" in words
    fewer = replace(DATA, test=np.arange(len(DATA)) > 3)
    codes = [(train[:4], test) for train, test in CODES]
    words = " ".join(warnings_of(measured(fewer, TEST, *codes, "pca"), fewer, "pca"))
    assert "pca_knn_accuracy" in words and "too few samples have labels" in words
