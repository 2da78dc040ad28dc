"""explorer.compute.analyses.evaluate: one evaluation for window and terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer import paths
from explorer.analysis.evaluating import Evaluation, evaluate, kept_in
from explorer.analysis.evidence import estimate
from explorer.compute.analyses.evaluate import Evaluate
from explorer.compute.measuring.evidence import MeasureEvidence
from explorer.task import Task
from tests.compute.small import DATA, snapshot


def test_it_is_what_is_said_of_the_model() -> None:
    question = Evaluate(snapshot(), DATA, samples=5, fresh=True)
    report = question.report(question.answer())
    wanted = evaluate(snapshot(), DATA, samples=5)
    assert {**report.values, "warnings": [*(report.warnings or ())]} == wanted
    assert report.thing is not None and report.thing.table is not None
    table = report.thing.table(Task())
    assert list(table)[:2] == ["index", "label"]
    assert np.mean(table["elbo"]) == pytest.approx(wanted["elbo"])


def test_window_and_terminal_measure_the_same() -> None:
    told = Evaluate(snapshot(), DATA, samples=7, gaps=True, fresh=True).answer()
    shown = MeasureEvidence(snapshot(), DATA, 7).answer()
    assert told.evidence is not None
    np.testing.assert_array_equal(shown.log_likelihood, told.evidence.log_likelihood)
    assert shown.gaps["mutual_information"] == told.gaps["mutual_information"]
    assert int(shown.active.sum()) == told.values["active_units"]


def test_gaps_come_last_and_errors_only_where_they_are_wanted() -> None:
    seen: list[object] = []
    asked = Evaluate(snapshot(), DATA, samples=3, gaps=True, errors=False, fresh=True)
    found = asked.answer(Task(on_partial=seen.append))
    (first,) = seen
    assert isinstance(first, Evaluation) and not first.gaps and found.gaps
    assert found.mse is None and "mse" not in found.values and "mse" not in found.columns()
    assert found.values["elbo"] == first.values["elbo"]


def test_it_is_kept_where_the_program_keeps_such_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless it is to start anew, or another folder is named."""
    asked: list[object] = []
    measure = estimate.measure

    def noted(*arguments: Any, **more: Any) -> Any:
        if "resume" in more:  # of log p(x), not of the lengths of codes
            asked.append(more.pop("resume"))
        return measure(*arguments, **more)

    monkeypatch.setattr(estimate, "measure", noted)
    question = Evaluate(snapshot(), DATA, samples=2)
    for one in (question, replace(question, fresh=True), replace(question, folder=tmp_path)):
        one.answer()
    names = {kept_in(tmp_path, snapshot(), DATA, DATA.test_index, 2, 0).name}
    assert asked[1] is None and {path.name for path in (asked[0], asked[2])} == names  # type: ignore[attr-defined]
    assert [path.parent for path in (asked[0], asked[2])] == [paths.unfinished(), tmp_path]  # type: ignore[attr-defined]
