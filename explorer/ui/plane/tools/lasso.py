"""Tool: draw around points to select their samples."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.tools import tools
from explorer.ui.plane.view import LatentPlane
from explorer.ui.widgets.mark_item import Point


@tools.register("lasso")
class LassoTool(QObject):
    """The loop selects; Shift adds to the selection, Alt takes away, Esc clears."""

    label, icon, key, order = "Lasso", "lasso", "L", 2
    tip = "Draw around points to select them. Shift adds, Alt takes away, Esc clears."

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        super().__init__(plane)
        self._plane, self._state, self._session = plane, state, session
        self._active = False
        self._loop: list[Point] = []
        plane.pressed.connect(self._on_plane_pressed)
        plane.dragged.connect(self._on_plane_dragged)
        plane.released.connect(self._on_plane_released)

    def set_active(self, active: bool) -> None:
        """Answer the left button, or leave it to another tool."""
        self._active = active

    @Slot(float, float)
    def _on_plane_pressed(self, a: float, b: float) -> None:
        self._loop = [(a, b)] if self._active else []

    @Slot(float, float)
    def _on_plane_dragged(self, a: float, b: float) -> None:
        if self._loop:
            self._loop.append((a, b))
            self._plane.set_loop(self._loop)

    @Slot()
    def _on_plane_released(self) -> None:
        loop, self._loop = self._loop, []
        self._plane.set_loop(())
        codes = self._state.now.codes
        if len(loop) < 3 or codes is None:
            return
        inside = codes.index[self._plane.rows_inside(loop)]
        self._state.mark()
        self._state.update(source=self, selection=self._combined(inside))
        self._say_count()

    def _combined(self, inside: NDArray[np.int64]) -> NDArray[np.int64]:
        modifiers, before = QApplication.keyboardModifiers(), self._state.now.selection
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            return np.union1d(before, inside)
        if modifiers & Qt.KeyboardModifier.AltModifier:
            return np.setdiff1d(before, inside)
        return inside

    def _say_count(self) -> None:
        data, selection = self._state.now.dataset, self._state.now.selection
        text = f"{len(selection):,} selected"
        if data is not None and data.labels is not None and len(selection):
            counts = Counter(data.labels[selection].tolist()).most_common()
            text += ": " + ", ".join(f"{count:,} {data.classes[i]}" for i, count in counts)
        self._session.say(text)
