"""Layer: rings around the hovered sample, the few that are selected, and an own picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem

from explorer.app.planes import place
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.surface import NOWHERE, Surface

RADIUS = 6.0
FEW = 20  # a crowd is shown by dimming the rest


@layers.register("selection")
class SelectionLayer(Layer):
    """What the eye should find at once among the points."""

    label, key, order = "Selection", "8", 5
    tip = "Rings around what is selected or looked at; of a crowd, the rest is dimmed instead"

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        self._rings: list[QGraphicsEllipseItem] = []
        self.ringed: NDArray[np.float32] = NOWHERE
        super().__init__(plane, state, session)
        state.watch(f"hover {plane.position_fields}", self._show_hover)
        state.watch(f"selection own comparison {plane.position_fields}", self._show_selection)

    def _show_hover(self) -> None:
        hover = self.state.now.hover
        at = self.plane.of_samples(np.array([] if hover is None else [hover], np.int64))
        self.plane.set_hover_point(place(at))

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
        self.apply_theme()

    def _of_samples(self) -> NDArray[np.float32]:
        selection = self.state.now.selection
        return self.plane.of_samples(selection if len(selection) <= FEW else selection[:0])

    def _of_own(self) -> NDArray[np.float32]:
        seen, kind = self.state.now.own_comparison, self.plane.kind
        at = None if seen is None else kind.of_comparison(self.state.now, seen)
        return NOWHERE if at is None else at

    def apply_theme(self) -> None:
        """Each ring in the text colour, on a rim of the ground."""
        pens = QPen(QColor(self.tokens.surface), 4), QPen(QColor(self.tokens.text), 2)
        for i, ring in enumerate(self._rings):
            ring.setPen(pens[i % 2])
