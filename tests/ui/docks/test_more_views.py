"""A plane is shown as often as one likes; each view has axes and zoom of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel

from explorer.app.commands import Context, PlanePoint
from explorer.app.planes import planes
from explorer.app.serialising import Names, from_file, to_file
from explorer.app.snapshot import View
from explorer.ui.actions.points import points
from explorer.ui.docks.more_views import ViewDock
from explorer.ui.palette.rows import all_rows
from explorer.ui.plane.layers import layers
from explorer.ui.plane.tools import tools
from explorer.ui.plane.view import PlaneView
from explorer.ui.synthetic_input import drag
from explorer.ui.widgets.forms.boxes import ChoiceBox
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.window import MainWindow, open_window
from explorer.ui.workspaces import in_order, workspaces


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window("digits", settings_dir=tmp_path / "settings")
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.state.now.decoded is not None and not made.jobs.busy)
    yield made
    made.close()


def another(window: MainWindow, kind: str) -> PlaneView:
    """Opened as the palette opens it."""
    title = f"Another view of a plane: {planes[kind].title}"
    next(row for row in all_rows(window.commands) if row.title == title).act()
    return window.findChildren(PlaneView)[-1]


NEAR = (-1.0, 1.0, -1.0, 1.0)
NAMES: Names = {"plane": planes, "tool": tools, "layer": layers, "workspace": workspaces}


def zoom(view: PlaneView, by: int) -> None:
    """Turn the wheel over the middle."""
    middle = QPointF(view.viewport().rect().center())
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        middle, view.viewport().mapToGlobal(middle), QPoint(), QPoint(0, by),
        Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def shown(view: PlaneView) -> View:
    """What is seen of the plane: left, right, bottom, top."""
    (left, right), (bottom, top) = view.getViewBox().viewRange()
    return left, right, bottom, top


def dock_of(view: PlaneView) -> QDockWidget:
    above = view.parentWidget()
    while not isinstance(above, QDockWidget):
        above = above.parentWidget()
    return above


@pytest.mark.parametrize("kind", list(planes))
def test_a_second_view_moves_with_the_first(window: MainWindow, qtbot: Any, kind: str) -> None:
    first = window.planes[kind]
    second, third = another(window, kind), another(window, kind)
    assert len({first, second, third}) == 3 and window.planes[kind] is first
    qtbot.waitUntil(lambda: second.isVisible() and window.state.now.seen.count(kind) >= 2)
    assert second.cursor_at is not None
    a, b = second.cursor_at
    drag(second, [(a, b), (a + 0.5, b + 0.25)])
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert window.state.now.moved == ("latent" if kind == "latent" else second.kind.name)
    assert second.cursor_at == pytest.approx((a + 0.5, b + 0.25), abs=0.05)
    assert first.cursor_at == second.cursor_at == third.cursor_at
    titles = {dock_of(view).windowTitle() for view in (second, third)}
    assert titles == {f"{planes[kind].title} (2)", f"{planes[kind].title} (3)"}


def test_a_closed_view_is_gone_and_its_number_is_free(window: MainWindow, qtbot: Any) -> None:
    view = another(window, "latent")
    qtbot.waitUntil(lambda: window.state.now.seen.count("latent") == 2)
    dock_of(view).close()
    qtbot.waitUntil(lambda: not shiboken6.isValid(view))
    assert window.state.now.seen.count("latent") == 1
    assert dock_of(another(window, "latent")).windowTitle().endswith("(2)")


@pytest.mark.parametrize("docked", [False, True])
def test_it_stays_in_every_workspace(window: MainWindow, qtbot: Any, docked: bool) -> None:
    dock = dock_of(another(window, "pca"))
    dock.setFloating(not docked)
    for workspace in (*in_order(), "explore"):
        window.state.update(workspace=workspace)
        qtbot.waitUntil(dock.isVisible)
        assert dock.isFloating() != docked


def test_a_number_that_was_free_is_a_view_anew(window: MainWindow, qtbot: Any) -> None:
    view, other = another(window, "latent"), another(window, "latent")
    view.show_view(NEAR)
    zoom(view, 120)
    shown = window.state.now.plane("latent:2").view
    dock_of(view).close()
    assert window.state.now.views == ("latent:3",)
    qtbot.waitUntil(lambda: not shiboken6.isValid(view))
    again = another(window, "latent")
    assert again.kind.name == "latent:2" and shown is not None
    assert window.state.now.plane("latent:2") == window.state.now.plane("latent")
    assert not window.state.undo(), "what was done in a view that is closed"
    assert {dock_of(one).windowTitle()[-3:] for one in (other, again)} == {"(2)", "(3)"}


def test_two_views_are_zoomed_apart_and_undo_is_of_the_one(window: MainWindow, qtbot: Any) -> None:
    first, second = window.planes["latent"], another(window, "latent")
    qtbot.waitUntil(second.isVisible)
    whole = window.state.now.plane("latent").view
    zoom(second, 240)
    near = window.state.now.plane("latent:2").view
    assert near is not None and window.state.now.plane("latent").view is whole
    zoom(first, -120)
    away = window.state.now.plane("latent").view
    assert away != near and window.state.now.plane("latent:2").view == near
    assert shown(second) == pytest.approx(near, rel=1e-3)
    assert window.state.undo()
    assert window.state.now.plane("latent").view is whole
    assert window.state.now.plane("latent:2").view == near
    assert window.state.undo()
    assert window.state.now.plane("latent:2").view is None
    assert shown(second) == pytest.approx(shown(first), rel=0.5), "all points again"
    assert window.state.redo() and window.state.now.plane("latent:2").view == near


def test_views_come_back_with_the_state(window: MainWindow, qtbot: Any) -> None:
    second = another(window, "pca")
    boxes = dock_of(second).findChildren(ChoiceBox)
    boxes[0].setCurrentIndex(3)
    boxes[0].activated.emit(3)
    zoom(second, 120)
    seen, data = window.state.now.plane("pca:2"), json.dumps(to_file(window.state.now))
    assert seen.axes == (3, 1) and seen.view is not None
    dock_of(second).close()
    qtbot.waitUntil(lambda: not shiboken6.isValid(second))
    data_again, model = replace(window.state.now.dataset), window.state.now.model
    library: Any = SimpleNamespace(dataset=lambda _: data_again, model=lambda _: model)
    restored = from_file(json.loads(data), library, NAMES)
    assert restored.error is None
    window.state.renew(**restored.fields)
    qtbot.waitUntil(lambda: window.findChild(PlaneView, "pca2Plane") is not None)
    again = window.findChild(PlaneView, "pca2Plane")
    assert window.state.now.plane("pca:2") == seen
    qtbot.waitUntil(lambda: again.positions is not None and not window.jobs.busy)
    assert again.kind.axis_names(window.state.now) == ("PC4", "PC2")
    assert shown(again) == pytest.approx(seen.view, rel=1e-3)
    assert window.planes["pca"].kind.axis_names(window.state.now) == ("PC1", "PC2")


def left_with(tmp_path: Path, qtbot: Any, *, docked: bool = False) -> tuple[Any, ...]:
    """A window closed with two further views: where the first one stood. The second is a tab."""
    window = open_window("digits", settings_dir=tmp_path / "settings")
    qtbot.addWidget(window)
    first, second = another(window, "latent"), another(window, "pca")
    dock_of(first).setGeometry(120, 90, 444, 333)
    dock_of(second).setFloating(not docked)
    qtbot.waitUntil(lambda: dock_of(second).isVisible() and not window.jobs.busy)
    window.close()
    assert window.state.now.views == ("latent:2", "pca:2"), "who closes the window closes no view"
    return (120, 90, 444, 333)


@pytest.mark.parametrize("docked", [False, True])
def test_the_next_window_has_them_where_they_stood(
    qtbot: Any, tmp_path: Path, docked: bool
) -> None:
    place = left_with(tmp_path, qtbot, docked=docked)
    window = open_window("digits", settings_dir=tmp_path / "settings")
    qtbot.addWidget(window)
    latent, pca = (window.findChild(PlaneView, f"{n}2Plane") for n in ("latent", "pca"))
    assert window.state.now.views == ("latent:2", "pca:2") and len(window.planes) == len(planes)
    qtbot.waitUntil(lambda: latent.isVisible() and pca.positions is not None)
    qtbot.waitUntil(lambda: latent.positions is not None and not window.jobs.busy)
    assert dock_of(latent).isFloating() and dock_of(latent).geometry().getRect() == place
    assert dock_of(pca).isFloating() != docked
    assert window.plane_area.plane.hasFocus() or window.focusWidget() is window.plane_area.plane
    dock_of(latent).close()
    qtbot.waitUntil(lambda: not shiboken6.isValid(latent))
    window.close()
    again = open_window("digits", settings_dir=tmp_path / "settings")
    qtbot.addWidget(again)
    assert (
        again.state.now.views == ("pca:2",) and again.findChild(PlaneView, "latent2Plane") is None
    )
    again.close()


@pytest.mark.parametrize("text", ["", "nonsense", '["latent"]', '["tsne:2"]', '{"pca:2": 3}'])
def test_a_damaged_setting_opens_nothing(qtbot: Any, tmp_path: Path, text: str) -> None:
    left_with(tmp_path, qtbot)
    settings = QSettings(str(tmp_path / "settings" / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("views", text)
    settings.sync()
    window = open_window("digits", settings_dir=tmp_path / "settings")
    qtbot.addWidget(window)
    assert window.state.now.views == () and not window.findChildren(ViewDock)
    qtbot.waitUntil(lambda: window.state.now.decoded is not None and not window.jobs.busy)
    assert another(window, "latent").kind.name == "latent:2"
    window.close()


def test_a_view_without_a_model_says_what_it_waits_for(qtbot: Any, tmp_path: Path) -> None:
    left_with(tmp_path, qtbot)
    window = open_window("wine", settings_dir=tmp_path / "settings")
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.state.now.dataset is not None and not window.jobs.busy)
    latent, pca = (window.findChild(PlaneView, f"{n}2Plane") for n in ("latent", "pca"))
    assert window.state.now.model is None and latent.positions is None
    said = {label.text() for label in dock_of(latent).findChildren(QLabel) if label.isVisible()}
    assert any("model" in text for text in said)
    assert pca.positions is not None and len(pca.positions.xy) == 178
    window.close()


def test_a_lasso_and_a_pointer_in_a_further_view_mean_its_own_axes(
    window: MainWindow, qtbot: Any
) -> None:
    second = another(window, "pca")
    window.state.update_plane("pca:2", axes=(3, 2))
    qtbot.waitUntil(lambda: second.isVisible() and not window.jobs.busy)
    scores = window.state.now.pca_scores
    assert scores is not None
    far = int(scores[:, 3].argmax())
    a, b = (float(v) for v in scores[far, [3, 2]])
    window.state.update(tool="lasso")
    d = 0.02 * float(np.ptp(scores[:, 3]))
    drag(second, [(a - d, b - d), (a + d, b - d), (a + d, b + d), (a - d, b + d), (a - d, b - d)])
    qtbot.waitUntil(lambda: far in window.state.now.selection)
    chosen = scores[window.state.now.selection][:, [3, 2]]
    assert (np.abs(chosen - [a, b]) < 1.5 * d).all()
    QTest.mouseMove(second.viewport(), second.pixel_at((a, b)))
    row = second.nearest(QPointF(second.pixel_at((a, b))))
    assert row is not None and second.sample_of(row) in window.state.now.selection


def test_the_menu_of_a_further_view_moves_its_own_cursor(window: MainWindow, qtbot: Any) -> None:
    second = another(window, "pca")
    window.state.update_plane("pca:2", axes=(3, 2))
    qtbot.waitUntil(lambda: second.isVisible() and not window.jobs.busy)
    point = Context(window.state, window.session, point=PlanePoint("pca:2", (0.5, 0.25)))
    by_name = {command.name: command for command in points()}
    assert not by_name["point-move"].missing(point)
    by_name["point-move"].act(point)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert second.cursor_at == pytest.approx((0.5, 0.25))
    assert window.state.now.pca_decoded.axes == (3, 2)
    assert window.planes["pca"].cursor_at == pytest.approx((0.0, 0.0), abs=1e-4)
    picture = window.findChild(PictureView, "pcaDecodedView")
    assert picture._caption == ("PC4 +0.50, PC3 +0.25",)
    window.state.update_plane("pca", axes=(3, 2))
    assert picture._caption == ("(+0.50, +0.25)",)
