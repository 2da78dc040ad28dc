"""Panels: a dock for each kind of plane that has no place of its own in the window."""

from __future__ import annotations

from textwrap import fill
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explorer.app.planes import plane_named, planes
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.panels import Panel, Place, panels
from explorer.ui.plane.axis_boxes import AxisBoxes
from explorer.ui.plane.view import PlaneView
from explorer.ui.themes import theme

AT_HOME = ("latent", "pca")  # the middle of the window shows the one, its own panel the other


class PlanePanel(Panel):
    """A view of the plane called ``kind``, with boxes for its axes where it has a choice."""

    kind: ClassVar[str]
    least = (240, 200)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self.plane = PlaneView(self.kind, state, session, self)
        self.plane.setObjectName(f"{self.kind.replace(':', '')}Plane")
        self.plane.setToolTip(self.plane.kind.tip)
        self._axes = AxisBoxes(self.kind, "What is", state, self)
        self._empty = QLabel(self)
        self._empty.setProperty("role", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.INSIDE)
        grid.addWidget(self._axes, 0, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.plane, 1, 0)
        grid.addWidget(self._empty, 1, 0, Qt.AlignmentFlag.AlignCenter)
        grid.setRowStretch(1, 1)
        state.watch(f"{self.plane.position_fields} dataset model", self._show_absence)

    def _show_absence(self) -> None:
        now = self.state.now
        self._empty.setText(fill(self.plane.kind.absence(now), 24))
        self._axes.setVisible(len(self.plane.kind.choices(now)) > 2)


def panel_of(name: str) -> type[PlanePanel]:
    """The panel that shows a kind of plane, or a further view of one, by its name."""
    title, order = plane_named(name).title, int(plane_named(name).order)
    places = {"compare": Place("beside", 20 + order, behind="pca")}
    return type(name, (PlanePanel,), {"kind": name, "title": title, "places": places})


for _name in planes:
    if _name not in AT_HOME:
        panels.register(f"{_name}-plane")(panel_of(_name))
