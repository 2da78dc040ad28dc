"""The planes show each change at once, though nobody moves the mouse.

Every layer and tool that there is: what is on the screen is what a paint from nothing gives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.analysis.latent.paths import LatentPath
from explorer.analysis.pca import fit
from explorer.app.background.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import Bookmark, LayerAppearance, State, space_of
from explorer.ui.panels.pca import PcaPanel
from explorer.ui.plane.layers import layers
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.plane.tools import tools
from explorer.ui.themes import theme
from explorer.ui.widgets.legend.legend import Legend
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane
from tests.ui.onscreen import idle, painted_anew, pixels
from tests.ui.plane.conftest import CORNERS

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
layers.discover("explorer.ui.plane.layers")
tools.discover("explorer.ui.plane.tools")


def _full(state: State) -> None:
    """Something for every layer to draw."""
    model = state.now.model
    assert model is not None
    appearances = {name: LayerAppearance(True, 0.9) for name in layers}
    mark = Bookmark("here", np.array([0.5, -0.5, 0], np.float32), space_of(model))
    state.update(
        layers=appearances, path=LatentPath(CORNERS), selection=np.array([1]), hover=2,
        mark_a=CORNERS[0], mark_b=CORNERS[2], bookmarks=(mark,), z=np.array([0.2, 0.3, 0], "f4"),
    )  # fmt: skip


@pytest.fixture
def shown(plane_area: PlaneArea, state: State, jobs: Jobs, light: None) -> PlaneArea:
    _full(state)
    idle(plane_area, jobs)
    return plane_area


def _is_of_now(plane: ScatterPlane, jobs: Jobs, before: np.ndarray | None = None) -> None:
    """before: what was on the screen, if the change can be seen."""
    idle(plane.window(), jobs)
    now = pixels(plane)
    np.testing.assert_array_equal(now, painted_anew(plane))
    assert before is None or now.shape != before.shape or (now != before).any()


@pytest.mark.parametrize("name", sorted(layers))
def test_a_layer_that_is_switched_or_faded(shown: PlaneArea, state: State, jobs: Jobs, name: str):
    plane, there = shown.plane, not layers[name].absence(state.now)
    appearances = state.now.layers
    for appearance in (
        LayerAppearance(True, 0.3),
        LayerAppearance(False),
        LayerAppearance(True, 1.0),
    ):
        before = pixels(plane)
        state.update(layers={**appearances, name: appearance})
        _is_of_now(plane, jobs, before if there else None)


@pytest.mark.parametrize("alone", sorted(layers))
def test_what_one_layer_alone_shows(shown: PlaneArea, state: State, jobs: Jobs, alone: str) -> None:
    """All changes of the state while that layer only is seen."""
    state.update(layers={name: LayerAppearance(name == alone) for name in layers})
    for change in CHANGES.values():
        change(shown, state)
        _is_of_now(shown.plane, jobs)


def _muted(plane_area: PlaneArea, state: State) -> None:
    QTest.mouseClick(plane_area.findChild(Legend).row(1), LEFT, pos=QPoint(10, 10))


def _other_codes(plane_area: PlaneArea, state: State) -> None:
    codes = state.now.codes
    assert codes is not None
    state.update(codes=replace(codes, mean=codes.mean * np.float32(0.9)))


def _other_path(plane_area: PlaneArea, state: State) -> None:
    assert state.now.path is not None
    state.update(path=LatentPath(state.now.path.points.copy(), "spherical"))


CHANGES: dict[str, Callable[[PlaneArea, State], object]] = {
    "codes": _other_codes,
    "a muted class": _muted,
    "selection": lambda plane_area, state: state.update(selection=np.array([3])),
    "a crowd": lambda plane_area, state: state.update(selection=np.array([0, 1, 3])),
    "hover": lambda plane_area, state: state.update(hover=4),
    "no hover": lambda plane_area, state: state.update(hover=None),
    "z": lambda plane_area, state: state.update(z=np.array([-0.5, 0.7, 0], np.float32)),
    "kind of path": _other_path,
    "the dot": lambda plane_area, state: state.update(path_at=0.7),
    "no path": lambda plane_area, state: state.update(path=None),
    "B": lambda plane_area, state: state.update(mark_b=CORNERS[1]),
    "no bookmark": lambda plane_area, state: state.update(bookmarks=()),
    "axes": lambda plane_area, state: state.update_plane("latent", axes=(2, 0)),
    "fit": lambda plane_area, state: plane_area.plane.fit(),
    "zoom": lambda plane_area, state: plane_area.plane.zoom(1.5),
    "a loop": lambda plane_area, state: plane_area.plane.set_loop([(0, 0), (1, 0), (0.5, 1)]),
    "no loop": lambda plane_area, state: plane_area.plane.set_loop(()),
    "dark": lambda plane_area, state: theme.apply(QApplication.instance(), "dark"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_state_and_its_undo(
    shown: PlaneArea, state: State, jobs: Jobs, change: str
) -> None:
    shown.plane.set_loop([(0, 0), (1, 0), (0.5, 1)] if change == "no loop" else ())
    shown.plane.zoom(0.8)
    idle(shown, jobs)
    before = pixels(shown.plane)
    state.mark()
    CHANGES[change](shown, state)
    _is_of_now(shown.plane, jobs, before)
    state.undo()
    _is_of_now(shown.plane, jobs)


DRAWN = ("codes", "a muted class", "selection", "a crowd", "kind of path", "no path", "B",
         "no bookmark", "axes")  # fmt: skip


@pytest.mark.parametrize("change", DRAWN)
def test_what_layers_draw_from_does_not_wait_for_the_scene(
    shown: PlaneArea, state: State, jobs: Jobs, change: str
) -> None:
    """Of a ring that went with an undo the scene was seen to tell nothing."""
    before = pixels(shown.plane)
    shown.plane.scene().blockSignals(True)
    CHANGES[change](shown, state)
    _is_of_now(shown.plane, jobs, before)


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Backspace])
@pytest.mark.parametrize("name", sorted(tools))
def test_a_stroke_let_go_and_a_key(
    shown: PlaneArea, state: State, jobs: Jobs, name: str, key: Qt.Key
) -> None:
    plane = shown.plane
    state.update(tool=name)
    ends = [plane.pixel_at(at) for at in ((-1.3, -1.2), (-0.4, 1.3), (0.4, 0.1))]
    QTest.mousePress(plane.viewport(), LEFT, NONE, ends[0])
    for end in ends[1:]:
        QTest.mouseMove(plane.viewport(), end)
        _is_of_now(plane, jobs)
    QTest.mouseRelease(plane.viewport(), LEFT, NONE, ends[-1])
    _is_of_now(plane, jobs)
    QTest.keyClick(plane, key)
    _is_of_now(plane, jobs)
    state.update(tool=next(other for other in tools if other != name))
    _is_of_now(plane, jobs)


# -- the other plane ------------------------------------------------------------------------


@pytest.fixture
def linear(
    plane_area: PlaneArea, qtbot: Any, state: State, jobs: Jobs, session: Session, light: None
):
    """The PCA plane of the same data, in a window of its own."""
    panel = PcaPanel(state, session)
    qtbot.addWidget(panel)
    panel.resize(420, 360)
    data = state.now.dataset
    assert data is not None
    pca = fit(data, 4)
    with qtbot.waitExposed(panel):
        panel.show()
    state.update(pca=pca, pca_scores=pca.project(data.unit(slice(None))))
    _full(state)
    idle(panel, jobs)
    return panel


LINEAR = ("a muted class", "selection", "a crowd", "hover", "no hover", "no path", "fit", "dark")


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_the_pca_plane_is_of_now(
    plane_area: PlaneArea, linear: PcaPanel, state: State, jobs: Jobs, change: str
) -> None:
    plane = linear._plane
    assert state.now.survey is not None
    before = pixels(plane)
    state.mark()
    CHANGES[change](plane_area, state)
    if change == "fit":
        plane.zoom(0.5)
    idle(plane_area, jobs)
    _is_of_now(plane, jobs, before if change in LINEAR else None)
    state.undo()
    idle(plane_area, jobs)
    _is_of_now(plane, jobs)
    state.update_plane("pca", axes=(1, 0))
    _is_of_now(plane, jobs)
