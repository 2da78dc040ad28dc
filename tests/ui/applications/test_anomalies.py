"""The oddest samples first: what is scored, what is said of it, and where a click leads."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea

from explorer.analysis.applications.baselines import Baseline, Scored
from explorer.analysis.errors import Paired
from explorer.app.state import State
from explorer.compute.analyses.anomalies import AnomalyScores, FindAnomalies
from explorer.ui.applications.anomalies import WORST, Anomalies, ranked, scores_text
from explorer.ui.themes import theme
from explorer.ui.widgets.charts import score_histogram
from explorer.ui.widgets.charts.ranking import Ranking
from explorer.ui.widgets.charts.score_histogram import ScoreHistogram
from explorer.ui.widgets.pictures.picture_grid import PictureGrid
from tests.ui import painted
from tests.ui.conftest import Asked, Toy, choose

TOLD = Paired(20, 0.875, None, (0.812, 0.921))
LEFT = Qt.MouseButton.LeftButton


def scores(question: FindAnomalies) -> AnomalyScores:
    """Each sample's number is its score; with a normal class, those after 30 are odd."""
    every = np.arange(len(question.dataset))
    index = every if question.split == "all" else question.dataset.test_index
    told, odd = (TOLD, index > 30) if question.normal else (None, None)
    return AnomalyScores(index, index.astype(float), "elbo", told, odd=odd)


ALIKE = "PCA (k = 3) and the model are no different by these samples"
BETTER = (
    "PCA (k = 3) is the better detector here: its AUROC is 0.900, higher by 0.200 (0.150 to 0.250)"
)


def beside(away: float = 0.0) -> Baseline:
    """Of an AUROC of 0.9, and less by ``away`` than that of the model."""
    scored, around = Scored("pca", "PCA", np.zeros(2), {"k": 3}), (away - 0.05, away + 0.05)
    return Baseline(scored, 0.9, (0.85, 0.95), away, around, around)


@pytest.fixture
def asked_for(answered: Callable[..., list[Any]]) -> list[FindAnomalies]:
    return answered(FindAnomalies, scores)


@pytest.fixture
def page(
    shown: Callable[..., Any], state: State, asked: Asked, light: None, toy: Toy,
    asked_for: list[FindAnomalies],
) -> Anomalies:  # fmt: skip
    made: Anomalies = shown(Anomalies(state, asked), 700, 300)  # type: ignore[arg-type]
    toy.show(state)
    return made


@pytest.fixture
def grid(page: Anomalies, qtbot: Any) -> PictureGrid:
    """Of the oddest held-out samples, all without a normal class."""
    page.start()
    found: PictureGrid = page.findChild(PictureGrid, "oddView")
    qtbot.waitUntil(lambda: found.pictures() is not None)
    return found


def large(page: Anomalies) -> QLabel:
    found: QLabel = page.findChild(QLabel, "auroc")
    return found


def test_held_out_samples_are_scored_with_what_is_chosen(
    page: Anomalies, toy: Toy, asked_for: list[FindAnomalies], qtbot: Any
) -> None:
    page.form.show_values({"samples": 70})
    choose(page.controls, "normal", "plum")
    page.start()
    qtbot.waitUntil(lambda: bool(asked_for))
    (one,) = asked_for
    assert (one.model, one.dataset) == (toy.model, toy.data)
    assert (one.normal, one.split, one.samples) == (("plum",), "test", 70)


def test_of_data_without_a_held_out_part_all_are_scored(
    page: Anomalies, state: State, toy: Toy, asked_for: list[FindAnomalies], qtbot: Any
) -> None:
    state.update(dataset=dataclasses.replace(toy.data, test=np.zeros(len(toy.data), np.bool_)))
    page.start()
    qtbot.waitUntil(lambda: bool(asked_for))
    assert (asked_for[0].split, asked_for[0].normal) == ("all", ())
    grid = page.findChild(PictureGrid, "oddView")
    qtbot.waitUntil(lambda: grid.pictures() is not None)
    assert len(grid.pictures()) == WORST < len(toy.data)  # the oddest of them


def test_before_it_says_what_to_press(page: Anomalies, monkeypatch: pytest.MonkeyPatch) -> None:
    (said, _), *_ = painted.written(monkeypatch, score_histogram, page._bars.grab)
    assert said.startswith(f"Press {page.verb}")


@pytest.mark.parametrize("gone", ["model", "dataset"])
def test_nothing_is_scored_without_data_and_a_model(
    page: Anomalies, state: State, asked_for: list[FindAnomalies], gone: str
) -> None:
    state.update(**{gone: None})
    page.start()
    assert not asked_for and not page.session.answers.is_busy(FindAnomalies)


def test_the_oddest_come_first_each_with_its_score(grid: PictureGrid, toy: Toy) -> None:
    worst = toy.data.test_index[::-1]
    assert grid._captions == tuple(f"{i:.1f}" for i in worst)
    seen = grid.pictures()
    assert seen is not None and len(seen) == len(worst)
    assert all(np.array_equal(seen[i], toy.data.picture(int(n))) for i, n in enumerate(worst))


def test_a_click_selects_one_as_one_step_of_undo(grid: PictureGrid, state: State) -> None:
    for i, sample in ((2, 45), (0, 55)):
        QTest.mouseClick(grid, LEFT, pos=grid.cell(i).center().toPoint())
        assert state.now.selection.tolist() == [sample]
    assert state.undo() and state.now.selection.tolist() == [45]
    assert state.undo() and not len(state.now.selection)


def test_a_double_click_or_enter_moves_z_there(grid: PictureGrid, asked: Asked) -> None:
    QTest.mouseDClick(grid, LEFT, pos=grid.cell(1).center().toPoint())
    assert asked.given("go_to") == (50, ("sample", 50))
    QTest.mouseClick(grid, LEFT, pos=grid.cell(3).center().toPoint())
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert asked.given("go_to") == (40, ("sample", 40))


def test_a_click_and_enter_are_one_step_of_undo(
    grid: PictureGrid, state: State, asked: Asked
) -> None:
    QTest.mouseClick(grid, LEFT, pos=grid.cell(0).center().toPoint())
    QTest.keyClick(grid, Qt.Key.Key_Return)
    state.mark(asked.given("go_to")[1])  # as the session does first
    state.update(z=np.ones(2, np.float32))
    assert state.undo() and not len(state.now.selection)


def test_with_a_normal_class_it_says_how_well_the_score_finds_the_others(
    page: Anomalies, qtbot: Any
) -> None:
    choose(page.controls, "normal", "plum")
    page.start()
    qtbot.waitUntil(lambda: bool(large(page).text()))
    assert large(page).text() == "AUROC 0.875 (0.812 to 0.921)" and large(page).isVisible()
    assert large(page).font().pixelSize() == theme.BIG
    assert page.findChild(ScoreHistogram).legend() == ["normal: 7", "odd: 5"]
    page.form.show_values({"normal": ""})
    page.start()
    qtbot.waitUntil(lambda: not large(page).isVisible())
    assert large(page).text() == "" and page.findChild(ScoreHistogram).legend() == ["samples: 12"]


@pytest.mark.parametrize(
    ("told", "said"),
    [({}, "12 samples by \u2212ELBO, nats. Choose a normal class for an AUROC."),
     ({"kind": "mse"}, "12 samples by mse, nats. Choose a normal class for an AUROC."),
     ({"detection": Paired(12, 0.5)}, "12 samples by \u2212ELBO, nats."),
     ({"detection": TOLD, "baselines": (beside(),)},
      f"12 samples by \u2212ELBO, nats. {ALIKE}."),
     ({"detection": TOLD, "baselines": (beside(-0.2),), "proposal": "train more"},
      f"12 samples by \u2212ELBO, nats. {BETTER}; to try: train more.")],
)  # fmt: skip
def test_words_say_of_what_and_by_what_it_was_measured(
    page: Anomalies, answered: Callable[..., list[Any]], qtbot: Any, told: dict[str, Any], said: str
) -> None:
    answered(FindAnomalies, lambda one: dataclasses.replace(scores(one), **told))
    page.start()
    qtbot.waitUntil(lambda: bool(page.said.text()))
    assert page.said.text() == said


def test_the_normal_class_is_one_of_the_data(page: Anomalies, state: State, toy: Toy) -> None:
    box = page.form.control("normal")

    def offered() -> list[tuple[str, str]]:
        return [(box.itemText(i), box.itemData(i)) for i in range(box.count())]

    classes = [(name, name) for name in ("apple", "pear", "plum")]
    assert offered() == [("no class", ""), *classes]
    state.update(dataset=dataclasses.replace(toy.data, labels=None, classes=("a", "b")))
    assert offered() == [("no class", "")]


def test_a_score_is_gone_with_its_model(
    page: Anomalies, state: State, toy: Toy, qtbot: Any
) -> None:
    choose(page.controls, "normal", "plum")
    page.start()
    qtbot.waitUntil(large(page).isVisible)
    state.update(model=dataclasses.replace(toy.model, id="other"))
    assert not large(page).isVisible() and page.said.text() == "" and not page._bars.bins
    assert page._odd.pictures() is None


def test_the_oddest_scroll_down_and_never_sideways(grid: PictureGrid, page: Anomalies) -> None:
    area = page.findChild(QScrollArea)
    page.resize(300, 260)
    assert area.isAncestorOf(grid) and grid.width() == area.viewport().width()
    assert grid.height() >= grid.heightForWidth(grid.width())


@pytest.mark.parametrize(
    ("values", "texts"),
    [([1.26, -12.0], ["1.3", "\u221212.0"]), ([999.94, 0.0], ["999.9", "0.0"]),
     ([1000.0, 2.4], ["1,000", "2"]), ([-23456.7], ["\u221223,457"]),
     ([float("nan"), 1.0], ["nan", "1.0"]), ([], [])],
)  # fmt: skip
def test_scores_are_whole_nats_or_tenths_where_they_are_small(
    values: list[float], texts: list[str]
) -> None:
    assert scores_text(np.array(values)) == texts


def test_the_model_is_ranked_beside_the_baselines(
    page: Anomalies, answered: Callable[..., list[Any]], state: State, toy: Toy, qtbot: Any
) -> None:
    others = (beside(-0.02), dataclasses.replace(beside(), interval=None))
    answered(FindAnomalies, lambda one: dataclasses.replace(scores(one), baselines=others))
    ranking = page.findChild(Ranking)
    assert not ranking.isVisible() and ranking.lines() == []
    choose(page.controls, "normal", "plum")
    page.start()
    qtbot.waitUntil(ranking.isVisible)
    assert ranking.lines() == [
        ("The model", "0.875", "0.812 to 0.921"),
        ("PCA (k = 3)", "0.900", "0.850 to 0.950"),
        ("PCA (k = 3)", "0.900", ""),
    ]
    state.update(model=dataclasses.replace(toy.model, id="other"))
    assert ranking.lines() == [] and not ranking.isVisible()


def test_without_a_normal_class_nothing_is_ranked(page: Anomalies, qtbot: Any) -> None:
    page.start()
    qtbot.waitUntil(lambda: bool(page.said.text()))
    assert not page.findChild(Ranking).isVisible()


@pytest.mark.parametrize(
    ("name", "alone", "learned"),
    [("pca", False, "the normal class"), ("pca-same", True, "the normal class"),
     ("pca-same", False, "all classes, as the model did")],
)  # fmt: skip
def test_a_tip_tells_what_a_baseline_learned(name: str, alone: bool, learned: str) -> None:
    one = dataclasses.replace(beside(-0.02), scored=Scored(name, "PCA", np.zeros(2), {"k": 3}))
    seen = AnomalyScores(np.arange(2), np.zeros(2), "elbo", TOLD, alone, baselines=(one,))
    (ours, other) = ranked(seen)
    assert ours.own and not other.own and ours.tip == ""
    by = "The model's AUROC less its own: \u22120.020 (\u22120.070 to 0.030)."
    assert other.tip == f"It learned {learned}.\n{by}"
    bare = dataclasses.replace(one, difference=None, difference_interval=None)
    assert ranked(dataclasses.replace(seen, baselines=(bare,)))[1].tip == f"It learned {learned}."
    assert ranked(dataclasses.replace(seen, detection=None)) == []
