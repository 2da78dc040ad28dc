"""One window for all tests of a file, which find it as on the first day.

To open it takes longer than most of what is done in it. What a test left in it, it takes back
before the next: the state, its past, the panels in front. A test of how a window opens, ends, or is
laid out opens its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox

from explorer.app.state import FIELDS, Snapshot
from explorer.ui.window import MainWindow

LANES = ("live", "tiles", "compute", "open", "train")


class Standing:
    """A window, and how it was when it was opened."""

    def __init__(self, folder: Path) -> None:
        self.window = MainWindow(folder)
        self.window.show()
        QApplication.processEvents()
        for lane in LANES:  # else the first test that asks would leave a thread behind
            self.window.jobs._lane(lane)
        self._first = self.window.state.now
        self._fronts = [d for d in self.window.docks if not d.visibleRegion().isEmpty()]
        boxes = self.window.findChildren(QComboBox)
        self._chosen = {box.objectName(): box.currentIndex() for box in boxes if box.objectName()}

    def begin(self) -> MainWindow:
        """The window as on the first day."""
        window = self.window
        window.jobs.cancel()
        window.state.update(bookmarks=())  # with the data, their keeper would find them again
        window.state.update(**_all_of(self._first))
        hidden = [dock for dock in window.docks if dock not in self._fronts]
        for dock in [*hidden, *self._fronts]:  # a panel that is not seen hears when it is
            dock.raise_()
        for box in window.findChildren(QComboBox):
            self._choose(box)
        window.state.update(**_all_of(self._first))
        window.state.forget()
        return window

    def _choose(self, box: QComboBox) -> None:
        row = self._chosen.get(box.objectName(), box.currentIndex())
        if box.currentIndex() != row:
            box.setCurrentIndex(row)
            box.activated.emit(row)


@contextmanager
def standing(folder: Path) -> Iterator[Standing]:
    """A window until the last test of a file."""
    made = Standing(folder)
    yield made
    made.begin()
    made.window.close()
    made.window.deleteLater()


def _all_of(now: Snapshot) -> dict[str, object]:
    return {name: getattr(now, name) for name in FIELDS}
