"""Two axes and what lies between, painted once and kept as a picture."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

OPAQUE = Qt.WidgetAttribute.WA_OpaquePaintEvent  # then nothing below is painted with it


class PaintedPlot(pg.PlotWidget):  # type: ignore[misc]
    """A quiet plot without pyqtgraph's own gestures.

    Its viewport is a label with the picture of the scene, made anew once the scene has changed.
    So all of it is painted at once: Qt smooths a line otherwise where a part of it is painted.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, enableMenu=False, useOpenGL=False)
        self._stale = True  # the picture
        self._box = self.getViewBox()
        self._box.setMouseEnabled(False, False)
        self._picture = QLabel()
        self.setViewport(self._picture)
        self.scene().changed.connect(self._on_scene_changed)
        self.hideButtons()
        self.getPlotItem().ctrlMenu = None  # made by pyqtgraph whether wanted or not
        self.setFrameShape(self.Shape.NoFrame)

    @Slot()
    def _on_scene_changed(self) -> None:
        """Ask for a paint: Qt's view may wait for one of its own, which the viewport paints."""
        self._stale = True
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """The viewport paints itself, once its picture is current."""
        if self.closed:  # pyqtgraph has put a viewport of its own there
            return bool(super().viewportEvent(event))
        if event.type() == QEvent.Type.Paint:
            self._renew()
            return False
        if event.type() in (QEvent.Type.Resize, QEvent.Type.DevicePixelRatioChange):
            self._stale = True
        return bool(super().viewportEvent(event))

    def close(self) -> bool:
        """Close it, once: pyqtgraph's would raise the second time."""
        if not self.closed:
            super().close()
        return True

    def _renew(self) -> None:
        if self._stale:
            self.scene().prepareForPaint()
            self._stale = False
            self._picture.setPixmap(self._painted())
            self._picture.setAttribute(OPAQUE)  # here: each style sheet takes it back

    def _painted(self) -> QPixmap:
        """The scene, in the pixels of the screen."""
        ratio = self.viewport().devicePixelRatioF()
        pixmap = QPixmap(self.viewport().size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        self.render(painter, QRectF(self.viewport().rect()), self.viewport().rect())
        painter.end()
        return pixmap
