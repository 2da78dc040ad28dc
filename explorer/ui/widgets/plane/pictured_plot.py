"""Two axes and what lies between, with a cursor that moves over their picture."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, Signal
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.painted_plot import PaintedPlot
from explorer.ui.widgets.plane.bounds import bounded_point
from explorer.ui.widgets.plane.frame import Frame, Point
from explorer.ui.widgets.plane.items.cursor import Cursor

NUMBER = "-0.00"  # as long as numbers along an axis usually are


class PicturedPlot(PaintedPlot):
    """A plot with a crosshair and a dot. Coordinates are those of its plane.

    A drag moves the cursor with each screen frame, and all else stays as it is kept: painting the
    scene's items anew would cost ten times as much, and training the lock that Python code shares.
    """

    framed = Signal()  # what lies within the axes has another size

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cursor_at: Point | None = None
        self.dot_at: Point | None = None
        self._cursor_opacity = 1.0
        self._names = ("", "")
        self._usual = QFontMetricsF(theme.font(theme.SMALL)).horizontalAdvance(NUMBER)
        self._frame = Frame()
        self._cursor = Cursor(self._picture)
        self._set_up()

    def _set_up(self) -> None:
        self._box.setAspectLocked(True)
        self._box.disableAutoRange()
        self._box.setRange(xRange=(-3, 3), yRange=(-3, 3), padding=0)
        self._box.sigRangeChanged.connect(self._on_box_changed)
        self._box.sigResized.connect(self._on_box_resized)
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.enableAutoSIPrefix(False)  # one unit for the same z, here and beside a slider
            axis.setStyle(
                tickLength=-4, maxTickLevel=0, tickFont=theme.font(theme.SMALL),
                autoReduceTextSpace=False,
            )  # fmt: skip
        self._room_for_numbers()

    # -- what is shown ----------------------------------------------------------------------

    def set_cursor(self, at: Point | None) -> None:
        """Put the crosshair at a point of the plane."""
        at = bounded_point(at)
        if at != self.cursor_at:
            self.cursor_at = at
            self._show_cursor()

    def set_dot(self, at: Point | None) -> None:
        """Put the dot that travels along a path at a point of the plane."""
        at = bounded_point(at)
        if at != self.dot_at:
            self.dot_at = at
            self._show_dot()

    def set_cursor_opacity(self, opacity: float) -> None:
        """Fade the crosshair: 0 hides it, 1 is its usual look."""
        self._cursor_opacity = opacity
        self._colour_cursor()

    def set_axis_names(self, horizontal: str, vertical: str) -> None:
        """Name the axes."""
        if (horizontal, vertical) != self._names:
            self._names = (horizontal, vertical)
            self._label_axes()

    def _label_axes(self) -> None:
        colour = theme.tokens_of(self).quiet
        for side, name in zip(("bottom", "left"), self._names, strict=True):
            self.setLabel(side, name, color=colour, **{"font-size": f"{theme.SMALL}px"})

    def set_square(self, square: bool) -> None:
        """Whether a unit is as wide as it is high."""
        self._box.setAspectLocked(square)

    def point_at(self, pixel: QPoint | QPointF) -> Point:
        """Plane coordinates of a pixel of the viewport."""
        return self._frame.to_point((pixel.x(), pixel.y()))

    def pixel_at(self, point: Point) -> QPoint:
        """Pixel of the viewport at a point of the plane."""
        x, y = self._frame.to_pixel(point)
        return QPoint(round(x), round(y))

    def paint_anew(self) -> None:
        """Something lies on it that did not: its picture is made anew, whatever Qt tells of."""
        self._on_scene_changed()

    # -- painting ---------------------------------------------------------------------------

    def _on_box_resized(self, *_what: object) -> None:
        self._on_box_changed()
        self.framed.emit()

    def _on_box_changed(self, *_what: object) -> None:
        self._stale = True
        self._place_cursor()

    def viewportEvent(self, event: QEvent) -> bool:
        """The room for numbers and the cursor follow the viewport's size and pixels."""
        if not self.closed and event.type() == QEvent.Type.Resize:
            self._room_for_numbers()
        elif not self.closed and event.type() == QEvent.Type.DevicePixelRatioChange:
            self._colour_cursor()
        return super().viewportEvent(event)

    def _room_for_numbers(self) -> None:
        """Beside the left axis usual numbers have room; longer ones take more until the next call.

        If the room followed each number, it would change the range, the range the numbers, and
        these the room again, without an end, and one view would be drawn in two ways.
        """
        axis = self.getAxis("left")
        axis.textWidth = self._usual
        axis.setWidth(None)  # what it needs

    def _place_cursor(self) -> None:
        box = self._box.mapRectToScene(self._box.rect())  # the scene's pixels are the viewport's
        self._frame = Frame(*box.getRect(), *self._box.viewRect().getRect())
        self._cursor.setGeometry(box.toAlignedRect())
        self._show_cursor()
        self._show_dot()

    def _show_cursor(self) -> None:
        self._cursor.point(self.cursor_at and self._frame.to_pixel(self.cursor_at))

    def _show_dot(self) -> None:
        self._cursor.travel(self.dot_at and self._frame.to_pixel(self.dot_at))

    # -- the theme --------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette; not once it is closed, when pyqtgraph has put its plot away."""
        super().changeEvent(event)
        made = hasattr(self, "_cursor") and not self.closed
        if made and event.type() == QEvent.Type.PaletteChange:
            self.apply_theme()

    def apply_theme(self) -> None:
        """Axes, ground and cursor in the colours of the theme."""
        tokens = theme.tokens_of(self)
        self._label_axes()
        self.setBackground(QColor(tokens.surface))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(tokens.hairline))
            axis.setTextPen(pg.mkPen(tokens.quiet))
        self._colour_cursor()

    def _colour_cursor(self) -> None:
        tokens = theme.tokens_of(self)
        self._cursor.apply_theme(
            QColor(tokens.accent), QColor(tokens.surface), self._cursor_opacity
        )
        self._place_cursor()
