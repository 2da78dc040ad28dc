"""What there is to press: every widget that a hand can reach, and every action with a key."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

from explorer.ui.widgets.overlays.overlay import Overlay

LEAVING = ("Close all the same",)  # what would end the program


def widgets(window: QMainWindow) -> list[QWidget]:
    """Those that are on the screen and take a hand, floating docks and all."""
    tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
    over = overlay_of(window)
    tops = tops if over is None else [over]  # it takes the keys of all that it covers
    seen = [w for top in tops for w in (top, *top.findChildren(QWidget))]
    return [w for w in seen if w is not window and _takes(w)]


def overlay_of(window: QMainWindow) -> Overlay | None:
    """What lies over the window now: the palette, or the sheet of keys."""
    return next((over for over in window.findChildren(Overlay) if over.isVisible()), None)


def _takes(widget: QWidget) -> bool:
    if not widget.isVisible() or not widget.isEnabled() or type(widget) is QWidget:
        return False
    if isinstance(widget, QLabel) and type(widget) is QLabel:
        return False
    if str(widget.property("text")).replace("&", "") in LEAVING:
        return False
    return not widget.visibleRegion().isEmpty()


def chosen(window: QMainWindow, rng: random.Random) -> QWidget | None:
    """One of them."""
    found = widgets(window)
    return of_a_kind(found, rng) if found else None


def of_a_kind(found: Sequence[QWidget], rng: random.Random) -> QWidget:
    """One of them: a kind first, so that fifty rows of a list do not hide one button."""
    kinds: defaultdict[str, list[QWidget]] = defaultdict(list)
    for widget in found:
        kinds[type(widget).__name__].append(widget)
    return rng.choice(kinds[rng.choice(sorted(kinds))])


def kind(widget: QWidget) -> str:
    """What it counts as: a button by its name, rows and boxes of a list as one."""
    name = widget.objectName()
    return f"{type(widget).__name__} {name if not name.startswith('qt_') else ''}".strip()


def place_in(widget: QWidget, rng: random.Random) -> QPoint:
    """A pixel of the widget that is seen; of one that went out of sight, its middle."""
    box = widget.visibleRegion().boundingRect()
    if box.isEmpty():
        return widget.rect().center()
    return QPoint(rng.randint(box.left(), box.right()), rng.randint(box.top(), box.bottom()))


def keyed_actions(window: QMainWindow) -> list[QAction]:
    """The actions that answer to a key now."""
    found = [a for owner in _owners(window) for a in owner.actions() if not a.shortcut().isEmpty()]
    return [action for action in dict.fromkeys(found) if action.isEnabled()]


def _owners(window: QMainWindow) -> Iterator[QWidget]:
    yield window
    yield from (w for w in window.findChildren(QWidget) if w.actions() and w.isVisible())


def named(widget: QWidget) -> str:
    """What to call it in a report."""
    for ask in ("objectName", "accessibleName", "text", "title"):
        words = widget.property(ask)
        if isinstance(words, str) and words:
            return f"{type(widget).__name__} {words[:40]!r}"
    parent = widget.parentWidget()
    return type(widget).__name__ + (f" in {named(parent)}" if parent is not None else "")
