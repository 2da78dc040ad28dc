"""Layer: the path, where it leaves the data, and the dot that travels along it."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsPathItem

from explorer.analysis.latent import paths
from explorer.analysis.latent.joins import joins
from explorer.app.planes import place
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.surface import NOWHERE, Surface
from explorer.ui.widgets.plane.bounds import bounded
from explorer.ui.widgets.plane.items import way_item
from explorer.ui.widgets.plane.items.outline import Outline

STEPS = 64  # of a way among pictures, which bends
NODE = 3.0  # px, the radius of the points that were clicked


@layers.register("path")
class PathLayer(Layer):
    """The way through latent space, as far as the plane shows it."""

    label, key, order = "Path", "9", 10
    tip = "The path and its travelling dot; where it is off the data it has the warning colour"

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        self.rim, self.line, self.off = (QGraphicsPathItem() for _ in range(3))
        self.nodes: list[QGraphicsEllipseItem] = []
        self.route: NDArray[np.floating] = NOWHERE
        self._way: NDArray[np.floating] | None = None
        super().__init__(plane, state, session)
        for item in (self.rim, self.line, self.off):
            self.group.add(item)
        state.watch(f"path path_pictures {plane.projection_fields}", self._show_path)
        state.watch(f"path survey {plane.projection_fields}", self._show_off)
        state.watch("path_at", self._show_dot)

    def show_appearance(self) -> None:
        """The dot is painted by the plane, over all."""
        super().show_appearance()
        self._show_dot()

    def _show_path(self) -> None:
        self._way = self._found()
        nodes = self._nodes()
        if self._way is None:
            self._show_route(NOWHERE)
        else:
            bends = self.plane.kind.of_pictures  # what is straight in z need not be so there
            way = paths.resampled(self._way, STEPS) if bends else self._way
            self.plane.place("way", way, self._show_route)
        self.plane.place("nodes", nodes, self._show_nodes)

    def _found(self) -> NDArray[np.floating] | None:
        """The polyline (k, d) of the path."""
        now = self.state.now
        if now.path is None or now.z is None or now.path.points.shape[1] != len(now.z):
            return None
        known = now.path_pictures is not None and joins[now.path.kind].over_codes
        return bounded(
            now.path_pictures.route if known and now.path_pictures else paths.route(now.path)
        )

    def _nodes(self) -> NDArray[np.floating]:
        path = self.state.now.path
        if path is None or self._way is None:
            return NOWHERE
        return path.points[[0, -1]] if joins[path.kind].by_hand else path.points

    def _show_route(self, xy: NDArray[np.float32]) -> None:
        self.route = xy
        for item in (self.rim, self.line):
            item.setPath(Outline().line(xy).path)
        self._show_dot()

    def _show_nodes(self, xy: NDArray[np.float32]) -> None:
        while len(self.nodes) < len(xy):
            node = QGraphicsEllipseItem(-NODE, -NODE, 2 * NODE, 2 * NODE)
            self.group.pin(node)
            self.nodes.append(node)
        while len(self.nodes) > len(xy):
            self.group.drop(self.nodes.pop())
        for i, at in enumerate(xy.tolist()):
            self.group.place(self.nodes[i], at)
        self.apply_theme()

    def _show_off(self) -> None:
        """The steps of which an end is off the data."""
        survey = self.state.now.survey
        if survey is None or survey.ground is None or self._way is None:
            self.off.setPath(QPainterPath())
        else:
            self.plane.place("off", survey.z, partial(self._draw_off, survey.ground.off))

    def _draw_off(self, off: NDArray[np.bool_], xy: NDArray[np.float32]) -> None:
        outline = Outline()
        for i in np.flatnonzero(off[:-1] | off[1:]) if len(xy) else ():
            outline.line(xy[i : i + 2])
        self.off.setPath(outline.path)

    def _show_dot(self) -> None:
        there = self._way is not None and len(self._way) > 1 and bool(len(self.route))
        self.plane.set_dot(place(self._dot()) if there and self.appearance.visible else None)

    def _dot(self) -> NDArray[np.floating]:
        """(1, 2) where the travelling z is; among pictures, on the line that is drawn."""
        share = self.state.now.path_at
        if self.plane.kind.of_pictures:
            at = share * (len(self.route) - 1)
            steps = np.arange(len(self.route))
            return np.array([[np.interp(at, steps, self.route[:, i]) for i in (0, 1)]])
        assert self._way is not None
        xy = self.plane.kind.project_z(self.state.now, paths.at(self._way, share)[None])
        return NOWHERE if xy is None else xy

    def apply_theme(self) -> None:
        """The line in the accent on a rim of the ground, over any points."""
        t = self.tokens
        self.rim.setPen(way_item.pen(t.surface, way_item.RIM))
        self.line.setPen(way_item.pen(t.accent, way_item.WIDTH))
        self.off.setPen(way_item.pen(t.warn, way_item.WIDTH + 0.5))
        for node in self.nodes:
            node.setPen(QPen(QColor(t.accent), 1.5))
            node.setBrush(QColor(t.surface))
