"""Layer: the cursor of z, the hovered and the selected samples, the selected one's posterior."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.layers import layers
from explorer.ui.plane.view import LatentPlane


@layers.register("marks")
class MarksLayer(QObject):
    """What the eye should find at once, over the points."""

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        super().__init__(plane)
        self._plane, self._state = plane, state
        state.watch("z preview plane_axes model", self._show_cursor)
        state.watch("hover codes plane_axes", self._show_hover)
        state.watch("selection codes plane_axes", self._show_selection)

    def _show_cursor(self) -> None:
        z, axes = self._state.now.shown_z, self._state.now.plane_axes
        if z is None:
            self._plane.set_cursor(None)
        elif len(z) == 1:
            self._plane.set_cursor((float(z[0]), 0.0))
        elif max(axes) < len(z):
            self._plane.set_cursor((float(z[axes[0]]), float(z[axes[1]])))

    def _rows(self, samples: NDArray[np.int64]) -> NDArray[np.int64]:
        codes = self._state.now.codes
        if codes is None or not len(samples):
            return np.zeros(0, np.int64)
        return np.flatnonzero(np.isin(codes.index, samples))

    def _show_hover(self) -> None:
        now = self._state.now
        rows = self._rows(np.array([now.hover] if now.hover is not None else [], np.int64))
        at = self._plane.flat(now.codes.mean)[rows[0]] if now.codes and len(rows) else None
        self._plane.set_hover_point(None if at is None else (float(at[0]), float(at[1])))

    def _show_selection(self) -> None:
        now = self._state.now
        rows = self._rows(now.selection)
        if now.codes is None or not len(rows):
            self._plane.set_selected_points(np.zeros((0, 2), np.float32))
            self._plane.set_ellipses(())
            return
        few = rows if len(rows) == 1 else rows[:0]  # a crowd is shown by dimming the rest
        self._plane.set_selected_points(self._plane.flat(now.codes.mean)[few])
        self._plane.set_ellipses([self._ellipse(row) for row in few])

    def _ellipse(self, row: int) -> tuple[tuple[float, float], tuple[float, float]]:
        codes, axes = self._state.now.codes, self._state.now.plane_axes
        assert codes is not None
        at = self._plane.flat(codes.mean)[row]
        std = codes.std[row]
        size = (std[0], 0.0) if len(std) == 1 else (std[axes[0]], std[axes[1]])
        return (float(at[0]), float(at[1])), (float(size[0]), float(size[1]))
