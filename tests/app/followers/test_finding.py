"""app.followers.finding: components are found as data comes, codes where they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject

from explorer.app.followers.finding import Finding
from explorer.app.state import State
from explorer.compute.analyses.encode import FindCodes
from explorer.compute.encoding.principal import FitPca
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.record.moment import moment_of
from tests.fakes import toy_dataset

DATA, OTHER = toy_dataset(20), toy_dataset(20, seed=1)


def model(name: str) -> ModelSnapshot:
    return ModelSnapshot(name, ModelConfig(), DATA.preparation, {})


def codes(of: str, n: int) -> Codes:
    return Codes(of, *np.zeros((2, n, 2), np.float32), np.arange(n))


@pytest.fixture
def asked() -> list[Any]:
    return []


@pytest.fixture
def finding(state: State, asked: list[Any]) -> Finding:
    def ask(question: Any, then: Callable[[Any], object], **_: Any) -> None:
        asked.append(SimpleNamespace(question=question, then=then))

    return Finding(state, SimpleNamespace(ask=ask), state)  # type: ignore[arg-type]


def test_components_are_asked_for_once_for_each_data_set(
    finding: Finding, state: State, asked: list[Any]
) -> None:
    assert asked == []
    state.update(dataset=DATA)
    (ask,) = asked
    assert isinstance(ask.question, FitPca) and ask.question.dataset is DATA
    scores = np.zeros((20, 2), np.float32)
    ask.then(("components", scores))
    assert state.now.pca == "components" and state.now.pca_scores is scores
    state.update(dataset=OTHER, pca="known", pca_scores=scores)
    assert len(asked) == 1, "those that come with the data are known"
    state.renew()
    assert len(asked) == 1


def test_they_are_asked_for_after_all_else_has_heard_of_the_data(
    finding: Finding, state: State, asked: list[Any]
) -> None:
    class Later(QObject):
        def hear(self) -> None:
            before.append(len(asked))

    before, later = list[int](), Later()
    state.watch("dataset", later.hear)
    state.update(dataset=DATA)
    assert before == [0, 0] and len(asked) == 1


def test_codes_are_those_of_a_model_and_its_data(
    finding: Finding, state: State, asked: list[Any]
) -> None:
    finding.encode()
    state.update(model=model("m"))
    finding.encode()
    assert asked == []
    state.update(dataset=DATA, model=None)
    asked.clear()
    finding.encode()
    assert asked == []
    state.update(model=model("m"))
    finding.encode()
    (ask,) = asked
    assert isinstance(ask.question, FindCodes)
    assert (ask.question.model, ask.question.dataset) == (state.now.model, DATA)


def test_the_moment_of_the_model_has_them_too(
    finding: Finding, state: State, asked: list[Any]
) -> None:
    first, last = model("first"), model("last")
    few = codes("first", 5)
    moments = (moment_of(1, 1.0, first, few), moment_of(2, 2.0, last, codes("last", 5)))
    state.update(dataset=DATA, model=last, moments=moments)
    finding.encode()
    every = codes("last", 20)
    asked[-1].then(every)
    assert state.now.codes is every
    assert [moment.codes for moment in state.now.moments] == [few, every]
    assert state.now.moments[0] is moments[0]
