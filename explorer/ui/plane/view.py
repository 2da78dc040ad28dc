"""A view of a kind of plane: its points bound to the state through layers, tools and a menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from explorer.app.planes import plane_named
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane import layers, tools
from explorer.ui.plane.card import PlaneCard
from explorer.ui.plane.menu import PlaneMenu
from explorer.ui.plane.surface import Surface

DRAWN = (
    "dataset model codes pca pca_scores muted layers selection own comparison path survey"
    " path_pictures mark_a mark_b bookmarks"
)
"""What layers draw from. Qt does not always tell of an item that goes: so the plane paints anew."""


class PlaneView(Surface):
    """A view of a plane by its name: the first of its kind, or a further one (`parts.naming`).

    What is chosen in one is seen in all; axes and zoom are its own.
    """

    double_clicked = Signal(float, float)

    def __init__(
        self, name: str, state: State, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(plane_named(name), state, session, parent)
        self.setAccessibleName(self.kind.title)
        self.setAntialiasing(True)
        self.fits_on_double_click = True
        self.layers = {
            name: layers.layers[name](self, state, session)
            for name in layers.in_order()
            if not layers.layers[name].stranger(self.kind)
        }
        self.tools = {name: tools.tools[name](self, state, session) for name in tools.in_order()}
        self.menu = PlaneMenu(self, state, session)
        PlaneCard(self, state, session)
        state.watch("tool", self._show_tool)
        state.watch(f"{self.kind.projects_of} planes.{name}.axes", self._show_axes)
        state.watch("layers", self._show_appearances)
        state.watch(f"{DRAWN} planes.{name}.axes", self._on_scene_changed)  # after the layers

    def _show_tool(self) -> None:
        for name, tool in self.tools.items():
            tool.set_active(name == self.state.now.tool)
        self._show_pointer_shape()

    def _show_axes(self) -> None:
        self.set_axis_names(*self.kind.axis_names(self.state.now))

    def _show_appearances(self) -> None:
        appearances = self.state.now.layers
        for name, layer in self.layers.items():
            layer.set_appearance(appearances.get(name, layer.usual))

    # -- Qt's events ------------------------------------------------------------------------

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit, unless the tool in use means something else by it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.double_clicked.emit(*self.point_at(event.position()))
        if self.fits_on_double_click:
            super().mouseDoubleClickEvent(event)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """The layers follow the theme, too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "layers"):
            for layer in self.layers.values():
                layer.apply_theme()
