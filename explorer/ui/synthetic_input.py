"""Input for the real window: waits, presses, drags and drops as a person would."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from PySide6 import __version_info__
from PySide6.QtCore import QEventLoop, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar, QWidget

from explorer.errors import ExplorerError
from explorer.ui.widgets.plane.frame import Point
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane

W = TypeVar("W", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def rest(ms: int) -> None:
    """Let the window live for a while, and its lanes run.

    Not ``QTest.qWait``: that holds Python's lock while it waits.
    """
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def find(window: QWidget, kind: type[W], name: str) -> W:
    """The widget called ``name``; raises ExplorerError if the window lacks it."""
    found = window.findChild(kind, name)
    if found is None:
        raise ExplorerError(f"the window has no {name}")
    return found


def click(window: QWidget, name: str) -> None:
    """Press a button as the mouse does."""
    QTest.mouseClick(find(window, QAbstractButton, name), LEFT)


def drag(
    plane: ScatterPlane, points: list[Point], moved: Callable[[], object] = lambda: None
) -> None:
    """Press at the first point and drag through the others, a dozen moves between two.

    moved: called after each move.
    """
    viewport, none = plane.viewport(), Qt.KeyboardModifier.NoModifier
    QTest.mousePress(viewport, LEFT, none, plane.pixel_at(points[0]))
    for start, end in itertools.pairwise(points):
        for t in np.linspace(0, 1, 12):
            at = (start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1]))
            QTest.mouseMove(viewport, plane.pixel_at(at))
            rest(8)
            moved()
    QTest.mouseRelease(viewport, LEFT, none, plane.pixel_at(points[-1]))


def drop(window: QWidget, path: Path) -> None:
    """Drag a file or folder into the window and let it go over the middle."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    middle, action = window.rect().center(), Qt.DropAction.CopyAction
    none = Qt.KeyboardModifier.NoModifier
    at: Any = QPointF(middle) if __version_info__ >= (6, 12) else middle  # Qt asks for it anew
    QApplication.sendEvent(window, QDragEnterEvent(at, action, data, LEFT, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(middle), action, data, LEFT, none))


def bring_to_front(window: QWidget, title: str) -> None:
    """Click the tab of a dock; raises ExplorerError if there is none."""
    for bar in window.findChildren(QTabBar):
        for i in range(bar.count()):
            if bar.isVisible() and bar.tabText(i) == title:
                QTest.mouseClick(bar, LEFT, NONE, bar.tabRect(i).center())
                return
    raise ExplorerError(f"the window has no tab {title}")
