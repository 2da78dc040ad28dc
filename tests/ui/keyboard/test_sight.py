"""Tab goes through all that is seen, in the order of sight, named and with a ring around it."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLayout,
    QLayoutItem,
    QTabBar,
    QToolBar,
    QWidget,
)

from explorer.ui import synthetic_input
from explorer.ui.keyboard.sight import regions, stops
from explorer.ui.window import MainWindow, open_window


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window("digits", settings_dir=tmp_path)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.activateWindow()
    qtbot.waitUntil(lambda: made.state.now.decoded is not None and not made.jobs.busy)
    made.session.put_away()
    yield made
    made.close()


def _dock(window: MainWindow, name: str) -> QDockWidget:
    return synthetic_input.find(window, QDockWidget, f"{name}Dock")


def _first(window: MainWindow) -> None:
    """As it is on the first day."""


def _other_tabs(window: MainWindow) -> None:
    for name in ("applications", "formula", "generate"):
        _dock(window, name).raise_()


def _closed(window: MainWindow) -> None:
    for name in ("samples", "generate", "probe", "training"):
        _dock(window, name).close()


def _moved(window: MainWindow) -> None:
    window.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, _dock(window, "samples"))
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, _dock(window, "pca"))


def _small(window: MainWindow) -> None:
    window.resize(1024, 720)


LAYOUTS = (_first, _other_tabs, _closed, _moved, _small)


@pytest.mark.parametrize("arrange", LAYOUTS, ids=lambda f: f.__name__.strip("_"))
@pytest.mark.parametrize("back", [False, True], ids=["forth", "back"])
def test_tab_walks_through_all_that_is_seen(
    window: MainWindow, qtbot: Any, arrange: Callable[[MainWindow], None], back: bool
) -> None:
    arrange(window)
    for _ in range(4):
        QApplication.processEvents()
    window.activateWindow()
    order = stops(window)
    walk = list(reversed(order)) if back else order
    assert len(walk) > 25 and window.plane_area.plane in walk
    walk[0].setFocus()
    held = window.state.now
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    for widget in [*walk[1:], walk[0]]:
        rest = widget.grab().toImage()
        QTest.keyClick(QApplication.focusWidget(), key)
        assert QApplication.focusWidget() is widget, _named(widget)
        assert _is_seen(window, widget), _named(widget)
        assert _named(widget), widget
        assert widget.grab().toImage() != rest, _named(widget)  # the ring
    assert window.state.now is held  # to pass by changes nothing


def _is_seen(window: MainWindow, widget: QWidget) -> bool:
    """Within the window, and not clipped away by what it is in."""
    left, above = QRect(widget.mapTo(window, QPoint()), widget.size()), widget.parentWidget()
    while above is not None:
        left &= QRect(above.mapTo(window, QPoint()), above.size())
        above = None if above is window else above.parentWidget()
    return widget.isVisible() and not left.isEmpty()


def _named(widget: QWidget) -> str:
    text = getattr(widget, "text", str)()
    return widget.accessibleName() or (text if isinstance(text, str) else "")


def test_no_item_of_a_layout_outlives_a_walk(window: MainWindow) -> None:
    """Qt deletes items without telling Python, which would then take other things for them."""
    before = _items()
    for arrange in LAYOUTS:
        arrange(window)
        assert stops(window)
    assert _items() == before


def _items() -> int:
    """How many Python knows; those that it took out of a layout itself are nobody else's."""
    known = [o for o in gc.get_objects() if issubclass(type(o), QLayoutItem)]
    return sum(not isinstance(item, QLayout) for item in known)


@pytest.mark.parametrize("arrange", LAYOUTS, ids=lambda f: f.__name__.strip("_"))
def test_regions_are_read_from_the_top_left(
    window: MainWindow, arrange: Callable[[MainWindow], None]
) -> None:
    arrange(window)
    for _ in range(4):
        QApplication.processEvents()
    order, parts = stops(window), regions(window)
    assert isinstance(parts[0], QToolBar) and parts[-1] is window.statusBar()
    tools = [w.x() for w in order if w.parent() is window.toolbar]
    assert tools == sorted(tools) and len(tools) > 9
    for upper, lower in itertools.pairwise(parts):
        if isinstance(upper, QTabBar):
            assert upper.geometry().bottom() <= lower.geometry().top() + 4
    hidden = [d for d in window.docks if d not in parts]
    assert not [w for w in order if any(d.isAncestorOf(w) for d in hidden)]


def test_what_is_reached_is_scrolled_into_sight_and_the_ring_goes_with_the_focus(
    window: MainWindow,
) -> None:
    _small(window)
    QApplication.processEvents()
    plane = window.plane_area.plane
    order = stops(window)
    order[order.index(plane) - 1].setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    rings = [w for w in plane.findChildren(QWidget, "focusRing") if w.isVisible()]
    assert len(rings) == 4 and all(min(r.width(), r.height()) == 2 for r in rings)
    order[0].setFocus()
    assert not [w for w in plane.findChildren(QWidget, "focusRing") if w.isVisible()]


def test_nothing_has_two_rings(window: MainWindow) -> None:
    """What says that it shows the focus itself does, and the window's ring stays away from it."""
    window.resize(1280, 800)
    QApplication.processEvents()
    order, seen = stops(window), set()
    for before, chosen in itertools.pairwise(order):
        if not getattr(chosen, "shows_focus", False) or type(chosen) in seen:
            continue
        seen.add(type(chosen))
        before.setFocus()
        without = chosen.grab().toImage()
        QTest.keyClick(before, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is chosen
        assert not [w for w in chosen.findChildren(QWidget, "focusRing") if w.isVisible()]
        assert chosen.grab().toImage() != without
    assert {kind.__name__ for kind in seen} >= {"PictureView"}


def test_a_window_that_was_maximised_gives_the_plane_its_room_back(window: MainWindow) -> None:
    window.arrangement.own = False
    window.resize(1280, 800)
    window.arrangement.arrange()
    QApplication.processEvents()
    before = [dock.width() for dock in window.docks if dock.isVisible()]
    window.resize(3840, 2160)
    QApplication.processEvents()
    window.resize(1280, 800)
    QApplication.processEvents()
    assert [dock.width() for dock in window.docks if dock.isVisible()] == before


def test_a_toolbar_that_was_closed_comes_back_with_the_first_layout(window: MainWindow) -> None:
    window.toolbar.toggleViewAction().trigger()
    assert window.toolbar.isHidden()
    window.reset_layout()
    assert window.toolbar.isVisible()
