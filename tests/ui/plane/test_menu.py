"""A menu speaks of the place where it was asked for, and what it copies works elsewhere."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from explorer.analysis import pca
from explorer.app.background.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.decoding.place import DecodePlace
from explorer.ui.plane.menu import table_of
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.plane.view import PlaneView
from explorer.ui.widgets.overlays.popup import heads
from explorer.ui.widgets.plane.items.cursor import RADIUS
from tests.ui.plane.conftest import MEAN

HELD = (0.5, -0.75)
Reason = QContextMenuEvent.Reason


@pytest.fixture
def plane(plane_area: PlaneArea, state: State) -> Any:
    state.update(z=np.array([*HELD, 2], np.float32))
    return plane_area.plane


def _open(plane: Any, at: tuple[float, float], reason: Reason = Reason.Mouse) -> QMenu:
    pixel = plane.pixel_at(at)
    asked = QContextMenuEvent(reason, pixel, plane.viewport().mapToGlobal(pixel))
    QApplication.sendEvent(plane.viewport(), asked)
    return QApplication.activePopupWidget()


def _do(menu: QMenu, text: str) -> None:
    _entry(menu, text).trigger()
    menu.close()


def _entry(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


def _clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_the_head_names_the_place_and_its_entries_act_there(plane: Any, state: State) -> None:
    held = state.now.z
    menu = _open(plane, (0.25, 0.5))
    assert [head[:4] for head in heads(menu)] == ["z = "] and "2.00)" in heads(menu)[0]
    _do(menu, "Copy z")
    np.testing.assert_allclose(
        [float(v) for v in _clipboard().split(",")], (0.25, 0.5, 2), atol=0.02
    )
    assert state.now.z is held
    _do(_open(plane, (0.25, 0.5)), "Move z here")
    np.testing.assert_allclose(state.now.z, (0.25, 0.5, 2), atol=0.02)
    assert state.undo() and state.now.z is held


def test_on_the_cursor_it_speaks_of_the_held_z_itself(plane: Any, state: State) -> None:
    menu = _open(plane, (HELD[0], HELD[1] + 0.01))
    assert heads(menu) == ["z = (0.50, \u22120.75, 2.00)"]
    _do(menu, "Copy z")
    assert _clipboard() == "0.5,-0.75,2"


def test_the_menu_key_opens_it_at_the_cursor(plane: Any, state: State) -> None:
    menu = _open(plane, (-1.2, 1.2), Reason.Keyboard)
    assert heads(menu) == ["z = (0.50, \u22120.75, 2.00)"]
    menu.close()


def test_on_a_point_it_offers_its_sample_too(plane: Any, state: State, jobs: Jobs) -> None:
    menu = _open(plane, (1.02, 1.0))
    assert heads(menu)[0] == "B, sample 3" and len(heads(menu)) == 2
    _do(menu, "Select it")
    assert state.now.selection.tolist() == [3] and state.now.z[2] == 2
    _do(_open(plane, (1.02, 1.0)), "Go to it: z is its code")
    assert state.now.z.tolist() == [1, 1, 0]


def test_the_command_names_the_folder_and_the_place(plane: Any) -> None:
    _do(_open(plane, HELD), "Copy as a command")
    words = shlex.split(_clipboard())
    assert words[:5] == ["latent-explorer", "decode", "/models/my vae", "--z", "0.5,-0.75,2"]


def test_the_python_compiles(plane: Any) -> None:
    _do(_open(plane, HELD), "Copy as Python")
    compile(_clipboard(), "copied", "exec")
    assert "[[0.5, -0.75, 2]]" in _clipboard() and "'/models/my vae'" in _clipboard()


def test_the_picture_of_the_place_is_copied(
    plane: Any, state: State, jobs: Jobs, qtbot: Any
) -> None:
    QGuiApplication.clipboard().clear()
    _do(_open(plane, (-0.5, 0.5)), "Copy the picture")
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull())
    image = QGuiApplication.clipboard().image()
    at = plane.point_at(plane.pixel_at((-0.5, 0.5)))
    z = plane.kind.unproject_z(state.now, at)
    wanted = DecodePlace(state.now.model, z).answer()
    found = [[image.pixelColor(x, y).red() for x in range(8)] for y in range(8)]
    np.testing.assert_array_equal(found, wanted[..., 0])


@pytest.mark.parametrize("text", ["Bookmark it", "Set as A", "Set as B"])
def test_marks_stand_at_the_place(plane: Any, state: State, text: str) -> None:
    held = state.now.z
    _do(_open(plane, (0.25, 0.5)), text)
    flags = plane.layers["flags"].flags
    assert len(flags) == 1 and state.now.z is held
    at = flags[0].pos()
    np.testing.assert_allclose((at.x(), at.y()), (0.25, 0.5), atol=0.02)


def test_without_a_model_the_menu_says_what_is_missing(plane: Any, state: State) -> None:
    state.renew()
    menu = _open(plane, (0.0, 0.0))
    entry = _entry(menu, "Copy z")
    assert not entry.isEnabled() and "model" in entry.toolTip()
    menu.close()
    assert isinstance(plane.viewport().rect().center(), QPoint)


@pytest.fixture
def among_pictures(
    plane_area: PlaneArea, state: State, session: Session, jobs: Jobs, qtbot: Any
) -> PlaneView:
    """The PCA plane of the same samples, their scores known."""
    view = PlaneView("pca", state, session)
    qtbot.addWidget(view)
    view.resize(500, 400)
    state.update(pca=pca.fit(state.now.dataset, 3))
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: view.positions is not None and not jobs.busy)
    return view


def test_among_pictures_the_cursor_is_moved_in_the_plane_and_z_is_found_when_asked_for(
    among_pictures: PlaneView, state: State, jobs: Jobs, qtbot: Any
) -> None:
    held = state.now.z
    menu = _open(among_pictures, (0.0, 0.0))
    words = [action.text() for action in menu.actions() if action.text()]
    assert words.count("Move the cursor here") == 1 and "Move z here" not in words
    assert _entry(menu, "Set as A").isEnabled()
    _do(menu, "Set as A")
    qtbot.waitUntil(lambda: not jobs.busy)
    assert len(among_pictures.layers["flags"].flags) == 1
    assert state.now.z is held


def test_a_row_a_sample_leaves_with_its_label_and_numbers(plane: Any, state: State) -> None:
    columns = table_of(plane.kind, state.now)
    assert [*columns] == ["sample", "label", "z1", "z2", "z3"]
    assert columns["sample"].tolist() == [0, 1, 2, 3, 4]
    assert [*columns["label"]] == ["a", "a", "b", "b", "b"]
    np.testing.assert_array_equal(columns["z3"], MEAN[:, 2])
    assert table_of(plane.kind, replace(state.now, dataset=None)) == {}


def test_numbers_leave_where_there_are_some(plane: Any, state: State) -> None:
    codes = next(a for a in _open(plane, (0.0, 0.0)).actions() if "codes" in a.text())
    assert codes.isEnabled()
    state.update(codes=None)
    assert not any(
        "codes" in a.text() and a.isEnabled() for a in _open(plane, (0.0, 0.0)).actions()
    )


@pytest.mark.parametrize(("px", "held"), [(RADIUS, True), (RADIUS + 1, False)])
def test_the_held_z_is_meant_on_the_cursor_alone(
    plane: Any, state: State, px: float, held: bool
) -> None:
    pixel = plane.pixel_at(HELD) + QPoint(round(px), 0)
    menu = plane.menu.open(plane.viewport().mapToGlobal(pixel))
    assert (heads(menu)[-1] == "z = (0.50, \u22120.75, 2.00)") == held
    menu.close()
