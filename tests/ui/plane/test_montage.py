from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtWidgets import QLabel

from explorer.app.state import State
from explorer.ui.plane.montage import HINT, STARTS, DataMontage
from explorer.ui.plane.plane_area import PlaneArea


def montage_of(plane_area: PlaneArea) -> DataMontage:
    found = plane_area.findChild(DataMontage)
    assert found is not None
    return found


def test_it_is_there_until_the_model_is(plane_area: PlaneArea, state: State, qtbot: Any) -> None:
    view, now = montage_of(plane_area), state.now
    assert view.isHidden()
    state.update(model=None, codes=None)
    assert view.isVisible() and HINT in view.accessibleDescription()
    qtbot.waitUntil(lambda: view.layout_now() is not None)
    assert "a 2, b 3" in view.accessibleDescription()
    assert view.geometry() == plane_area.plane.geometry()
    state.update(training="running")
    assert view.isVisible() and STARTS in view.accessibleDescription()
    state.update(model=now.model, codes=now.codes, training="idle")
    assert view.isHidden() and view.layout_now() is None


def test_other_data_is_drawn_anew_and_no_data_is_an_invitation(
    plane_area: PlaneArea, state: State, qtbot: Any
) -> None:
    view, data = montage_of(plane_area), state.now.dataset
    state.update(model=None, codes=None)
    qtbot.waitUntil(lambda: view.layout_now() is not None)
    state.renew()
    assert view.isHidden() and view.layout_now() is None
    texts = [label.text() for label in plane_area.findChildren(QLabel) if label.isVisible()]
    assert any("Drop a folder of images" in text for text in texts)
    state.update(dataset=data)
    assert view.isVisible()
    qtbot.waitUntil(lambda: view.layout_now() is not None)
    texts = [label.text() for label in plane_area.findChildren(QLabel) if label.isVisible()]
    assert not any("Drop a folder" in text for text in texts)


def test_it_grows_with_the_window(plane_area: PlaneArea, state: State, qtbot: Any) -> None:
    state.update(model=None, codes=None)
    view = montage_of(plane_area)
    qtbot.waitUntil(lambda: view.layout_now() is not None)
    plane_area.resize(900, 700)
    qtbot.waitUntil(lambda: view.geometry() == plane_area.plane.geometry())


def test_the_mouse_goes_through(plane_area: PlaneArea, state: State) -> None:
    state.update(model=None, codes=None)
    view = montage_of(plane_area)
    assert plane_area.childAt(view.geometry().center()) is not view


def test_an_answer_about_other_data_is_not_shown(
    plane_area: PlaneArea, state: State, qtbot: Any
) -> None:
    data = state.now.dataset
    state.update(model=None, codes=None)
    other = type(data)(
        "other", data.x.copy(), data.preparation, np.zeros(5, np.bool_), None, ()
    )  # fmt: skip
    state.update(dataset=other)
    view = montage_of(plane_area)
    qtbot.waitUntil(lambda: view.layout_now() is not None)
    assert "a 2" not in view.accessibleDescription()
