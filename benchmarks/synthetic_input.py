"""The real window and a hand for it: opens, waits, trains, moves the mouse."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui.application import create_application
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane
from explorer.ui.window import MainWindow, open_window

W = TypeVar("W", bound=QWidget)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@contextmanager
def opened(source: str | None = None) -> Iterator[MainWindow]:
    """A window with everything loaded, closed at the end; settings and models go to a scratch."""
    with TemporaryDirectory() as scratch:
        for kind in ("CONFIG", "DATA", "CACHE"):
            os.environ[f"XDG_{kind}_HOME"] = str(Path(scratch) / kind.lower())
        create_application(["benchmark"])
        window = open_window(source)
        until(lambda: window.state.now.decoded is not None or source is not None)
        until(lambda: window.state.now.pca is not None and not window.jobs.busy)
        rest(0.5)
        try:
            yield window
        finally:
            window.close()
            window.deleteLater()
            QApplication.processEvents()


def until(condition: Callable[[], object], seconds: float = 300.0) -> None:
    """Let Qt work until the condition holds; raises TimeoutError."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the window did not get there in time")
        QApplication.processEvents()
        time.sleep(0.0005)


def rest(seconds: float) -> None:
    """Let Qt work for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.0005)


def train(window: MainWindow, epochs: int = 100_000) -> None:
    """Press Train and wait for the first moment of the time line."""
    config = replace(window.state.now.training_config, epochs=epochs)
    window.session.configure(training=config)
    window.session.train()
    until(lambda: window.state.now.moments)


def stop(window: MainWindow) -> None:
    """Press Stop and wait for the end."""
    window.session.stop()
    until(lambda: window.state.now.training == "idle" and not window.jobs.busy)


class Hand:
    """Drags on the plane along a curve that never comes to the same pixel twice in a row."""

    def __init__(self, window: MainWindow) -> None:
        self.plane = named(window, ScatterPlane, "plane")
        self.view = named(window, PictureView, "decodedView")
        self._steps = 0

    def press(self) -> None:
        """Take hold of z."""
        QTest.mousePress(self.plane.viewport(), LEFT, NONE, self.where())

    def move(self) -> None:
        """One step further."""
        self._steps += 1
        QTest.mouseMove(self.plane.viewport(), self.where())

    def release(self) -> None:
        """Let go."""
        QTest.mouseRelease(self.plane.viewport(), LEFT, NONE, self.where())

    def where(self) -> QPoint:
        """The pixel of this step."""
        t = self._steps * 0.05
        return self.plane.pixel_at((1.5 * math.sin(t), 1.5 * math.cos(0.7 * t)))


def named(window: MainWindow, kind: type[W], name: str) -> W:
    """The widget of that name."""
    found = window.findChild(kind, name)
    assert found is not None, name
    return found
