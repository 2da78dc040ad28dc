"""Taking a picture along: pixel by pixel, as it is shown, as a file."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from explorer.app import needs
from explorer.app.background.answers import Answers
from explorer.app.background.jobs import Jobs
from explorer.app.commands import Context, Shown
from explorer.app.state import State
from explorer.ui.actions import pictures as module
from explorer.ui.actions.pictures import pictures
from explorer.ui.widgets.pictures.picture_view import PictureView
from tests.ui.conftest import Asked

SHOWN, COPY, EXPORT = pictures()
PIXELS = np.arange(64, dtype=np.uint8).reshape(8, 8, 1)


@pytest.fixture
def session(state: State, jobs: Jobs) -> Any:
    return Asked(Answers(state, jobs, jobs))


@pytest.fixture
def view(qtbot: Any) -> PictureView:
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(64, 64)
    return made


def context(state: State, session: Any, widget: Any) -> Context:
    return Context(state, session, shown=Shown("picture", (), "", "", widget))


def test_only_a_view_of_a_picture_has_one(
    state: State, session: Any, view: PictureView, qtbot: Any
) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    for other in (Context(state, session), context(state, session, label)):
        assert {c.missing(other) for c in pictures()} == {"Right click a picture"}
    assert {c.missing(context(state, session, view)) for c in pictures()} == {needs.PICTURE}
    view.set_picture(PIXELS)
    assert {c.missing(context(state, session, view)) for c in pictures()} == {""}


def test_it_is_copied_pixel_by_pixel_or_as_large_as_it_is_shown(
    state: State, session: Any, view: PictureView
) -> None:
    view.set_picture(PIXELS)
    here = context(state, session, view)
    assert COPY.named is not None and COPY.named(here) == "Copy image, 8 x 8 pixels"
    COPY.act(here)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (8, 8) and image.pixelColor(7, 7).red() == 63
    SHOWN.act(here)
    assert QGuiApplication.clipboard().image().width() == 64


def test_it_leaves_only_when_it_is_there(
    state: State, session: Any, view: PictureView, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(module, "ask_and_export", lambda *given: asked.append(given))
    EXPORT.act(context(state, session, view))
    assert asked == []
    view.set_picture(PIXELS)
    EXPORT.act(context(state, session, view))
    assert asked[0][0] is view and asked[0][2].picture is not None
