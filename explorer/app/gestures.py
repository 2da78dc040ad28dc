"""What the mouse and the keys do where something is under them: no commands, but to be known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GestureText:
    """how: with mouse or keys, as "Wheel". does: what follows. where: the head of its part."""

    where: str
    how: str
    does: str


PLANE, TOOLS, ELSEWHERE = "On a plane", "With the lasso and the path tool", "Elsewhere"

GESTURES = (
    GestureText(PLANE, "Drag", "Move z; the picture follows"),
    GestureText(PLANE, "Click a point", "Select its sample, z is its code"),
    GestureText(PLANE, "Wheel, pinch", "Zoom about the pointer"),
    GestureText(PLANE, "Middle or Space + drag", "Pan"),
    GestureText(PLANE, "Double click", "Show all points"),
    GestureText(PLANE, "Right click", "What can be done with the place"),
    GestureText(PLANE, "Arrows", "Move z by 1 % of the view"),
    GestureText(PLANE, "Shift, Alt + arrows", "Ten times as far, a tenth"),
    GestureText(TOOLS, "Drag", "Select what is inside"),
    GestureText(TOOLS, "Shift, Alt + drag", "Add to the selection, take away"),
    GestureText(TOOLS, "Click, drag", "Add a point of a path, draw it"),
    GestureText(TOOLS, "Enter, Backspace", "End it, take a point back"),
    GestureText(ELSEWHERE, "Click a sample", "Select it"),
    GestureText(ELSEWHERE, "Double click it, Enter", "Move z to its code"),
    GestureText(ELSEWHERE, "Right click", "Copy, save, select, go there"),
    GestureText(ELSEWHERE, "Ctrl+C", "Copy a picture or its values"),
    GestureText(ELSEWHERE, "Double click a slider", "Back to the start"),
    GestureText(ELSEWHERE, "Tab, Shift+Tab", "The next control, the last"),
    GestureText(ELSEWHERE, "Drop files", "Open them"),
)
