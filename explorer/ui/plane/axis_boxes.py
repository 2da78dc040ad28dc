"""Two boxes that choose the axes of a plane."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from explorer.app.planes import plane_named
from explorer.app.state import State
from explorer.ui.themes import theme
from explorer.ui.widgets.forms.boxes import ChoiceBox
from explorer.ui.widgets.offering import offer

ACROSS, DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
GIVEN = "There are no more than two axes to choose from"


class AxisBoxes(QWidget):
    """Bound to the axes of a view of a plane; the axis that the other one shows changes places."""

    def __init__(self, name: str, what: str, state: State, parent: QWidget | None = None) -> None:
        """what: the axes are, as "Component"."""
        super().__init__(parent)
        self._kind, self._state = plane_named(name), state
        self._boxes = [self._box(f"{what} on the {side} axis") for side in SIDES]
        self._times = QLabel("\u00d7", self)
        self._row = QBoxLayout(ACROSS, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GRID)
        self._row.addWidget(self._boxes[0])
        self._row.addWidget(self._times)
        self._row.addWidget(self._boxes[1])
        state.watch(f"{self._kind.projects_of} dataset planes.{name}.axes", self._show_axes)

    def set_upright(self, upright: bool) -> None:
        """One box below the other, where there is no room for them side by side."""
        self._row.setDirection(DOWN if upright else ACROSS)
        self._row.setSpacing(4 if upright else theme.GRID)
        self._times.setVisible(not upright)

    def _box(self, name: str) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setToolTip(name)
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        box.activated.connect(self._on_box_activated)
        return box

    def _show_axes(self) -> None:
        now = self._state.now
        names = list(self._kind.choices(now))
        missing = self._kind.absence(now) or ("" if len(names) > 2 else GIVEN)
        for i, axis in enumerate(now.plane(self._kind.name).axes):
            box = self._boxes[i]
            if [box.itemText(i) for i in range(box.count())] != names:
                box.clear()
                box.addItems(names)
            box.setCurrentIndex(axis)
            offer(box, missing)

    @Slot(int)
    def _on_box_activated(self, _index: int) -> None:
        before = self._state.now.plane(self._kind.name).axes
        a, b = (box.currentIndex() for box in self._boxes)
        chosen = (before[1], before[0]) if a == b else (a, b)
        if chosen != before:
            self._state.mark()
            self._state.update_plane(self._kind.name, self, axes=chosen)


SIDES = ("horizontal", "vertical")
