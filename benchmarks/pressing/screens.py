"""What is on the screen must be what would be painted anew.

Only what Qt paints otherwise under the pointer is left out: after a menu it forgets to look again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from benchmarks.pressing import controls
from explorer.ui.widgets.painted_plot import PaintedPlot
from explorer.ui.window import MainWindow

Pixels = NDArray[np.uint8]
SEPARATOR = "qt_qmainwindow_extended_splitter"  # between docks, lit under the pointer
ROUNDING = 2  # levels of 255 by which Qt smooths a picture otherwise in a part of a widget


def stale(window: MainWindow) -> list[str]:
    """Where the screen shows something else, a sentence each."""
    return [*_stale_plots(window), *_stale_window(window)]


def _stale_plots(window: MainWindow) -> Iterator[str]:
    """The kept picture of a plot is that of its scene."""
    for plot in window.findChildren(PaintedPlot):
        viewport = plot.viewport()
        if not plot.isVisible() or not isinstance(viewport, QLabel):
            continue
        if viewport.visibleRegion().isEmpty():
            continue
        if not _same(viewport.pixmap(), plot._painted()):
            yield f"the picture of {controls.named(plot)} is not of its scene"


def _stale_window(window: MainWindow) -> Iterator[str]:
    old: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for x, y in old_pixels(window).tolist():
        widget = window.childAt(QPoint(x, y)) or window
        hovers = widget.testAttribute(Qt.WidgetAttribute.WA_Hover)
        if not hovers and widget.objectName() != SEPARATOR:
            old[controls.named(widget)].append((x, y))
    for name, pixels in old.items():
        (left, top), (right, bottom) = np.min(pixels, axis=0), np.max(pixels, axis=0)
        yield f"{len(pixels)} pixels from ({left}, {top}) to ({right}, {bottom}) of {name} are old"


def old_pixels(window: QWidget) -> NDArray[np.int64]:
    """(n, 2) x and y of what a top-level widget shows and would not paint anew."""
    seen, fresh = window.screen().grabWindow(window.winId()), window.grab()
    if seen.size() != fresh.size():
        return np.zeros((0, 2), np.int64)
    difference = _pixels(seen).astype(int) - _pixels(fresh)
    return np.argwhere((np.abs(difference) > ROUNDING).any(axis=2))[:, ::-1]


def _same(a: QPixmap, b: QPixmap) -> bool:
    return a.size() == b.size() and np.array_equal(_pixels(a), _pixels(b))


def _pixels(pixmap: QPixmap) -> Pixels:
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return rows[:, : image.width(), :3].copy()
