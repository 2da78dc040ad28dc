"""Neighbours among the codes of two: how each is called, and why some are missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis import quality
from explorer.analysis.comparing.neighbourhoods import measured, warnings_of
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
