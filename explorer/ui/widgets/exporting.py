"""What is seen of a widget, as a thing that can leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from PySide6.QtCore import QBuffer, QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from explorer.export.things import Bytes, Columns, Thing, tabled

UNITS = 96  # of an SVG to the inch, as of the screen


class Exportable(Protocol):
    """A widget that can leave as a file; `explorer.ui.menus.view_menus` gives it a menu."""

    def thing(self) -> Thing | None:
        """What is shown now; None where there is nothing."""
        ...


def seen(
    widget: QWidget, name: str, what: str, table: Callable[[], Columns] | None = None
) -> Thing:
    """What is seen of ``widget`` now, as pixels and as lines, and the numbers behind it.

    name: of the file. what: it is, for a sentence. table: made in the lane where it is written, of
    values that do not change.
    """
    pixels, lines = pixels_of(widget.grab().toImage()), drawing_of(widget)
    return Thing(
        name, what, picture=lambda _task: pixels, drawing=lambda _task: lines,
        table=None if table is None else lambda _task: table(),
    )  # fmt: skip


def listed(
    widget: QWidget, name: str, what: str, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Thing | None:
    """`seen` with rows under the names of their columns; None where there are none."""
    return seen(widget, name, what, lambda: tabled(names, rows)) if rows else None


def pixels_of(image: QImage) -> Bytes:
    """(H, W, 3) uint8."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


def drawing_of(widget: QWidget) -> bytes:
    """What the widget paints, as SVG."""
    content, generator = QBuffer(), QSvgGenerator()
    generator.setOutputDevice(content)
    generator.setResolution(UNITS)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(0, 0), widget.size()))
    painter = QPainter(generator)
    QWidget.render(widget, painter, QPoint(0, 0))  # a view of graphics has a render of its own
    painter.end()
    return bytes(content.data().data())
