"""Pictures side by side over a plane, laid down as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from explorer.ui.widgets.plane.frame import View
from explorer.ui.widgets.plane.items.view_item import ViewItem

Pixels = NDArray[np.uint32]  # (h, w) 0xAARRGGBB


class Sheet(Protocol):
    """Pictures side by side."""

    @property
    def at(self) -> View:
        """Where they lie in the plane: left, right, bottom, top."""
        ...

    @property
    def pixels(self) -> Pixels:
        """Clear or opaque, the upper edge first."""
        ...


class TiledItem(ViewItem):
    """Of several sheets later ones lie above.

    They are laid over each other in full and faded as one: what lies below is not seen through.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box)
        self._sheets: Sequence[Sheet] = ()
        self._smooth = False

    def set_sheets(self, sheets: Sequence[Sheet]) -> None:
        """Lay these down in the place of those before."""
        self._sheets = sheets
        self.forget()

    def set_smooth(self, smooth: bool) -> None:
        """Whether pixels run into each other."""
        self._smooth = smooth
        self.forget()

    def is_empty(self) -> bool:
        """Whether nothing lies there."""
        return not self._sheets

    def put_together(self, size: tuple[int, int], seen: QRectF, ratio: float) -> QImage:
        """Sheet over sheet."""
        picture = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
        for sheet in self._sheets:
            high, wide = sheet.pixels.shape
            form = QImage.Format.Format_ARGB32_Premultiplied
            image = QImage(sheet.pixels.data, wide, high, 4 * wide, form)
            painter.drawImage(_on_screen(sheet.at, size, seen), image)
        painter.end()
        return picture


def _on_screen(at: View, size: tuple[int, int], seen: QRectF) -> QRectF:
    """A part of the plane in pixels of the view."""
    sx, sy = size[0] / seen.width(), size[1] / seen.height()
    left, right, bottom, top = at
    x, y = (left - seen.left()) * sx, (seen.bottom() - top) * sy
    return QRectF(x, y, (right - left) * sx, (top - bottom) * sy)
