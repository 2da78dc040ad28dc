"""Tool: drag the plane itself."""

from __future__ import annotations

from explorer.ui.plane.tools import Tool, tools


@tools.register("pan")
class PanTool(Tool):
    """The left button takes hold of the plane, as the middle button always does."""

    label, icon, key, order = "Pan", "pan", "V", 0
    tip = "Drag the plane. Space + drag and the middle button do so with every tool."

    def set_active(self, active: bool) -> None:
        """Take the left button, or give it back."""
        super().set_active(active)
        self.plane.panning = active
