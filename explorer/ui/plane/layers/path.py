"""Layer: the path, where it leaves the data, and the dot that travels along it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsPathItem

from explorer.analysis import paths
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.view import LatentPlane
from explorer.ui.widgets.plane import way_item
from explorer.ui.widgets.plane.bounds import bounded
from explorer.ui.widgets.plane.outline import Outline

NODE = 3.0  # px, the radius of the points that were clicked


@layers.register("path")
class PathLayer(Layer):
    """The way through latent space, as far as the plane shows it."""

    label, key, order = "Path", "9", 10
    tip = "The path and its travelling dot; where it is off the data it has the warning colour"

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        self.rim, self.line, self.off = (QGraphicsPathItem() for _ in range(3))
        self.nodes: list[QGraphicsEllipseItem] = []
        self.route: NDArray[np.floating] = np.zeros((0, 2), np.float32)
        self._way: NDArray[np.floating] | None = None
        super().__init__(plane, state, session)
        for item in (self.rim, self.line, self.off):
            self.group.add(item)
        state.watch("path film model planes.latent.axes", self._show_path)
        state.watch("path survey planes.latent.axes", self._show_off)
        state.watch("path_at path film planes.latent.axes", self._show_dot)

    def show_look(self) -> None:
        """The dot is painted by the plane, over all."""
        super().show_look()
        self._show_dot()

    def _show_path(self) -> None:
        now = self.state.now
        fits = now.path is not None and now.z is not None and now.path.points.shape[1] == len(now.z)
        if not fits or now.path is None:
            self._way, self.route = None, np.zeros((0, 2), np.float32)
            nodes = self.route
        else:
            known = now.film is not None and now.path.kind == "neighbours"
            way = now.film.route if known and now.film else paths.route(now.path)
            self._way = bounded(way)
            self.route = self.plane.projected(self._way)
            nodes = self.plane.projected(now.path.points)
            nodes = nodes[[0, -1]] if now.path.kind == "drawn" else nodes
        for item in (self.rim, self.line):
            item.setPath(Outline().line(self.route).path)
        self._show_nodes(nodes)

    def _show_nodes(self, xy: NDArray[np.float32]) -> None:
        while len(self.nodes) < len(xy):
            node = QGraphicsEllipseItem(-NODE, -NODE, 2 * NODE, 2 * NODE)
            self.group.pin(node)
            self.nodes.append(node)
        while len(self.nodes) > len(xy):
            self.group.drop(self.nodes.pop())
        for node, at in zip(self.nodes, xy.tolist(), strict=True):
            self.group.place(node, at)
        self.dress()

    def _show_off(self) -> None:
        """The steps of which an end is off the data."""
        survey, outline = self.state.now.survey, Outline()
        if survey is not None and survey.ground is not None and self._way is not None:
            xy, off = self.plane.projected(survey.z), survey.ground.off
            for i in np.flatnonzero(off[:-1] | off[1:]):
                outline.line(xy[i : i + 2])
        self.off.setPath(outline.path)

    def _show_dot(self) -> None:
        if not self.look.visible or self._way is None or len(self._way) < 2:
            self.plane.set_dot(None)
            return
        at = self.plane.projected(paths.at(self._way, self.state.now.path_at)[None])[0]
        self.plane.set_dot((float(at[0]), float(at[1])))

    def dress(self) -> None:
        """The line in the accent on a rim of the ground, over any points."""
        t = self.tokens
        self.rim.setPen(way_item.pen(t.surface, way_item.RIM))
        self.line.setPen(way_item.pen(t.accent, way_item.WIDTH))
        self.off.setPen(way_item.pen(t.warn, way_item.WIDTH + 0.5))
        for node in self.nodes:
            node.setPen(QPen(QColor(t.accent), 1.5))
            node.setBrush(QColor(t.surface))
