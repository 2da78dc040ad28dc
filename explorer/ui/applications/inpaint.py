"""Application: fill in what is hidden of the selected sample."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from explorer.analysis.applications.holes import holes, in_order, known
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.applications.restoring import Mask, Restored
from explorer.data.kinds import kind_of
from explorer.ui.applications import applications
from explorer.ui.applications.restoring import Restoring, error_text

BRUSH = "brush"


@applications.register("inpaint")
class Inpaint(Restoring):
    """A part is hidden, or what the user brushes."""

    title = "Fill a hole"
    tip = "Hide a part of the selected sample: the most probable z fills it"
    order = 30
    damaged, view = "Hidden", "Inpaint"

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._hole = self.box("holeBox", "What is hidden")
        self._hole.activated.connect(self._on_hole_activated)
        self.original.brushed.connect(self._on_original_brushed)
        state.watch("dataset", self._show_holes)  # before it is restored with them
        state.watch("brushed", self._set_known)
        self.follow()

    def known(self) -> Mask | None:
        """A part, or what was brushed."""
        return self.original.known

    def errors(self, seen: Restored) -> tuple[str, str, str]:
        """Of the hole alone; what is hidden has no error, and no hole has none at all."""
        where = " in the hole"
        self.said.setText("" if seen.restored is not None else self._no_hole())
        return "", error_text(seen.restored_mse, where), error_text(seen.linear_mse, where)

    def _no_hole(self) -> str:
        if self._hole.currentData() == BRUSH:
            return "Nothing is hidden yet: brush over the original"
        return "This part of so small a sample is nothing: choose another one"

    def _show_holes(self) -> None:
        """Parts of a picture, or of a signal or row, which have no brush."""
        data, held = self.state.now.dataset, self._hole.currentData()
        pictures = kind_of(data).in_plane
        self._hole.clear()
        for name in in_order():
            self._hole.addItem(holes[name].title if pictures else holes[name].along, name)
        if pictures:
            self._hole.addItem("What I brush", BRUSH)
        self._hole.setCurrentIndex(max(0, self._hole.findData(held)))
        self._set_known()

    def _set_known(self) -> None:
        data, hole = self.state.now.dataset, self._hole.currentData()
        self.original.set_brush(data is not None and hole == BRUSH)
        if data is None:
            self.original.set_known(None)
        elif hole == BRUSH:
            whole = np.ones(data.preparation.shape[:2], bool)
            brushed = self.state.now.brushed
            self.original.set_known(whole if brushed is None else brushed)
        else:
            self.original.set_known(known(str(hole), *data.preparation.shape[:2]))

    @Slot(int)
    def _on_hole_activated(self, _index: int) -> None:
        """Whoever chooses the brush, or chooses it again, begins with nothing hidden."""
        if self._hole.currentData() == BRUSH:
            self.state.mark()
            self.state.update(source=self, brushed=None)
        self._set_known()
        self.restore()

    @Slot()
    def _on_original_brushed(self) -> None:
        self.state.mark(self.original.gesture.now)
        self.state.update(source=self, brushed=self.original.known)
