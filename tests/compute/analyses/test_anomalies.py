"""explorer.compute.analyses.anomalies: odd samples score above normal ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from explorer.analysis.applications.anomalies import odd_ones
from explorer.analysis.applications.baselines import Baseline, Scored, scored
from explorer.analysis.errors import Paired, auroc
from explorer.compute.analyses.anomalies import FindAnomalies
from explorer.compute.analysis import Report
from explorer.errors import DataError, SettingsError
from explorer.task import NO_TASK
from tests.compute.small import DATA, snapshot


def test_scores_tell_a_normal_class_from_the_others() -> None:
    scores = FindAnomalies(snapshot(), DATA, normal=("a",)).answer()
    assert scores.kind == "elbo" and scores.index.tolist() == DATA.test_index.tolist()
    assert scores.odd is not None
    assert scores.odd.tolist() == [DATA.label_name(int(i)) != "a" for i in scores.index]
    assert scores.auroc == pytest.approx(roc_auc_score(scores.odd, scores.score))
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
        alike = replace(answer, odd=np.full(len(answer.odd), odd), detection=Paired(9))
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


ODD = np.arange(100) < 40
TOLD = Paired(100, 0.8, 0.9, (0.7, 0.9), (0.8, 0.95), -0.1, (-0.15, -0.05))


def reported(**changed: Any) -> Report:
    """With a detection, changed."""
    question = FindAnomalies(snapshot(), DATA, normal=("a",))
    answer = replace(question.answer(), odd=ODD, detection=TOLD, baselines=(), proposal="")
    return question.report(replace(answer, **changed))


def baseline(away: float = -0.1, wide: float = 0.08) -> Baseline:
    scored = Scored("ppca", "Probabilistic PCA", np.zeros(100), {"k": 3})
    around = (away - 0.05, away + 0.05)
    return Baseline(scored, 0.9, (0.85, 0.95), away, around, (away - wide, away + wide))


def test_a_baseline_is_said_to_be_better_where_the_samples_can_tell() -> None:
    said = (
        "Probabilistic PCA (k = 3) is the better detector here: its AUROC is 0.900, higher by 0.100"
        " (0.050 to 0.150)"
    )
    report = reported(baselines=(baseline(),))
    assert said in report.warnings and report.values["verdict"] == said
    tried = reported(baselines=(baseline(),), proposal="train with --only a")
    assert f"{said}; to try: train with --only a" in tried.warnings
    assert tried.values["verdict"] == f"{said}; to try: train with --only a"
    for away, wide in ((-0.1, 0.1), (0.1, 0.05)):
        report = reported(baselines=(baseline(away, wide),))
        assert "better" not in str(report.warnings) and report.values["verdict"]


def test_the_baselines_learn_the_normal_samples_and_are_ranked() -> None:
    answer = FindAnomalies(snapshot(), DATA, normal=("a",), seed=3).answer()
    assert answer.odd is not None and answer.found is not None and answer.detection is not None
    names = {one.scored.name: one for one in answer.baselines}
    assert set(names) == {"pca-same", "pca", "ppca", "isolation-forest", "neighbours"}
    assert [one.auroc for one in answer.baselines] == sorted(
        (one.auroc for one in answer.baselines), reverse=True
    )
    same = names["pca-same"]
    assert np.array_equal(same.scored.score, answer.found.pca_mse)
    assert (same.auroc, same.scored.setting) == (answer.pca_auroc, {"k": 2})
    every = odd_ones(DATA, ["a"])
    wanted = scored(DATA, answer.index, every, 3)
    for one in wanted:
        assert np.array_equal(names[one.name].scored.score, one.score)
    assert answer.baselines_n == int((~every & ~DATA.test).sum())


def test_a_proposal_is_made_of_what_the_model_is() -> None:
    """It saw all classes, so that a baseline which did not is better."""
    model = replace(snapshot(), data={"classes": ["a", "b", "c"]})
    answer = FindAnomalies(model, DATA, normal=("a",)).answer()
    assert answer.baselines[0].wins
    assert answer.proposal.startswith("train with --only a:")


def test_the_baselines_are_lines_and_keys() -> None:
    report = reported(baselines=(baseline(),), baselines_n=7)
    assert report.values["baselines"] == [baseline().values()]
    assert report.values["baselines_n"] == 7
    assert FindAnomalies.table(report.values) == [
        "                                  AUROC                     the model's is higher by",
        "the model                         0.800 (0.700 to 0.900)",
        "Probabilistic PCA (k = 3)         0.900 (0.850 to 0.950)    -0.100 (-0.150 to -0.050)",
    ]
    bare = replace(baseline(), interval=None, difference=None, difference_interval=None)
    (_, _, line) = FindAnomalies.table(reported(baselines=(bare,)).values)
    assert line == "Probabilistic PCA (k = 3)         0.900"
    assert FindAnomalies.table(reported(odd=None).values) == []
    none = reported(odd=None)
    keys = ("baselines", "baselines_n", "verdict")
    assert all(none.values[key] is None and key in str(none.warnings) for key in keys)


@pytest.mark.parametrize(
    ("odd", "said"), [(29, "29 odd samples are few"), (71, "29 normal samples are few"), (30, "")]
)
def test_of_few_samples_an_interval_is_too_narrow(odd: int, said: str) -> None:
    warnings = " ".join(reported(odd=np.arange(100) < odd).warnings)
    assert said in warnings and ("too narrow" in warnings) == bool(said)


def test_one_sample_of_a_kind_has_no_interval_and_it_is_said() -> None:
    one = Paired(100, 0.8, 0.9)
    report = reported(odd=np.arange(100) < 1, detection=one)
    assert report.values["auroc"] == 0.8 and report.values["auroc_interval"] is None
    assert "an interval needs two samples of either kind" in str(report.warnings)


def test_both_areas_have_their_intervals() -> None:
    question = FindAnomalies(snapshot(), DATA, normal=("a",))
    answer = question.answer()
    assert answer.odd is not None and answer.found is not None and answer.detection is not None
    values = question.report(answer).values
    assert values["auroc"] == pytest.approx(roc_auc_score(answer.odd, answer.score))
    theirs = roc_auc_score(answer.odd, answer.found.pca_mse)
    assert values["pca_auroc"] == pytest.approx(theirs)
    assert values["difference_auroc"] == pytest.approx(values["auroc"] - theirs)
    assert values["auroc_interval"] == auroc.interval(answer.odd, answer.score)
    wanted = auroc.difference(answer.odd, answer.score, answer.found.pca_mse)
    assert (values["difference_auroc"], values["difference_auroc_interval"]) == wanted
