"""explorer.compute.analyses.anomalies: odd samples score above normal ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis.applications.anomalies import auroc
from explorer.compute.analyses.anomalies import FindAnomalies
from explorer.errors import DataError, SettingsError
from explorer.task import NO_TASK
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


def test_the_report_counts_what_is_odd_and_names_the_scores() -> None:
    question = FindAnomalies(snapshot(), DATA, normal=("a",))
    answer = question.answer()
    report = question.report(answer)
    assert answer.odd is not None
    wanted = {
        "n": len(answer.index), "anomalies": int(answer.odd.sum()), "auroc": answer.auroc,
        "score": "elbo", "k": 2, "pca_learned": "the whole training part",
        "pca_n": len(DATA.train_index), "split": "test",
    }  # fmt: skip
    assert {name: report.values[name] for name in wanted} == wanted
    assert report.thing is not None and report.thing.table is not None
    table = report.thing.table(NO_TASK)
    assert list(table) == ["index", "label", "score", "reconstruction", "kl"]
    np.testing.assert_array_equal(table["score"], answer.score)


def test_what_a_report_lacks_is_said_with_the_reason() -> None:
    question = FindAnomalies(snapshot(), DATA)
    report = question.report(question.answer())
    assert report.values["anomalies"] is None
    assert "no class was said to be normal (--normal)" in str(report.warnings)
    answer = FindAnomalies(snapshot(), DATA, normal=("a",)).answer()
    assert answer.odd is not None
    for odd, said in ((True, "are odd"), (False, "are normal")):
        alike = replace(answer, odd=np.full(len(answer.odd), odd), auroc=None)
        assert f"all samples of this part {said}" in str(question.report(alike).warnings)


@pytest.mark.parametrize(
    ("classes", "normal_only", "noted"),
    [(["a", "b"], False, True), (["a"], False, False), (None, False, False), ("ab", False, False),
     (["a", "b"], True, False), (("a", "c"), False, True)],
)  # fmt: skip
def test_a_model_that_has_seen_anomalies_is_noted(
    classes: object, normal_only: bool, noted: bool
) -> None:
    model = replace(snapshot(), data={"classes": classes})
    question = FindAnomalies(model, DATA, normal=("a",))
    answer = replace(question.answer(), normal_only=normal_only)
    notes = question._notes(answer)
    assert bool(notes) == noted and (not noted or "train --only a makes one" in notes[0])
    assert question._notes(replace(answer, odd=None)) == ()
