"""Layer: of one latent dimension, how dense the codes of each class lie along it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsSimpleTextItem

from explorer.app.planes import Plane
from explorer.app.planes.lanes import ClassLane, lanes_of
from explorer.app.session import Session
from explorer.app.snapshot import Snapshot
from explorer.app.state import State
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.surface import Surface
from explorer.ui.themes import theme

ALPHA = 50  # of the ground of a ridge
INWARD = 0.05  # of a lane's length, from its end to its name: there all of it is in sight


@layers.register("ridges")
class RidgesLayer(Layer):
    """A lane with its name for each class, and the ridge that its codes stand below."""

    label, key, order = "Density along z", "", -45
    tip = "Of one latent dimension: how many codes of each class lie at z, one scale for all lanes"

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        self._items: list[QGraphicsPathItem | QGraphicsSimpleTextItem] = []
        super().__init__(plane, state, session)
        state.watch(f"{plane.position_fields} dataset", self._show_ridges)

    @classmethod
    def stranger(cls, kind: Plane) -> str:
        """It is over z."""
        return "it is a density of z, not of pictures" if kind.of_pictures else ""

    @classmethod
    def absence(cls, now: Snapshot) -> str:
        """Of more dimensions the plane shows itself how dense the codes lie."""
        one = now.codes is not None and now.codes.mean.shape[1] == 1
        return "" if one else "there is more than one latent dimension"

    def apply_theme(self) -> None:
        """Other class colours."""
        self._show_ridges()

    def _show_ridges(self) -> None:
        for item in self._items:
            self.group.drop(item)
        self._items = []
        lanes = lanes_of(self.state.now)[0]
        self.plane.getAxis("left").setStyle(showValues=not lanes)  # a lane's height is no number
        for lane in lanes:
            self._add(lane)

    def _add(self, lane: ClassLane) -> None:
        tokens = self.tokens
        plain = lane.label is None
        colour = QColor(tokens.accent) if plain else theme.class_colour(lane.label or 0, tokens)
        ridge, name = QGraphicsPathItem(_outline(lane)), QGraphicsSimpleTextItem(lane.name)
        pen = QPen(colour, 1.2)
        pen.setCosmetic(True)
        ridge.setPen(pen)
        ground = QColor(colour)
        ground.setAlpha(ALPHA)
        ridge.setBrush(ground)
        self.group.add(ridge)
        name.setFont(theme.font(theme.SMALL))
        name.setBrush(QColor(tokens.quiet))
        self.group.pin(name)
        low, high = float(lane.z[0]), float(lane.z[-1])
        at = low + INWARD * (high - low)
        self.group.place(name, (at, lane.base + float(lane.ridge.max()) * 0.8))
        self._items += [ridge, name]


def _outline(lane: ClassLane) -> QPainterPath:
    """From the base along the ridge and back."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.moveTo(float(lane.z[0]), lane.base)
    for z, height in np.column_stack([lane.z, lane.ridge]).tolist():
        path.lineTo(z, lane.base + height)
    path.lineTo(float(lane.z[-1]), lane.base)
    path.closeSubpath()
    return path
