"""Tab in the order of sight: what is on the screen, as one reads it, and nothing that is not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QDockWidget,
    QGridLayout,
    QLayout,
    QMainWindow,
    QScrollArea,
    QTabBar,
    QToolBar,
    QWidget,
)

AREAS = (
    Qt.DockWidgetArea.TopDockWidgetArea,
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.NoDockWidgetArea,  # the middle
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)


def stops(window: QMainWindow) -> list[QWidget]:
    """Where Tab goes, in this order: toolbars, docks by their places, the middle, the status."""
    found: list[QWidget] = []
    for region in regions(window):
        found += [w for w in _inside(region) if w not in found and _takes_focus(w)]
    return [w for w in found if not (isinstance(w, QScrollArea) and _holds_one_of(found, w))]


def _holds_one_of(found: list[QWidget], area: QScrollArea) -> bool:
    """Then the keys scroll it as they go through what it holds."""
    return any(area.isAncestorOf(widget) for widget in found)


def regions(window: QMainWindow) -> list[QWidget]:
    """The parts of the window that are seen; a row of tabs comes before the dock below it."""
    bars = [bar for bar in window.findChildren(QToolBar) if bar.isVisible()]
    parts: list[tuple[int, QPoint, QWidget]] = [
        (AREAS.index(window.dockWidgetArea(dock)), dock.pos(), dock) for dock in _docks(window)
    ]
    middle = window.centralWidget()
    ranked = [*parts, *([] if middle is None else [(2, middle.pos(), middle)])]
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    for bar in window.findChildren(QTabBar, options=direct):
        below = [part for part in parts if _sits_on(bar, part[2].geometry())]
        ranked += [(rank, at - QPoint(0, 1), bar) for rank, at, _ in below[:1] if bar.isVisible()]
    ranked.sort(key=lambda part: (part[0], *_read(part[0], part[1])))
    return [*bars, *(part for _, _, part in ranked), window.statusBar()]


def _docks(window: QMainWindow) -> list[QDockWidget]:
    """Qt keeps a dock behind a tab beyond the window's edge."""
    docks = window.findChildren(QDockWidget)
    return [d for d in docks if d.isVisible() and not d.isFloating() and d.x() >= 0 and d.y() >= 0]


def _sits_on(bar: QTabBar, dock: QRect) -> bool:
    return abs(bar.geometry().bottom() + 1 - dock.top()) < 4 and bar.x() <= dock.right() and (
        bar.geometry().right() >= dock.left()
    )  # fmt: skip


def _read(rank: int, at: QPoint) -> tuple[int, int]:
    """Columns at the sides are read downwards, rows above and below from the left."""
    return (at.x(), at.y()) if rank in (0, 4) else (at.y(), at.x())


def _takes_focus(widget: QWidget) -> bool:
    tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    if isinstance(widget, QAbstractButton) and widget.group() is not None:
        tab = tab if widget.isChecked() else Qt.FocusPolicy.NoFocus  # arrows lead to its neighbours
    return bool(tab) and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None


def _inside(widget: QWidget | None) -> Iterator[QWidget]:
    """The widget and all in it, as its layouts put them: a column downwards, a row to the right."""
    if widget is None or not widget.isVisible():
        return
    yield widget
    if isinstance(widget, QAbstractSpinBox | QComboBox | QTabBar):
        return
    scrolled = widget.widget() if isinstance(widget, QScrollArea) else None
    inner = _laid_out(widget.layout()) if scrolled is None else [scrolled]
    for child in inner:
        yield from _inside(child)
    named = set(map(id, inner))
    rest = [w for w in widget.children() if isinstance(w, QWidget) and id(w) not in named]
    for child in sorted(rest, key=lambda w: (w.y(), w.x())):
        if not child.isWindow() and not isinstance(widget, QAbstractScrollArea):
            yield from _inside(child)


def _laid_out(layout: QLayout | None) -> list[QWidget]:
    """The widgets of a layout in its order.

    Never by `itemAt`: Qt deletes an item that Python has seen without telling, and what lies at
    its place in memory next is then taken for it, so that the process dies once that goes.
    """
    owner = None if layout is None else layout.parentWidget()
    if layout is None or owner is None:
        return []
    parts = [part for part in (*owner.children(), *layout.children())
             if isinstance(part, QWidget | QLayout) and layout.indexOf(part) >= 0]  # fmt: skip
    found: list[QWidget] = []
    for part in sorted(parts, key=partial(_place, layout)):
        found += [part] if isinstance(part, QWidget) else _laid_out(part)
    return found


def _place(layout: QLayout, part: QWidget | QLayout) -> tuple[int, int]:
    at = layout.indexOf(part)
    return _cell(layout, at) if isinstance(layout, QGridLayout) else (at, 0)


def _cell(grid: QGridLayout, i: int) -> tuple[int, int]:
    place: Any = grid.getItemPosition(i)
    return int(place[0]), int(place[1])
