"""explorer.compute.analyses.compare: a model and PCA, measured on the same samples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import sem

from explorer.analysis import pca, quality
from explorer.analysis.comparing.with_model import compare_models
from explorer.analysis.evaluating import Wanted
from explorer.compute.analyses.compare import CompareWithPca
from explorer.compute.analyses.encode import FindCodes
from explorer.errors import Cancelled, CheckpointError
from explorer.models import checkpoint
from explorer.task import Task
from tests.compute.small import DATA, linear_model, snapshot


def test_the_errors_are_of_reconstructions_of_the_part_asked_for() -> None:
    model, module = linear_model()
    found = CompareWithPca(model, DATA).answer()
    rows = DATA.unit(DATA.test_index).astype(np.float64)
    basis = module.basis.numpy()
    share = module.scale**2 / (module.scale**2 + module.sigma**2)
    given_back = 0.5 + share * (rows - 0.5) @ basis @ basis.T / module.scale**2
    assert found["mse"] == pytest.approx(((rows - given_back) ** 2).mean(), rel=1e-4)
    linear = pca.fit(DATA, 2)
    linearly = linear.reconstruct(linear.project(DATA.unit(DATA.test_index)))
    assert found["pca_mse"] == pytest.approx(((rows - linearly) ** 2).mean(), rel=1e-4)
    assert found["k"] == 2 and found["n"] == 20 and found["split"] == "test"
    ours, theirs = ((rows - made) ** 2 for made in (given_back, linearly))
    for key, each in (("", ours), ("pca_", theirs), ("difference_", ours - theirs)):
        assert found[f"{key}mse"] == pytest.approx(each.mean(), rel=1e-3)
        error = sem(each.mean(axis=1))
        assert found[f"{key}mse_standard_error"] == pytest.approx(error, rel=1e-3)


def test_neighbours_are_measured_on_codes_of_both_sides() -> None:
    model = snapshot()
    found, codes = CompareWithPca(model, DATA).answer(), FindCodes(model, DATA).answer().mean
    linear, index, train = pca.fit(DATA, 2), DATA.test_index, DATA.train_index
    scores, rows, labels = linear.project(DATA.unit(slice(None))), DATA.unit(index), DATA.labels
    assert labels is not None
    trust = quality.trustworthiness(rows, codes[index], scores[index])
    both = ((places[train], places[index]) for places in (codes, scores))
    knn = quality.knn_accuracy(*both, labels[train], labels[index])
    for name, wanted in (("trustworthiness", trust), ("knn_accuracy", knn)):
        for key, value in wanted.values(name).items():
            assert found[key] == pytest.approx(value)
    assert found["trustworthiness_n"] == found["knn_n"] == 20 and found["warnings"] == []


@pytest.mark.parametrize(("split", "n"), [("train", 80), ("all", 100)])
def test_another_part_is_said_and_measured(split: str, n: int) -> None:
    found = CompareWithPca(snapshot(), DATA, split).answer()
    assert (found["split"], found["n"]) == (split, n)


def test_without_labels_accuracies_are_unknown_and_it_is_said_last() -> None:
    question = CompareWithPca(snapshot(), replace(DATA, labels=None, classes=()))
    found = question.answer()
    assert found["knn_accuracy"] is None and found["pca_knn_accuracy"] is None
    report = question.report(found)
    assert "warnings" not in report.values and report.warnings == found["warnings"]
    assert any("no labels" in warning for warning in found["warnings"])
    assert {**report.values, "warnings": report.warnings} == found


def test_too_few_samples_for_neighbours_are_said() -> None:
    few = replace(DATA, test=np.arange(len(DATA)) < 3)
    found = CompareWithPca(snapshot(), few).answer()
    assert found["trustworthiness"] is None
    assert any("3 samples are too few" in warning for warning in found["warnings"])


def test_it_stops_when_it_is_told_to() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        CompareWithPca(snapshot(), DATA).answer(task)


def test_another_model_takes_the_place_of_pca(tmp_path: Path) -> None:
    ours, theirs = snapshot(latent_dim=3), snapshot(seed=1)
    checkpoint.save(tmp_path / "other", theirs)
    question = CompareWithPca(ours, DATA, "all", 7, 2, str(tmp_path / "other"))
    wanted = compare_models(ours, theirs, DATA, wanted=Wanted(7, "all", 2))
    assert question.answer() == wanted and wanted["n"] == 100 and wanted["seed"] == 2
    report = question.report(wanted)
    assert not any("pca" in key for key in report.values) and report.values["other_latent_dim"] == 2
    assert report.warnings == wanted["warnings"]


def test_a_model_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="no such checkpoint"):
        CompareWithPca(snapshot(), DATA, other=str(tmp_path / "nosuch")).answer()
