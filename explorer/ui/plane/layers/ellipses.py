"""Layer: the posterior q(z|x) of the selected samples, at true scale."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from explorer.app.planes import Plane
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.surface import Surface
from explorer.ui.widgets.plane.bounds import bounded
from explorer.ui.widgets.plane.items.outline import Outline

FEW = 20
ALPHAS = {1: 220, 2: 110}  # of the lines at 1 and 2 standard deviations


class Ellipse(NamedTuple):
    """mean: on the plane. radii: one standard deviation along each axis. angle: of the first."""

    mean: tuple[float, float]
    radii: tuple[float, float]
    angle: float = 0.0  # degrees, counter-clockwise


@layers.register("ellipses")
class EllipsesLayer(Layer):
    """Where the encoder thinks that z may be: tilted, where the posterior has a covariance."""

    label, key, order = "Posterior ellipses", "7", 2
    tip = "q(z|x) of what is selected or looked at, one and two standard deviations wide"

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        self._lines = {factor: QGraphicsPathItem() for factor in ALPHAS}
        self.ellipses: list[Ellipse] = []
        super().__init__(plane, state, session)
        for line in self._lines.values():
            self.group.add(line)
        state.watch(f"selection own comparison {plane.position_fields}", self._show_ellipses)

    @classmethod
    def stranger(cls, kind: Plane) -> str:
        """An ellipse of z is none among pictures."""
        return "the decoder bends an ellipse of z into another shape" if kind.of_pictures else ""

    def _show_ellipses(self) -> None:
        self.ellipses = [*self._of_samples(), *self._of_own()]
        for factor, line in self._lines.items():
            line.setPath(_outline(self.ellipses, factor))

    def _of_samples(self) -> list[Ellipse]:
        selection, codes = self.state.now.selection, self.state.now.codes
        there = self.plane.positions
        if codes is None or there is None or len(selection) > FEW:
            return []
        cov = getattr(codes, "cov", None)
        return [
            self._ellipse(there.xy[row], codes.std[row], None if cov is None else cov[row])
            for row in np.flatnonzero(np.isin(there.index, selection))
        ]

    def _of_own(self) -> list[Ellipse]:
        seen = self.state.now.own_comparison
        if seen is None or seen.mean is None or seen.std is None:
            return []
        at = self.plane.kind.project_z(self.state.now, seen.mean[None])
        return [] if at is None else [self._ellipse(at[0], seen.std, seen.cov)]

    def _ellipse(
        self, at: NDArray[np.float32], std: NDArray[np.float32], cov: NDArray[np.float32] | None
    ) -> Ellipse:
        """at: (2,) on the plane. std: (d,) and cov: (d, d) of the posterior."""
        axes = list(self.state.now.plane(self.plane.kind.name).axes)
        mean = (float(at[0]), float(at[1]))
        if len(std) == 1:
            return Ellipse(mean, (float(std[0]), 0.0))
        if cov is None:
            a, b = std[axes]
            return Ellipse(mean, (float(a), float(b)))
        return Ellipse(mean, *principal(cov[np.ix_(axes, axes)]))

    def apply_theme(self) -> None:
        """Lines in the text colour, the outer ones fainter."""
        for factor, line in self._lines.items():
            colour = QColor(self.tokens.text)
            colour.setAlpha(ALPHAS[factor])
            pen = QPen(colour, 1.2)
            pen.setCosmetic(True)
            line.setPen(pen)


def principal(cov: NDArray[np.floating]) -> tuple[tuple[float, float], float]:
    """Standard deviations along the axes of a covariance (2, 2), largest first, and its tilt.

    The tilt is the angle of the first axis in degrees, counter-clockwise.
    """
    values, vectors = np.linalg.eigh(bounded(cov).astype(np.float64))  # ascending
    a, b = np.sqrt(np.maximum(values[::-1], 0.0))
    return (float(a), float(b)), math.degrees(math.atan2(vectors[1, 1], vectors[0, 1]))


def _outline(ellipses: list[Ellipse], factor: float) -> QPainterPath:
    outline = Outline()
    for mean, radii, angle in ellipses:
        outline.ellipse(mean, (factor * radii[0], factor * radii[1]), angle)
    return outline.path
