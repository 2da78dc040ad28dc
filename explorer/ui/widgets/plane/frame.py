"""From the plane to the pixels that show it, and back."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]
Pixel = tuple[float, float]
View = tuple[float, float, float, float]  # left, right, bottom, top


@dataclass(frozen=True)
class Frame:
    """Where the view box stands in the viewport, and the part of the plane that it shows.

    Plain numbers: each of Qt's or pyqtgraph's own points and matrices gives up Python's lock as it
    goes, and while a model is trained that lock is a while in coming back.
    """

    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0
    low_x: float = 0.0
    low_y: float = 0.0
    span_x: float = 1.0
    span_y: float = 1.0

    def to_pixel(self, point: Point) -> Pixel:
        """Plane coordinates to pixels of the viewport."""
        return (
            self.left + (point[0] - self.low_x) / self.span_x * self.width,
            self.top + (self.low_y + self.span_y - point[1]) / self.span_y * self.height,
        )

    def to_point(self, pixel: Pixel) -> Point:
        """Pixels of the viewport to plane coordinates."""
        return (
            self.low_x + (pixel[0] - self.left) / self.width * self.span_x,
            self.low_y + self.span_y - (pixel[1] - self.top) / self.height * self.span_y,
        )
