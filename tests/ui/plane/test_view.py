"""A view of a plane: one tool at a time, layers as the state has them, names of its axes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtTest import QTest

from explorer.app.session import Session
from explorer.app.state import LayerAppearance, State
from explorer.ui.plane import layers, tools
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.plane.view import PlaneView
from explorer.ui.themes import theme
from explorer.ui.widgets.legend.hover_card import HoverCard

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def view(plane_area: PlaneArea) -> PlaneView:
    return plane_area.plane


def test_it_has_every_tool_and_every_layer_that_means_something_in_it(
    view: PlaneView, state: State, session: Session, qtbot: Any
) -> None:
    assert list(view.tools) == tools.in_order()
    known = layers.in_order()
    assert list(view.layers) == [n for n in known if not layers.layers[n].stranger(view.kind)]
    other = PlaneView("pca", state, session)
    qtbot.addWidget(other)
    assert "contours" in view.layers and "contours" not in other.layers
    assert other.accessibleName() == other.kind.title != view.accessibleName()


def test_one_tool_is_in_use(view: PlaneView, state: State) -> None:
    for name in tools.in_order():
        state.update(tool=name)
        assert [n for n, tool in view.tools.items() if tool.active] == [name]


def test_its_axes_have_the_names_of_the_state(view: PlaneView, state: State) -> None:
    names = [view.getAxis(side).labelText for side in ("bottom", "left")]
    assert "z1" in names[0] and "z2" in names[1]
    state.update_plane("latent", axes=(2, 0))
    names = [view.getAxis(side).labelText for side in ("bottom", "left")]
    assert "z3" in names[0] and "z1" in names[1]


def test_layers_follow_the_state_and_come_back_to_their_usual_look(
    view: PlaneView, state: State
) -> None:
    state.update(layers={"path": LayerAppearance(visible=False, opacity=0.5)})
    group = view.layers["path"].group.item
    assert not group.isVisible() and group.opacity() == 0.5
    state.update(layers={})
    assert group.isVisible() and group.opacity() == 1.0


@pytest.mark.parametrize("fits", [True, False])
def test_a_double_click_fits_unless_the_tool_means_something_else(
    view: PlaneView, state: State, fits: bool
) -> None:
    state.update(tool="pan")
    view.fits_on_double_click = fits
    told: list[tuple[float, float]] = []
    view.double_clicked.connect(lambda a, b: told.append((a, b)))
    view.zoom(3, view.pixel_at((0, 0)).toPointF())
    zoomed = view.getViewBox().viewRect()
    at = view.pixel_at((0.2, 0.1))
    QTest.mouseDClick(view.viewport(), LEFT, pos=at)
    assert told[-1] == pytest.approx((0.2, 0.1), abs=0.02)
    assert (view.getViewBox().viewRect() == zoomed) != fits
    count = len(told)
    QTest.mouseDClick(view.viewport(), RIGHT, pos=at)
    assert len(told) == count


def test_layers_follow_the_theme(light: None, view: PlaneView, state: State, qapp: Any) -> None:
    state.update(mark_a=np.zeros(3, np.float32))
    (flag,) = view.layers["flags"].flags
    for tokens in (theme.LIGHT, theme.DARK, theme.LIGHT):
        theme.apply(qapp, tokens.name)
        assert flag.brush().color().name() == tokens.accent.lower()


@pytest.mark.parametrize("fits", [True, False])
def test_a_double_click_is_no_bodys_else(view: PlaneView, fits: bool) -> None:
    view.fits_on_double_click = fits
    at = view.pixel_at((0.2, 0.1)).toPointF()
    event = QMouseEvent(
        QEvent.Type.MouseButtonDblClick, at, view.mapToGlobal(at), LEFT, LEFT,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    event.ignore()
    view.mouseDoubleClickEvent(event)
    assert event.isAccepted()


def test_lines_are_smooth(view: PlaneView) -> None:
    assert view.renderHints() & QPainter.RenderHint.Antialiasing


def test_a_pointer_that_rests_on_a_point_gets_a_card_in_any_view(view: PlaneView) -> None:
    view.hovered.emit(3)
    view.dwelled.emit(3)
    assert view.window().findChild(HoverCard).isVisible()


def test_a_double_click_fits_until_a_tool_says_otherwise(view: PlaneView) -> None:
    assert view.fits_on_double_click
