"""The layout comes to rest, and stays as it came: whatever the size, the workspace, the front tab.

A layout that answers itself (a size that is given in answer to a size) never ends, or moves by a
pixel with each paint; and one that is found by what the window was before jumps with the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from explorer.ui.synthetic_input import find, rest
from explorer.ui.widgets.plane.items.cursor import Cursor
from explorer.ui.window import MainWindow, open_window
from explorer.ui.workspaces import in_order, places_in

LAID_OUT = (QEvent.Type.LayoutRequest, QEvent.Type.Resize)
SIZES = ((1024, 720), (1367, 768), (1150, 733))
MOST = 60  # turns of the event loop in which something is laid out, after one cause
CALM = 4  # in a row in which nothing is
BRIEF_MS = 1000  # what a timer waits at most that a layout may follow from

Places = dict[str, tuple[int, ...]]


class Layouts(QObject):
    """Counts what is laid out or gets another size."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.last = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in LAID_OUT:
            self.count += 1
            self.last = f"{event.type().name} of {type(watched).__name__} {watched.objectName()!r}"
        return False


class Desk:
    """A window, and how it is waited for."""

    def __init__(self, window: MainWindow, layouts: Layouts) -> None:
        self.window, self._layouts = window, layouts

    def settle(self) -> None:
        """Live until nothing is under way; fails where the layout goes on and on."""
        turns = calm = 0
        while calm < CALM:
            self._layouts.count = 0
            rest(2)
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            moved = bool(self._layouts.count)
            turns += moved
            calm = 0 if moved or self._is_busy() else calm + 1
            assert turns <= MOST, f"the layout does not come to rest: {self._layouts.last}"

    def _is_busy(self) -> bool:
        timers = self.window.findChildren(QTimer)
        near = (t.isActive() and t.isSingleShot() and t.interval() < BRIEF_MS for t in timers)
        return self.window.jobs.busy or any(near)

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.settle()

    def places(self) -> Places:
        """Where each widget that is on the screen stands; what a cursor marks is not laid out."""
        found = self.window.findChildren(QWidget)
        seen = [w for w in found if not w.visibleRegion().isEmpty()]
        laid_out = [w for w in seen if not isinstance(w.parent(), Cursor)]
        return {_named(w): w.geometry().getRect() for w in laid_out}

    def holds_still(self) -> None:
        """Neither a paint, nor a pixel more and back, nor the same size anew changes anything."""
        before, size = self.places(), self.window.size()
        self.window.grab()
        self.settle()
        assert _moved(before, self.places()) == []
        self.resize(size.width() + 1, size.height())
        self.resize(size.width(), size.height())
        assert _moved(before, self.places()) == []

    def raise_(self, name: str) -> None:
        find(self.window, QDockWidget, f"{name}Dock").raise_()
        self.settle()


def _named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} {id(widget)}"


def _moved(before: Places, after: Places) -> list[object]:
    return [(name, before.get(name), after.get(name)) for name in before.keys() | after.keys()
            if before.get(name) != after.get(name)]  # fmt: skip


@pytest.fixture(scope="module")
def desk(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    window, layouts = open_window("digits", settings_dir=tmp_path_factory.mktemp("a")), Layouts()
    qapp.installEventFilter(layouts)
    made = Desk(window, layouts)
    while window.state.now.decoded is None or window.state.now.pca is None:
        rest(5)
    made.settle()
    yield made
    qapp.removeEventFilter(layouts)
    window.close()
    window.deleteLater()


@pytest.mark.parametrize("size", SIZES, ids=lambda s: "x".join(map(str, s)))
@pytest.mark.parametrize("workspace", in_order())
def test_every_panel_in_front_comes_to_rest_and_holds_still(
    desk: Desk, workspace: str, size: tuple[int, int]
) -> None:
    desk.window.state.update(workspace=workspace)
    desk.settle()
    for name in places_in(workspace):
        desk.raise_(name)
        desk.resize(*size)
        desk.holds_still()


@pytest.mark.parametrize("front", ["pca", "probe"])
def test_each_width_has_a_layout_beside_another_plane(desk: Desk, front: str) -> None:
    desk.window.state.update(workspace="compare")
    desk.raise_(front)
    for width in (*range(1034, 1050, 2), *range(1085, 1289, 17), *range(1300, 1310)):
        desk.resize(width, 768)


@pytest.mark.parametrize("workspace", in_order())
def test_what_is_folded_coloured_and_learned_comes_to_rest(desk: Desk, workspace: str) -> None:
    window = desk.window
    window.state.update(workspace=workspace)
    desk.resize(1281, 801)
    for _ in range(2):
        window.plane_area.legend.fold_button.toggle()
        desk.settle()
        desk.holds_still()
    for theme in ("dark", "light"):
        window.appearance.set_theme(theme)
        desk.settle()
    desk.holds_still()
