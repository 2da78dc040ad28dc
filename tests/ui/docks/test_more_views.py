"""A plane is shown as often as one likes; views of one kind move together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtWidgets import QDockWidget

from explorer.app.planes import planes
from explorer.ui.palette.rows import all_rows
from explorer.ui.plane.view import PlaneView
from explorer.ui.synthetic_input import drag
from explorer.ui.window import MainWindow, open_window
from explorer.ui.workspaces import in_order


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
    assert window.state.now.moved == kind
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
