"""Tool: click points, or draw, to lay a path through latent space."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPen
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsPathItem

from explorer.analysis.latent import paths
from explorer.analysis.latent.joins import joins, offered
from explorer.analysis.latent.paths import LatentPath
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.surface import Surface
from explorer.ui.plane.tools import Gesture, Tool, tools
from explorer.ui.themes import theme
from explorer.ui.widgets.plane.bounds import bounded
from explorer.ui.widgets.plane.frame import Point
from explorer.ui.widgets.plane.items import way_item
from explorer.ui.widgets.plane.items.outline import Outline
from explorer.ui.widgets.plane.items.plane_group import PlaneGroup

STILL = 6.0  # px that a click may move
DRAWN_STEPS = 48  # equal steps that a drawn path is kept in
HEIGHT = 11.0  # of the line while it is drawn, among the layers


@tools.register("path")
class PathTool(Tool):
    """A click adds a point, a drag draws; Enter or a double click ends, Backspace takes one back.

    Every point is one step of undo. Esc clears the path.
    """

    label, icon, key, order = "Path", "path", "T", 3
    tip = (
        "Click points or draw a path; a double click or Enter ends it,"
        " Backspace takes the last point back, Esc clears it."
    )

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        super().__init__(plane, state, session)
        self._open = False
        self._drawn_points: list[Point] = []
        self._group = PlaneGroup(plane.getViewBox(), HEIGHT, self)
        self._drawn, self._band = QGraphicsPathItem(), QGraphicsLineItem()
        for item in (self._drawn, self._band):
            self._group.add(item)
            item.hide()

    def gestures(self) -> Sequence[Gesture]:
        """Click, or press, draw and let go; the last stretch follows the pointer."""
        return [
            *self.left_button(
                self._on_plane_pressed, self._on_plane_dragged, self._on_plane_released
            ),
            (self.plane.double_clicked, self._on_plane_double_clicked),
            (self.plane.pointer_moved, self._on_plane_pointer_moved),
        ]

    def set_active(self, active: bool) -> None:
        """The keys, too, and the double click."""
        if active == self.active:
            return
        super().set_active(active)
        self._drawn_points = []
        self.plane.fits_on_double_click = not active
        if active:
            self.plane.installEventFilter(self)
        else:
            self.plane.removeEventFilter(self)
            self._end()

    # -- the mouse --------------------------------------------------------------------------

    @Slot(float, float)
    def _on_plane_pressed(self, a: float, b: float) -> None:
        self._drawn_points = [(a, b)]

    @Slot(float, float)
    def _on_plane_dragged(self, a: float, b: float) -> None:
        if self._drawn_points:
            self._drawn_points.append((a, b))
            if self._is_drawing():
                self._show_stroke()

    def _is_drawing(self) -> bool:
        start = self.plane.pixel_at(self._drawn_points[0])
        end = self.plane.pixel_at(self._drawn_points[-1])
        return len(self._drawn_points) > 3 or (end - start).manhattanLength() > STILL

    @Slot()
    def _on_plane_released(self) -> None:
        if not self._drawn_points:
            return
        if self._is_drawing():
            self._keep_stroke()
        else:
            self._add(self._drawn_points[0])
        self._drawn_points = []
        self._drawn.hide()

    def _keep_stroke(self) -> None:
        self.plane.unproject(self._drawn_points, self._keep_drawn)
        self._end()

    def _keep_drawn(self, points: NDArray[np.float32]) -> None:
        self._keep(LatentPath(paths.resampled(points, DRAWN_STEPS + 1), "drawn"))

    def _add(self, at: Point) -> None:
        """Begin a path, or go on with the one that is open; the z may be found a little later."""
        opens, self._open = not self._open, True
        self.plane.unproject([at], partial(self._add_z, opens))

    def _add_z(self, opens: bool, point: NDArray[np.float32]) -> None:
        path = self.state.now.path
        if opens or path is None:
            self._keep(LatentPath(point, offered()[0]))
        else:
            kind = offered()[0] if joins[path.kind].by_hand else path.kind
            self._keep(LatentPath(np.concatenate([path.points, point]), kind))

    @Slot(float, float)
    def _on_plane_double_clicked(self, _a: float, _b: float) -> None:
        self._end()

    @Slot(object)
    def _on_plane_pointer_moved(self, at: Point | None) -> None:
        if not self._open:
            return
        path = self.state.now.path
        if at is None or path is None:
            self._band.hide()
        else:
            self.plane.place("band", path.points[-1:], partial(self._stretch, at))

    def _stretch(self, at: Point, last: NDArray[np.float32]) -> None:
        if not self._open or not len(last):
            return
        self._apply_theme()
        self._band.setLine(QLineF(QPointF(*bounded(last)[0].tolist()), QPointF(*at)))
        self._band.show()

    # -- the keys ---------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Backspace and Esc are this tool's while it is in use and there is a path."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        act = {
            Qt.Key.Key_Return: self._end,
            Qt.Key.Key_Enter: self._end,
            Qt.Key.Key_Backspace: self._take_back,
            Qt.Key.Key_Escape: self._clear,
        }.get(Qt.Key(event.key()))
        if act is None or self.state.now.path is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            act()
        return True

    def _end(self) -> None:
        self._open = False
        self._band.hide()

    def _take_back(self) -> None:
        path = self.state.now.path
        if path is None:
            return
        if joins[path.kind].by_hand or len(path.points) < 2:
            self._clear()
        else:
            self._keep(LatentPath(path.points[:-1].copy(), path.kind))
            self._open = True
            self._band.hide()

    def _clear(self) -> None:
        self._keep(None)
        self._end()

    # -- what follows -----------------------------------------------------------------------

    def _keep(self, path: LatentPath | None) -> None:
        self.state.mark()
        self.state.update(source=self, path=path)

    def _show_stroke(self) -> None:
        self._apply_theme()
        self._drawn.setPath(Outline().line(np.array(self._drawn_points)).path)
        self._drawn.show()

    def _apply_theme(self) -> None:
        accent = QColor(theme.tokens_of(self.plane).accent)
        for item, style in (
            (self._drawn, Qt.PenStyle.SolidLine),
            (self._band, Qt.PenStyle.DotLine),
        ):
            pen = QPen(accent, way_item.WIDTH, style)
            pen.setCosmetic(True)
            item.setPen(pen)
