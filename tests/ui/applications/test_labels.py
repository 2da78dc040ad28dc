"""Few labels: a line for each kind of features, that of its best classifier."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from explorer.analysis.applications.semisupervised import LabelPoint
from explorer.app.state import State
from explorer.compute.analyses.probe import FewLabels, MeasureLabels
from explorer.ui.applications.labels import WORDS, Labels
from explorer.ui.widgets.charts import accuracy_plot
from explorer.ui.widgets.charts.accuracy_plot import AccuracyPlot
from tests.ui import painted
from tests.ui.conftest import Asked, Toy

FOUND = {  # accuracies with 1 and 10 labels per class
    ("codes", "linear"): (0.4, 0.7), ("codes", "head"): (0.6, 0.65), ("pca", "nearest"): (0.2, 0.3),
    ("raw", "linear"): (0.3, 0.5), ("raw", "head"): (0.1, 0.8),
}  # fmt: skip


def measured(_question: MeasureLabels) -> FewLabels:
    points = [LabelPoint(*names, count, accuracy, 0.05, 3) for names, pair in FOUND.items()
              for count, accuracy in zip((1, 10), pair, strict=True)]  # fmt: skip
    return FewLabels(tuple(points), 100)


@pytest.fixture
def asked_for(answered: Callable[..., list[Any]]) -> list[MeasureLabels]:
    return answered(MeasureLabels, measured)


@pytest.fixture
def page(
    shown: Callable[..., Any], state: State, asked: Asked, toy: Toy, asked_for: list[MeasureLabels]
) -> Labels:
    made: Labels = shown(Labels(state, asked), 600, 300)  # type: ignore[arg-type]
    toy.show(state)
    return made


def lines(page: Labels) -> list[tuple[str, list[float]]]:
    drawn = page.findChild(AccuracyPlot)._lines
    return [(name, [accuracy for _, accuracy, _ in points]) for name, points in drawn]


def test_of_each_kind_of_features_the_best_with_most_labels_is_drawn(
    page: Labels, qtbot: Any
) -> None:
    page.start()
    qtbot.waitUntil(lambda: bool(page.said.text()))
    assert lines(page) == [
        ("codes, linear", [0.4, 0.7]), ("PCA scores, nearest", [0.2, 0.3]),
        ("raw features, head", [0.1, 0.8]),
    ]  # fmt: skip
    assert page.said.text() == WORDS
    said = page.findChild(AccuracyPlot).accessibleDescription()
    assert "codes, linear: 1: 40%, 10: 70%" in said


def test_it_is_measured_as_the_form_says(
    page: Labels, toy: Toy, asked_for: list[MeasureLabels], qtbot: Any
) -> None:
    page.start()
    qtbot.waitUntil(lambda: len(asked_for) == 1 and bool(page.said.text()))
    page.form.show_values({"repeats": 7, "seed": 9})
    page.start()
    qtbot.waitUntil(lambda: len(asked_for) == 2)
    assert [(one.repeats, one.seed) for one in asked_for] == [(3, 0), (7, 9)]
    assert (asked_for[0].model, asked_for[0].dataset) == (toy.model, toy.data)


def test_before_it_says_what_to_press(page: Labels, monkeypatch: pytest.MonkeyPatch) -> None:
    ((said, _),) = painted.written(monkeypatch, accuracy_plot, page.findChild(AccuracyPlot).grab)
    assert said.startswith(f"Press {page.verb}")


@pytest.mark.parametrize("gone", ["model", "dataset"])
def test_nothing_is_measured_without_data_and_a_model(
    page: Labels, state: State, asked_for: list[MeasureLabels], gone: str
) -> None:
    state.update(**{gone: None})
    page.start()
    assert not asked_for and not page.session.answers.is_busy(MeasureLabels)


def test_a_curve_is_gone_with_its_model(page: Labels, state: State, toy: Toy, qtbot: Any) -> None:
    page.start()
    qtbot.waitUntil(lambda: bool(page.said.text()))
    state.update(model=dataclasses.replace(toy.model, id="other"))
    assert lines(page) == [] and page.said.text() == ""
