"""Layers of the planes, one a file: each shows some of the state, and owns none of it.

A layer is built as ``Layer(plane, state, session)`` and watches what it shows. ``label``, ``key``
and ``tip`` make its row in the toolbar's list, where the user switches and fades it.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QObject

from explorer.app.planes import Plane
from explorer.app.session import Session
from explorer.app.state import LayerAppearance, Snapshot, State
from explorer.registry import Registry
from explorer.ui.plane.surface import Surface
from explorer.ui.themes import theme
from explorer.ui.widgets.plane.items.plane_group import PlaneGroup


class Layer(QObject):
    """What every layer has. order: from below to above; key: a digit, or none.

    usual: the appearance it has until the user changes it. Its graphics items live in ``group``.
    """

    label: ClassVar[str] = ""
    key: ClassVar[str] = ""
    tip: ClassVar[str] = ""
    order: ClassVar[float] = 0
    switchable: ClassVar[bool] = True
    usual: ClassVar[LayerAppearance] = LayerAppearance()

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        super().__init__(plane)
        self.plane, self.state, self.session = plane, state, session
        self.appearance = self.usual
        self.group = PlaneGroup(plane.getViewBox(), self.order, self)
        self.apply_theme()
        self.show_appearance()

    @classmethod
    def stranger(cls, kind: Plane) -> str:
        """Why it means nothing in a kind of plane, as the end of a sentence; "" where it does."""
        return ""

    @classmethod
    def absence(cls, now: Snapshot) -> str:
        """Why there is nothing to draw, as the end of a sentence; "" where there is."""
        return ""

    def set_appearance(self, appearance: LayerAppearance) -> None:
        """Appear, vanish, fade."""
        if appearance != self.appearance:
            self.appearance = appearance
            self.show_appearance()

    def show_appearance(self) -> None:
        """Make the look seen; a layer with more than its group adds to it."""
        self.group.item.setVisible(self.appearance.visible)
        self.group.item.setOpacity(self.appearance.opacity)

    def apply_theme(self) -> None:
        """Take the colours of the theme."""

    @property
    def tokens(self) -> theme.Tokens:
        """The colours of the theme in force."""
        return theme.tokens_of(self.plane)


layers: Registry[type[Layer]] = Registry("layer")


def in_order() -> list[str]:
    """The names of all layers, from below to above."""
    layers.discover(__name__)
    return sorted(layers, key=lambda name: layers[name].order)
