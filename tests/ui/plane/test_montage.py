from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtWidgets import QLabel

from explorer.app.state import State
from explorer.ui.plane.montage import HINT, STARTS, DataMontage
from explorer.ui.plane.stage import Stage


def montage_of(stage: Stage) -> DataMontage:
    found = stage.findChild(DataMontage)
    assert found is not None
    return found


def test_it_is_there_until_the_model_is(stage: Stage, state: State, qtbot: Any) -> None:
    view, now = montage_of(stage), state.now
    assert view.isHidden()
    state.update(model=None, codes=None)
    assert view.isVisible() and HINT in view.accessibleDescription()
    qtbot.waitUntil(lambda: view.layout_now() is not None)
    assert "a 2, b 3" in view.accessibleDescription()
    assert view.geometry() == stage.plane.geometry()
    state.update(training="running")
    assert view.isVisible() and STARTS in view.accessibleDescription()
    state.update(model=now.model, codes=now.codes, training="idle")
    assert view.isHidden() and view.layout_now() is None


def test_other_data_is_drawn_anew_and_no_data_is_an_invitation(
    stage: Stage, state: State, qtbot: Any
) -> None:
    view, data = montage_of(stage), state.now.dataset
    state.update(model=None, codes=None)
    qtbot.waitUntil(lambda: view.layout_now() is not None)
    state.renew()
    assert view.isHidden() and view.layout_now() is None
    texts = [label.text() for label in stage.findChildren(QLabel) if label.isVisible()]
    assert any("Drop a folder of images" in text for text in texts)
    state.update(dataset=data)
    assert view.isVisible()
    qtbot.waitUntil(lambda: view.layout_now() is not None)
    texts = [label.text() for label in stage.findChildren(QLabel) if label.isVisible()]
    assert not any("Drop a folder" in text for text in texts)


def test_it_grows_with_the_window(stage: Stage, state: State, qtbot: Any) -> None:
    state.update(model=None, codes=None)
    view = montage_of(stage)
    qtbot.waitUntil(lambda: view.layout_now() is not None)
    stage.resize(900, 700)
    qtbot.waitUntil(lambda: view.geometry() == stage.plane.geometry())


def test_the_mouse_goes_through(stage: Stage, state: State) -> None:
    state.update(model=None, codes=None)
    view = montage_of(stage)
    assert stage.childAt(view.geometry().center()) is not view


def test_an_answer_about_other_data_is_not_shown(stage: Stage, state: State, qtbot: Any) -> None:
    data = state.now.dataset
    state.update(model=None, codes=None)
    other = type(data)(
        "other", data.x.copy(), data.preparation, np.zeros(5, np.bool_), None, ()
    )  # fmt: skip
    state.update(dataset=other)
    view = montage_of(stage)
    qtbot.waitUntil(lambda: view.layout_now() is not None)
    assert "a 2" not in view.accessibleDescription()
