"""The model against another one: what is asked, what is said, what is refused."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from explorer.app.state import State
from explorer.compute.comparing.models import CompareModels
from explorer.errors import ModelError
from explorer.ui.menus.command_menu import TENS
from explorer.ui.panels.codebook import CodesPanel
from explorer.ui.panels.evidence import EvidencePanel
from explorer.ui.panels.models import DRAWS, INVITATION, ModelsPanel
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.difference_table import DifferenceTable
from tests.guards import PATIENCE
from tests.ui.conftest import Asked, Toy
from tests.ui.evidence.test_differences import FOUND

LEFT = Qt.MouseButton.LeftButton
ANSWER = {
    **FOUND, "n": 12, "split": "test", "other_likelihood_title": "Gaussian, fixed sigma",
    "warnings": ["of the other model, log p(x) is loose"],
}  # fmt: skip


@pytest.fixture
def panel(
    shown: Callable[..., Any], state: State, asked: Asked, light: None, toy: Toy,
    monkeypatch: pytest.MonkeyPatch,
) -> ModelsPanel:  # fmt: skip
    made: ModelsPanel = shown(ModelsPanel(state, asked), 1000, 190)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/somewhere/wider")
    return made


@pytest.fixture
def questions(answered: Callable[..., list[Any]]) -> list[CompareModels]:
    return answered(CompareModels, lambda _question: ANSWER)


def button(panel: ModelsPanel) -> QPushButton:
    found = panel.findChild(QPushButton, "chooseModelButton")
    assert found is not None
    return found


def said(panel: ModelsPanel, name: str = "modelsSaid") -> str:
    found = panel.findChild(QLabel, name)
    assert found is not None
    return found.text()


def table(panel: ModelsPanel) -> list[tuple[str, ...]]:
    found = panel.findChild(DifferenceTable)
    assert found is not None
    return found.lines()


def press(panel: ModelsPanel) -> None:
    QTest.mouseClick(button(panel), LEFT)


def test_without_a_model_there_is_nothing_to_compare(panel: ModelsPanel) -> None:
    assert not button(panel).isEnabled() and said(panel) == INVITATION and table(panel) == []


def test_the_button_stands_in_the_middle_until_there_is_something_beside_it(
    panel: ModelsPanel, state: State, toy: Toy, questions: list[CompareModels],
    answered: Callable[..., list[Any]], qtbot: Any,
) -> None:  # fmt: skip
    def left_and_top() -> tuple[int, int]:
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        place = button(panel).mapTo(panel, QPoint())
        return place.x(), place.y()

    middle = left_and_top()
    assert abs(middle[0] + button(panel).width() / 2 - panel.width() / 2) <= 3 * theme.GRID
    assert middle[1] > 2 * theme.GRID
    toy.show(state)
    press(panel)
    qtbot.waitUntil(lambda: len(table(panel)) == 2)
    assert left_and_top()[0] < middle[0] / 2 and left_and_top()[1] == theme.GRID
    state.update(model=dataclasses.replace(toy.model, id="other"))
    assert left_and_top() == middle

    def refuse(_question: CompareModels) -> Any:
        raise ModelError("the two models saw other data", remedy="compare others")

    answered(CompareModels, refuse)
    panel.compare_with("/somewhere/odd")
    qtbot.waitUntil(lambda: bool(said(panel, "modelsWarnings")))
    assert left_and_top()[0] < middle[0] / 2, "what is refused is said beside it"


def test_a_folder_is_chosen_and_both_are_measured(
    panel: ModelsPanel, state: State, toy: Toy, questions: list[CompareModels], qtbot: Any
) -> None:
    toy.show(state)
    press(panel)
    qtbot.waitUntil(lambda: len(table(panel)) == 2)
    (question,) = questions
    assert question.model is toy.model and question.dataset is toy.data
    assert (question.other, question.split, question.samples) == ("/somewhere/wider", "test", DRAWS)
    assert "The other is wider: Gaussian, fixed sigma. Both on 12 test samples" in said(panel)
    assert said(panel, "modelsWarnings") == "\u26a0 of the other model, log p(x) is loose"


def test_data_without_a_held_out_part_are_measured_whole(
    panel: ModelsPanel, state: State, toy: Toy, questions: list[CompareModels], qtbot: Any
) -> None:
    toy.data = dataclasses.replace(toy.data, test=toy.data.test & False)
    toy.show(state)
    panel.compare_with("/somewhere/else")
    qtbot.waitUntil(lambda: len(questions) == 1)
    assert questions[0].split == "all"


def test_nothing_is_asked_where_no_folder_is_chosen(
    panel: ModelsPanel, state: State, toy: Toy, questions: list[CompareModels],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    toy.show(state)
    press(panel)
    assert questions == [] and said(panel) == INVITATION
    state.update(model=None)
    panel.compare_with("/somewhere")
    assert questions == []


def test_a_model_of_other_data_is_refused_in_words(
    panel: ModelsPanel, state: State, toy: Toy, questions: list[CompareModels],
    answered: Callable[..., list[Any]], qtbot: Any,
) -> None:  # fmt: skip
    toy.show(state)
    press(panel)
    qtbot.waitUntil(lambda: len(table(panel)) == 2)

    def refuse(_question: CompareModels) -> Any:
        raise ModelError("the two models saw other data", remedy="compare others")

    answered(CompareModels, refuse)
    panel.compare_with("/somewhere/odd")
    qtbot.waitUntil(lambda: table(panel) == [])
    assert said(panel, "modelsWarnings") == "\u26a0 the two models saw other data: compare others"
    assert said(panel) == INVITATION


def test_another_model_has_other_differences(
    panel: ModelsPanel, state: State, toy: Toy, questions: list[CompareModels], qtbot: Any
) -> None:
    toy.show(state)
    press(panel)
    qtbot.waitUntil(lambda: len(table(panel)) == 2)
    state.update(model=dataclasses.replace(toy.model, id="other"))
    assert table(panel) == [] and said(panel, "modelsWarnings") == ""
    assert said(panel) == INVITATION


def test_what_stands_there_keeps_its_name_while_another_is_asked_and_stopped(
    panel: ModelsPanel, state: State, toy: Toy, questions: list[CompareModels], qtbot: Any,
    monkeypatch: pytest.MonkeyPatch, jobs: Any,
) -> None:  # fmt: skip
    toy.show(state)
    press(panel)
    qtbot.waitUntil(lambda: len(table(panel)) == 2)
    started = threading.Event()

    def wait(_question: CompareModels, task: Any) -> Any:
        started.set()
        while True:
            task.check()

    monkeypatch.setattr(CompareModels, "answer", wait)
    panel.compare_with("/somewhere/slow")
    assert started.wait(PATIENCE) and button(panel).text() == "Cancel"
    assert "The other is wider" in said(panel)
    press(panel)
    qtbot.waitUntil(lambda: button(panel).text() == "Choose a model..." and not jobs.busy)
    assert "The other is wider" in said(panel) and len(table(panel)) == 2
    assert said(panel, "modelsWarnings").startswith("\u26a0 of the other")


def test_in_the_menu_its_commands_are_a_group_of_their_own(
    panel: ModelsPanel, state: State, asked: Asked
) -> None:
    """To choose comes before to cancel; between a group and the next there is a line."""
    own = sorted(panel.commands(), key=lambda command: command.order)
    assert [command.name for command in own] == ["compare-models", "cancel-models"]
    (tens,) = {command.order // TENS for command in own}
    others = [*CodesPanel(state, asked).commands(), *EvidencePanel(state, asked).commands()]
    assert all(c.order // TENS < tens for c in others if c.menu == own[0].menu)
