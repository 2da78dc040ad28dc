"""What the mouse and the keys do where something is under them: no commands, but to be known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Gesture:
    """how: with mouse or keys, as "Wheel". does: what follows. where: the head of its part."""

    where: str
    how: str
    does: str


PLANE, TOOLS, ELSEWHERE = "On a plane", "With the lasso and the path tool", "Elsewhere"

GESTURES = (
    Gesture(PLANE, "Drag", "Move z; the picture follows"),
    Gesture(PLANE, "Click a point", "Select its sample, z is its code"),
    Gesture(PLANE, "Wheel, pinch", "Zoom about the pointer"),
    Gesture(PLANE, "Middle or Space + drag", "Pan"),
    Gesture(PLANE, "Double click", "Show all points"),
    Gesture(PLANE, "Right click", "What can be done with the place"),
    Gesture(PLANE, "Arrows", "Move z by 1 % of the view"),
    Gesture(PLANE, "Shift, Alt + arrows", "Ten times as far, a tenth"),
    Gesture(TOOLS, "Drag", "Select what is inside"),
    Gesture(TOOLS, "Shift, Alt + drag", "Add to the selection, take away"),
    Gesture(TOOLS, "Click, drag", "Add a point of a path, draw it"),
    Gesture(TOOLS, "Enter, Backspace", "End it, take a point back"),
    Gesture(ELSEWHERE, "Click a sample", "Select it"),
    Gesture(ELSEWHERE, "Double click it, Enter", "Move z to its code"),
    Gesture(ELSEWHERE, "Right click", "Copy, save, select, go there"),
    Gesture(ELSEWHERE, "Ctrl+C", "Copy a picture or its values"),
    Gesture(ELSEWHERE, "Double click a slider", "Back to the start"),
    Gesture(ELSEWHERE, "Tab, Shift+Tab", "The next control, the last"),
    Gesture(ELSEWHERE, "Drop files", "Open them"),
)
