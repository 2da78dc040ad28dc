"""app.background.answers: answers come to those who live, about what is shown, and once."""

from __future__ import annotations

import gc
import threading
import weakref
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QObject

from explorer.app.background.answers import Answer, Answers, group_of
from explorer.app.background.jobs import Jobs
from explorer.app.state import State
from explorer.compute.question import Question
from explorer.errors import Cancelled, DataError, ExplorerError
from explorer.task import NO_TASK, Task
from tests.fakes import toy_dataset
from tests.guards import PATIENCE


@dataclass(frozen=True, eq=False)
class Double(Question[int]):
    """Twice the number of the sample; it waits for ``go``."""

    name = "double"
    does = "double the number"
    about = ("sample",)

    sample: int | None
    go: threading.Event = field(default_factory=threading.Event)
    began: threading.Event = field(default_factory=threading.Event)

    def answer(self, task: Task = NO_TASK) -> int:
        """Raises DataError for the sample 13, and is told in part."""
        self.began.set()
        self.go.wait(PATIENCE)
        task.check()
        task.partial(0)
        if self.sample == 13:
            raise DataError("thirteen is no number")
        return 2 * int(self.sample or 0)


class OfGroup(Double):
    """Takes the place of others that are called otherwise."""

    group = "numbers"


class Replacing(Double):
    """The newest cancels what runs."""

    policy = "replace"


@dataclass(frozen=True, eq=False)
class Slow(Question[list[int]]):
    """An answer that is kept."""

    name = "slow"
    does = "count slowly"
    about = ("sample",)
    cached = True

    sample: int
    by: int = 1

    def answer(self, task: Task = NO_TASK) -> list[int]:
        """Another list each time."""
        return list(range(0, self.sample, self.by))


class Panel(QObject):
    """Shows one answer."""

    def __init__(self, answers: Answers, kind: type[Question[Any]] = Double, **more: str) -> None:
        super().__init__()
        self.answer: Answer[Any] = Answer(answers, kind, self.show, **more)
        self.shown: list[object] = []

    def show(self) -> None:
        """Write down what there is to be shown."""
        self.shown.append(self.answer.value)


@pytest.fixture
def answers(state: State, jobs: Jobs) -> Answers:
    """Over the state with sample 3 selected."""
    select(state, 3)
    return Answers(state, jobs, jobs)


@pytest.fixture
def panel(answers: Answers) -> Panel:
    return Panel(answers)


def select(state: State, *samples: int) -> None:
    state.update(selection=np.array(samples, np.int64))


def settle(jobs: Jobs, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not jobs.busy)


def opened(sample: int | None) -> Double:
    """A question that does not wait."""
    question = Double(sample)
    question.go.set()
    return question


def test_an_answer_is_shown_and_leaves_with_its_subject(
    panel: Panel, state: State, jobs: Jobs, qtbot: Any
) -> None:
    assert panel.answer.value is None and not panel.shown
    panel.answer.ask(opened(3))
    assert panel.answer.busy
    settle(jobs, qtbot)
    assert panel.shown == [0, 6] and not panel.answer.busy  # in part, and whole
    select(state, 3, 4)  # the same sample is compared
    assert panel.answer.value == 6
    select(state, 4)
    assert panel.shown == [0, 6, None]
    select(state, 3)  # it does not come back by itself
    assert panel.answer.value is None and panel.shown == [0, 6, None]


def test_whoever_hears_of_the_change_first_sees_no_old_answer(
    answers: Answers, state: State, jobs: Jobs, qtbot: Any
) -> None:
    seen: list[object] = []
    panels: list[Panel] = []

    class Early(QObject):
        def look(self) -> None:
            seen.extend(panel.answer.value for panel in panels)

    early = Early()
    state.watch("selection", early.look)
    panels.append(Panel(answers))
    panels[0].answer.ask(opened(3))
    settle(jobs, qtbot)
    select(state, 4)
    assert seen == [None]


@pytest.mark.parametrize("fails", [False, True])
def test_a_late_answer_is_heard_by_nobody(
    panel: Panel, state: State, jobs: Jobs, qtbot: Any, fails: bool
) -> None:
    said: list[ExplorerError] = []
    jobs.failed.connect(said.append)
    select(state, 13 if fails else 3)
    question = Double(13 if fails else 3)
    panel.answer.ask(question)
    qtbot.waitUntil(question.began.is_set)
    select(state, 4)
    question.go.set()
    settle(jobs, qtbot)
    assert not panel.shown and not said and panel.answer.error is None


def test_a_field_beside_the_subject_must_stay_too(
    answers: Answers, state: State, jobs: Jobs, qtbot: Any
) -> None:
    heard: list[int] = []
    for also, expected in (("", [6]), ("tool", [6])):
        question = Double(3)
        answers.ask(question, heard.append, owner=jobs, also=also)
        qtbot.waitUntil(question.began.is_set)
        state.update(tool="pan" if also else state.now.tool)
        question.go.set()
        settle(jobs, qtbot)
        assert heard == expected


def test_what_is_about_other_data_is_cancelled(
    answers: Answers, state: State, jobs: Jobs, qtbot: Any
) -> None:
    @dataclass(frozen=True, eq=False)
    class OfData(Double):
        about = ("dataset",)
        dataset: object = None

    question = OfData(3)
    answers.ask(question, print, owner=jobs)
    qtbot.waitUntil(question.began.is_set)
    state.update(dataset=toy_dataset(10))
    task = answers.task(OfData)
    question.go.set()
    assert task is not None and task.cancelled


def test_why_there_is_no_answer_leaves_with_the_subject(
    panel: Panel, state: State, jobs: Jobs, qtbot: Any
) -> None:
    said: list[str] = []
    jobs.failed.connect(lambda error: said.append(str(error)))
    panel.answer.ask(opened(3))
    settle(jobs, qtbot)
    select(state, 13)
    panel.answer.ask(opened(13))
    settle(jobs, qtbot)
    assert isinstance(panel.answer.error, DataError) and said == ["thirteen is no number"]
    panel.answer.ask(opened(13))
    assert panel.answer.error is None  # until it is known again
    settle(jobs, qtbot)
    select(state, 4)
    assert panel.answer.error is None


def test_one_that_is_stopped_keeps_the_answer_before(
    panel: Panel, answers: Answers, jobs: Jobs, qtbot: Any
) -> None:
    panel.answer.ask(opened(3))
    settle(jobs, qtbot)
    question = Double(3)
    panel.answer.ask(question)
    qtbot.waitUntil(question.began.is_set)
    assert answers.is_busy(Double)
    panel.answer.cancel()
    question.go.set()
    settle(jobs, qtbot)
    assert isinstance(panel.answer.error, Cancelled) and panel.answer.value == 6
    panel.answer.clear()
    assert panel.answer.value is None and panel.answer.error is None


@pytest.mark.parametrize("kind", [Double, Replacing])
def test_the_newest_takes_the_place_of_those_before(
    answers: Answers, jobs: Jobs, qtbot: Any, kind: type[Double]
) -> None:
    heard: list[int] = []
    first, *others = questions = [kind(3) for _ in range(3)]
    for question in questions:
        answers.ask(question, heard.append, owner=jobs)
        if question is first:
            qtbot.waitUntil(first.began.is_set)
    first.go.set()
    for question in others:
        question.go.set()
    settle(jobs, qtbot)
    assert heard == ([6] if kind is Replacing else [6, 6])
    assert not others[0].began.is_set()


def test_a_slow_answer_is_found_at_once_the_second_time(
    answers: Answers, state: State, jobs: Jobs, qtbot: Any
) -> None:
    heard: list[list[int]] = []
    answers.ask(Slow(3), heard.append, owner=jobs)
    settle(jobs, qtbot)
    select(state, 4)
    select(state, 3)  # as an undo brings it back
    answers.ask(Slow(3), heard.append, owner=jobs)
    assert len(heard) == 2 and heard[0] is heard[1] and not jobs.busy
    answers.ask(Slow(3, by=2), heard.append, owner=jobs)  # another setting
    settle(jobs, qtbot)
    assert heard[2] == [0, 2]


def test_a_known_answer_is_not_followed_by_an_older_one(
    answers: Answers, jobs: Jobs, qtbot: Any
) -> None:
    @dataclass(frozen=True, eq=False)
    class Kept(Double):
        cached = True

    heard: list[int] = []
    known, other = Kept(3), Kept(3)
    answers.cache.put(known, 7)
    answers.ask(other, heard.append, owner=jobs)
    qtbot.waitUntil(other.began.is_set)
    answers.ask(known, heard.append, owner=jobs)
    other.go.set()
    settle(jobs, qtbot)
    assert heard == [7]


def test_an_answer_that_lasts_longer_than_its_question(
    answers: Answers, state: State, jobs: Jobs, qtbot: Any
) -> None:
    panel = Panel(answers, lasting="tool")
    panel.answer.ask(opened(3))
    settle(jobs, qtbot)
    select(state, 4)
    assert panel.answer.value == 6
    state.update(tool="pan")
    assert panel.answer.value is None


def test_it_keeps_no_panel_alive_and_calls_no_dead_one(
    answers: Answers, state: State, jobs: Jobs, qtbot: Any
) -> None:
    panel = Panel(answers)
    shown, question = panel.shown, Double(3)
    panel.answer.ask(question)
    qtbot.waitUntil(question.began.is_set)
    seen, asked = weakref.ref(panel), weakref.ref(question)
    shiboken6.delete(panel)
    panel.answer.ask(opened(3))  # nobody is there to hear it
    question.go.set()
    del panel, question
    settle(jobs, qtbot)
    gc.collect()
    assert shown == [] and seen() is None and asked() is None


def test_the_same_question_again_changes_nothing(panel: Panel, jobs: Jobs, qtbot: Any) -> None:
    question = Double(3)
    again = Double(3, question.go, question.began)
    panel.answer.ask(question)
    qtbot.waitUntil(question.began.is_set)
    panel.answer.ask(again)  # on its way
    question.go.set()
    settle(jobs, qtbot)
    panel.answer.ask(again)  # and shown
    assert not jobs.busy and panel.shown == [0, 6]
    panel.answer.clear()
    panel.answer.ask(again)
    settle(jobs, qtbot)
    assert panel.answer.value == 6


def test_an_answer_that_leaves_is_not_shown_by_a_dead_panel(
    answers: Answers, state: State, jobs: Jobs, qtbot: Any
) -> None:
    panel = Panel(answers)
    panel.answer.ask(opened(3))
    settle(jobs, qtbot)
    before = list(panel.shown)
    shiboken6.delete(panel)
    panel.answer.clear()
    assert panel.shown == before and before[-1] == 6


def test_questions_take_the_place_of_those_of_their_group(state: State, jobs: Jobs) -> None:
    """Or of their own name, where there is no group."""
    assert (group_of(Double), group_of(OfGroup)) == ("double", "numbers")
    parent = QObject()
    assert Answers(state, jobs, parent).parent() is parent
