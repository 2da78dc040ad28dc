"""Tool: draw around points to select their samples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from explorer.app.session import Session
from explorer.app.state import State
from explorer.data.words.wording import few
from explorer.ui.plane.surface import Surface
from explorer.ui.plane.tools import Gesture, Tool, tools
from explorer.ui.widgets.plane.frame import Point


@tools.register("lasso")
class LassoTool(Tool):
    """The loop selects; Shift adds to the selection, Alt takes away, Esc takes the loop back."""

    label, icon, key, order = "Lasso", "lasso", "L", 2
    tip = "Draw around points to select them. Shift adds, Alt takes away, Esc clears."

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        super().__init__(plane, state, session)
        self._loop: list[Point] = []

    def gestures(self) -> Sequence[Gesture]:
        """Press, draw, let go."""
        return self.left_button(
            self._on_plane_pressed, self._on_plane_dragged, self._on_plane_released
        )

    def set_active(self, active: bool) -> None:
        """A loop that is being drawn goes with the tool."""
        super().set_active(active)
        self._drop()

    def _drop(self) -> list[Point]:
        """The loop there was; there is none any more."""
        loop, self._loop = self._loop, []
        self.plane.set_loop(())
        self.plane.removeEventFilter(self)
        return loop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a loop is drawn, Esc takes it back and leaves the selection as it is."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._drop()
        return True

    @Slot(float, float)
    def _on_plane_pressed(self, a: float, b: float) -> None:
        self._loop = [(a, b)]
        self.plane.installEventFilter(self)

    @Slot(float, float)
    def _on_plane_dragged(self, a: float, b: float) -> None:
        if self._loop:
            self._loop.append((a, b))
            self.plane.set_loop(self._loop)

    @Slot()
    def _on_plane_released(self) -> None:
        loop, there = self._drop(), self.plane.positions
        if len(loop) < 3 or there is None:
            return
        inside = there.index[self.plane.rows_inside(loop)]
        self.state.mark()
        self.state.update(source=self, selection=self._combined(inside))
        self._say_count()

    def _combined(self, inside: NDArray[np.int64]) -> NDArray[np.int64]:
        modifiers, before = QApplication.keyboardModifiers(), self.state.now.selection
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            return np.union1d(before, inside)
        if modifiers & Qt.KeyboardModifier.AltModifier:
            return np.setdiff1d(before, inside)
        return inside

    def _say_count(self) -> None:
        data, selection = self.state.now.dataset, self.state.now.selection
        text = f"{len(selection):,} selected"
        if data is not None and data.labels is not None and len(selection):
            counts = Counter(data.labels[selection].tolist()).most_common()
            text += ": " + few([f"{count:,} {data.classes[i]}" for i, count in counts])
        self.session.say(text)
