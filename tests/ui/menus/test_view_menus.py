"""ui.menus.view_menus: whatever is shown can be taken along, and has a menu that says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from explorer.export.exporting import kinds_of
from explorer.task import NO_TASK
from explorer.ui.menus.view_menus import ViewMenus
from explorer.ui.widgets.charts.accuracy_plot import AccuracyPlot
from explorer.ui.widgets.charts.bar_plot import BarPlot
from explorer.ui.widgets.charts.figure_grid import Figure, FigureGrid
from explorer.ui.widgets.charts.score_histogram import ScoreHistogram
from explorer.ui.widgets.charts.usage_bars import UsageBars
from explorer.ui.widgets.pictures.code_grid import CodeGrid
from explorer.ui.widgets.pictures.code_palette import CodePalette
from explorer.ui.widgets.pictures.picture_grid import PictureGrid
from explorer.ui.window import MainWindow
from tests.ui.standing import Standing, standing

SHARES = np.array([0.5, 0.2, 0.3])
FILLED: dict[type[QWidget], tuple[Any, list[str]]] = {
    AccuracyPlot: (lambda view: view.show_lines([("pixels", [(5, 0.5, 0.1), (10, 0.7, 0.1)])]),
                   ["features", "labels per class", "accuracy", "deviation"]),
    BarPlot: (lambda view: view.show_bars(SHARES, ("a", "b", "c")), ["name", "KL", "active"]),
    ScoreHistogram: (lambda view: view.show_scores(np.arange(9.0), np.arange(9) > 4),
                     ["from", "to", "normal", "odd"]),
    UsageBars: (lambda view: view.set_shares(SHARES), ["code", "share"]),
    CodePalette: (lambda view: view.set_shares(SHARES), ["code", "share"]),
    CodeGrid: (lambda view: view.set_index(np.array([4, 2])), ["position", "code"]),
    FigureGrid: (lambda view: view.show_values({"elbo": "\u221297"}), ["figure", "value"]),
    PictureGrid: (lambda view: view.show_pictures(np.zeros((3, 4, 4, 1), np.uint8)), []),
}  # fmt: skip
MADE = {
    BarPlot: lambda: BarPlot("KL", "of each"),
    FigureGrid: lambda: FigureGrid([Figure("elbo", "ELBO", "a bound")], 1),
}


def _open(view: QWidget) -> QMenu | None:
    at = QPoint(5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
    QApplication.sendEvent(view, event)
    return QApplication.activePopupWidget()  # type: ignore[return-value]


def _entries(menu: QMenu) -> dict[str, Any]:
    return {action.text(): action for action in menu.actions() if action.text()}


# -- what each view is in a file --------------------------------------------------------------


@pytest.mark.parametrize("kind", FILLED)
def test_a_view_leaves_with_its_numbers_once_it_shows_something(qtbot, kind):
    view = MADE.get(kind, kind)()
    qtbot.addWidget(view)
    assert view.thing() is None
    fill, columns = FILLED[kind]
    fill(view)
    thing = view.thing()
    assert thing.name and thing.what.startswith("the ")
    assert thing.picture(NO_TASK).ndim == 3
    assert (list(thing.table(NO_TASK)) if thing.table else []) == columns
    assert len({len(column) for column in thing.table(NO_TASK).values()} if columns else [1]) == 1


def test_a_menu_opens_on_a_view_and_says_why_nothing_can_leave(qtbot, session, monkeypatch):
    window = QWidget()
    view, names, exported = UsageBars(window), [], []
    qtbot.addWidget(window)
    ViewMenus(window, session)
    window.show()
    menu = _open(view)
    assert menu is not None and not any(action.isEnabled() for action in _entries(menu).values())
    menu.close()
    view.set_shares(SHARES)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *a: names.append(a) or ("/nowhere/a.csv", "")
    )
    monkeypatch.setattr(session, "export", lambda *given: exported.append(given))
    menu = _open(view)
    entries = _entries(menu)
    assert list(entries) == ["Copy the use of codes as CSV", "Copy the view", "Export..."]
    entries["Copy the use of codes as CSV"].trigger()
    assert QApplication.clipboard().text().splitlines()[:2] == ["code,share", "0,0.5"]
    entries["Export..."].trigger()
    menu.close()
    ((thing, target),) = exported
    assert str(target) == "/nowhere/a.csv" and names[0][1] == "Export the use of codes"
    assert "CSV table" in [kind.title for kind in kinds_of(thing)]


def test_a_picture_without_numbers_says_so(qtbot, session):
    window = QWidget()
    view = PictureGrid(window)
    qtbot.addWidget(window)
    ViewMenus(window, session)
    window.show()
    view.show_pictures(np.zeros((3, 4, 4, 1), np.uint8))
    menu = _open(view)
    able = {text: action.isEnabled() for text, action in _entries(menu).items()}
    assert list(able.values()) == [False, True, True]
    menu.close()


# -- every view of the window -----------------------------------------------------------------

ROOMS = ("explorer.ui.widgets.charts", "explorer.ui.widgets.pictures")
PARTS = ("SignalChart", "FeatureChart", "ComparisonRow", "OwnTray")  # of what has one


@pytest.fixture(scope="module")
def opened(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    with standing(tmp_path_factory.mktemp("settings")) as made:
        yield made


def _views(window: MainWindow) -> list[QWidget]:
    drawn = [
        view
        for view in window.findChildren(QWidget)
        if type(view).__module__.startswith(ROOMS) or isinstance(view, pyqtgraph.PlotWidget)
    ]
    return [view for view in drawn if type(view).__name__ not in PARTS]


def _has_menu(view: QWidget) -> bool:
    """Its own, one that was asked for, or that of the view that it is a part of."""
    if view.contextMenuPolicy() is Qt.ContextMenuPolicy.CustomContextMenu:
        return True
    parent = view.parentWidget()
    own = hasattr(view, "offers") or hasattr(view, "menu_wanted")
    return own or (parent is not None and type(parent).__module__.startswith(ROOMS)
                   and _has_menu(parent))  # fmt: skip


def test_every_chart_picture_and_plane_of_the_window_has_a_menu(opened: Standing) -> None:
    views = _views(opened.begin())
    assert len(views) > 20
    assert [f"{type(v).__name__} {v.objectName()}" for v in views if not _has_menu(v)] == []
