"""Tool: drag the plane itself."""

from __future__ import annotations

from PySide6.QtCore import QObject

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.tools import tools
from explorer.ui.plane.view import LatentPlane


@tools.register("pan")
class PanTool(QObject):
    """The left button takes hold of the plane, as the middle button always does."""

    label, icon, key, order = "Pan", "pan", "V", 0
    tip = "Drag the plane. Space + drag and the middle button do so with every tool."

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        super().__init__(plane)
        self._plane = plane

    def set_active(self, active: bool) -> None:
        """Take the left button, or give it back."""
        self._plane.panning = active
