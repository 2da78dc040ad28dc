"""Layer: rings around the hovered sample, the few that are selected, and an own picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.view import LatentPlane

RADIUS = 6.0
FEW = 20  # a crowd is shown by dimming the rest


@layers.register("selection")
class SelectionLayer(Layer):
    """What the eye should find at once among the points."""

    label, key, order = "Selection", "8", 5
    tip = "Rings around what is selected or looked at; of a crowd, the rest is dimmed instead"

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        self._rings: list[QGraphicsEllipseItem] = []
        self.ringed: NDArray[np.float32] = np.zeros((0, 2), np.float32)
        super().__init__(plane, state, session)
        state.watch("hover codes planes.latent.axes", self._show_hover)
        state.watch("selection codes planes.latent.axes own comparison", self._show_selection)

    def _show_hover(self) -> None:
        now = self.state.now
        rows = self.plane.rows_of(np.array([] if now.hover is None else [now.hover], np.int64))
        at = self.plane.flat(now.codes.mean)[rows[0]] if now.codes and len(rows) else None
        self.plane.set_hover_point(None if at is None else (float(at[0]), float(at[1])))

    def _show_selection(self) -> None:
        """Ring the points (m, 2) of the few that are selected, or where the own picture is."""
        self.ringed = np.concatenate([self._of_samples(), self._of_own()])
        while len(self._rings) < 2 * len(self.ringed):
            ring = QGraphicsEllipseItem(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS)
            self.group.pin(ring)
            self._rings.append(ring)
        for i, ring in enumerate(self._rings):
            ring.setVisible(i < 2 * len(self.ringed))
            if i < 2 * len(self.ringed):
                self.group.place(ring, self.ringed[i // 2].tolist())
        self.dress()

    def _of_samples(self) -> NDArray[np.float32]:
        now = self.state.now
        few = now.selection if len(now.selection) <= FEW else now.selection[:0]
        rows = self.plane.rows_of(few)
        if now.codes is None or not len(rows):
            return np.zeros((0, 2), np.float32)
        return self.plane.flat(now.codes.mean)[rows]

    def _of_own(self) -> NDArray[np.float32]:
        seen = self.state.now.own_comparison
        if seen is None or seen.mean is None:
            return np.zeros((0, 2), np.float32)
        return self.plane.projected(seen.mean[None])

    def dress(self) -> None:
        """Each ring in the text colour, on a rim of the ground."""
        pens = QPen(QColor(self.tokens.surface), 4), QPen(QColor(self.tokens.text), 2)
        for i, ring in enumerate(self._rings):
            ring.setPen(pens[i % 2])
