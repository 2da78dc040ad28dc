"""A dock that a tab names has no title of its own; it can still float and be closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu, QScrollArea, QTabBar

from explorer.ui.window import MainWindow

ROW = 34  # px of a setting, with the space below it


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(tmp_path)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: _is_bare(made, "probe"))
    yield made
    made.close()


def _dock(window: MainWindow, name: str) -> QDockWidget:
    found = window.findChild(QDockWidget, f"{name}Dock")
    assert isinstance(found, QDockWidget)
    return found


def _is_bare(window: MainWindow, name: str) -> bool:
    title = _dock(window, name).titleBarWidget()
    return title is not None and title.height() == 0


def test_only_docks_without_a_tab_have_a_title(window: MainWindow) -> None:
    assert all(_is_bare(window, name) for name in ("probe", "formula"))
    assert not _is_bare(window, "pca") and not _is_bare(window, "samples")


def test_the_last_of_a_row_of_tabs_gets_its_title_back(window: MainWindow, qtbot: Any) -> None:
    _dock(window, "formula").close()
    qtbot.waitUntil(lambda: not _is_bare(window, "probe"))
    _dock(window, "formula").toggleViewAction().trigger()
    qtbot.waitUntil(lambda: _is_bare(window, "probe") and _is_bare(window, "formula"))


def _measures(window: MainWindow) -> QTabBar:
    """The row of tabs of the workspace that measures."""
    window.state.update(workspace="measure")
    QApplication.processEvents()
    return next(b for b in window.findChildren(QTabBar) if b.isVisible())


def test_a_tab_has_a_menu_that_floats_and_closes(window: MainWindow, qtbot: Any) -> None:
    bar = _measures(window)
    tab = [bar.tabText(i) for i in range(bar.count())].index("Applications")
    at = bar.tabRect(tab).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, bar.mapToGlobal(at))
    QApplication.sendEvent(bar, event)
    (menu,) = (m for m in window.findChildren(QMenu) if m.isVisible())
    menu.actions()[0].trigger()
    menu.close()
    assert _dock(window, "applications").isFloating()
    qtbot.waitUntil(lambda: not _is_bare(window, "applications"))
    _dock(window, "applications").setFloating(False)
    qtbot.waitUntil(lambda: _is_bare(window, "applications"))
    window._titles.menu_of(_dock(window, "applications")).actions()[1].trigger()
    assert not _dock(window, "applications").toggleViewAction().isChecked()


def test_beside_the_tabs_there_is_no_menu(window: MainWindow) -> None:
    bar = _measures(window)
    at = QPoint(bar.width() - 1, 2)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, bar.mapToGlobal(at))
    QApplication.sendEvent(bar, event)
    assert not [m for m in window.findChildren(QMenu) if m.isVisible()]


def test_five_rows_of_settings_and_many_dimensions_fit_a_small_window(
    window: MainWindow, qtbot: Any
) -> None:
    window.session.configure(model=replace(window.state.now.model_config, latent_dim=16))
    QApplication.processEvents()
    assert window.size().toTuple() == (1280, 800)
    assert window.minimumSizeHint().height() <= 768
    window.state.update(workspace="train")
    form = _dock(window, "settings").findChild(QScrollArea)
    assert form is not None and form.viewport().height() >= 5 * ROW
