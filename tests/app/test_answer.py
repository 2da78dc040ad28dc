"""explorer.app.answer: it leaves with what it speaks of."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import numpy as np
import shiboken6
from PySide6.QtCore import QObject

from explorer.app.answer import Answer
from explorer.app.jobs import Jobs
from explorer.app.state import State
from tests.guards import PATIENCE


class Panel(QObject):
    """Shows one answer."""

    def __init__(self, state: State, about: str = "sample") -> None:
        super().__init__()
        self.answer: Answer[str] = Answer(state, about, self.show)
        self.shown: list[str | None] = []

    def show(self) -> None:
        """Write down what there is to be shown."""
        self.shown.append(self.answer.value)


def test_an_answer_is_shown_and_leaves_with_its_subject(state: State) -> None:
    panel = Panel(state)
    state.update(selection=np.array([3]))
    assert panel.shown == [] and panel.answer.value is None
    panel.answer.put("of three")
    state.update(selection=np.array([3, 4]), tool="pan")
    assert panel.shown == ["of three"]
    state.update(selection=np.array([4]))
    assert panel.shown == ["of three", None]
    state.update(selection=np.array([3]))  # it does not come back by itself
    assert panel.answer.value is None and panel.shown == ["of three", None]


def test_whoever_hears_of_the_change_first_sees_no_old_answer(state: State) -> None:
    seen: list[str | None] = []

    class Early(QObject):
        def look(self) -> None:
            if panel is not None:
                seen.append(panel.answer.value)

    panel: Panel | None = None
    early = Early()
    state.watch("selection", early.look)
    panel = Panel(state)
    panel.answer.put("old")
    state.update(selection=np.array([1]))
    assert seen == [None]


def test_a_question_is_about_the_same(state: State, jobs: Jobs, qtbot: Any) -> None:
    panel = Panel(state)
    jobs.run("ask", lambda _: "late", owner=panel, done=panel.answer.put,
             about=panel.answer.subject(), patience=PATIENCE)  # fmt: skip
    state.update(selection=np.array([1]))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert panel.shown == []


def test_it_keeps_no_panel_alive_and_calls_no_dead_one(state: State) -> None:
    panel = Panel(state)
    shown, answer = panel.shown, panel.answer
    answer.put("a")
    shiboken6.delete(panel)
    state.update(selection=np.array([1]))
    assert shown == ["a"]
    seen = weakref.ref(panel)
    del panel
    gc.collect()
    assert seen() is None
