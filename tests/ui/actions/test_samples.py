"""What can be done with a sample, and why it cannot."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from explorer.app import needs
from explorer.app.background.answers import Answers
from explorer.app.background.jobs import Jobs
from explorer.app.commands import Context
from explorer.app.state import State
from explorer.ui.actions.samples import samples
from tests.ui.conftest import Asked, N, Toy

SELECT, GO, COPY = samples()


@pytest.fixture
def session(state: State, jobs: Jobs) -> Any:
    Toy().show(state)
    return Asked(Answers(state, jobs, jobs))


@pytest.mark.parametrize("sample", [None, -1, N])
def test_without_a_sample_one_is_to_be_selected(
    state: State, session: Any, sample: int | None
) -> None:
    context = Context(state, session, sample=sample)
    assert {c.missing(context) for c in samples()} == {needs.SELECTION}
    state.renew()
    assert {c.missing(context) for c in samples()} == {needs.DATA}


def test_it_alone_is_selected_as_one_step(state: State, session: Any) -> None:
    state.update(selection=np.array([1, 2]))
    context = Context(state, session, sample=5)
    assert SELECT.missing(context) == ""
    SELECT.act(context)
    assert state.now.selection.tolist() == [5]
    assert SELECT.missing(context) == "It is the one selected"
    assert state.undo() and state.now.selection.tolist() == [1, 2]


def test_one_of_several_selected_can_be_selected_alone(state: State, session: Any) -> None:
    state.update(selection=np.array([5, 6]))
    assert SELECT.missing(Context(state, session, sample=5)) == ""
    assert SELECT.missing(Context(state, session, sample=7)) == ""


def test_without_a_model_there_is_no_code_to_go_to(state: State, session: Any) -> None:
    context = Context(state, session, sample=N - 1)
    assert GO.missing(context) == ""
    GO.act(context)
    assert session.last("go_to") == N - 1
    state.update(model=None, codes=None)
    assert GO.missing(context) == needs.MODEL and COPY.missing(context) == ""


def test_its_pixels_are_copied(state: State, session: Any) -> None:
    COPY.act(Context(state, session, sample=3))
    image, data = QGuiApplication.clipboard().image(), state.now.dataset
    assert data is not None
    seen = [[image.pixelColor(x, y).red() for x in range(8)] for y in range(8)]
    assert seen == data.picture(3)[:, :, 0].tolist()
