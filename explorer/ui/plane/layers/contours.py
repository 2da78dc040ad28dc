"""Layer: the prior p(z), as the circles of N(0, I) or the ellipses of a learned mixture."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsSimpleTextItem

from explorer.app.background.answers import Answer
from explorer.app.planes import Plane
from explorer.app.session import Session
from explorer.app.state import LayerAppearance, Snapshot, State
from explorer.compute.latent import prior
from explorer.compute.latent.prior import FindPrior
from explorer.models.config import ModelSnapshot
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.surface import Surface
from explorer.ui.themes import theme
from explorer.ui.widgets.plane.items.outline import Outline

SIGMAS = (1, 2, 3)
ALPHA = 170
HALF = 0.5**0.5  # names stand half-way between the axes, off the crosshair in the middle
LEAST = 0.01  # a component of less weight is none that the model uses


@layers.register("contours")
class ContoursLayer(Layer):
    """How far from the middle the prior expects codes to be; of a mixture, from each middle."""

    label, key, order = "Prior contours", "3", -40
    tip = (
        "One, two and three standard deviations of the prior p(z) = N(0, I);\n"
        "of a learned mixture, one standard deviation of each component"
    )
    usual = LayerAppearance(visible=False)

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        self._line = QGraphicsPathItem()
        self._names = {sigma: QGraphicsSimpleTextItem(f"{sigma}\u03c3") for sigma in SIGMAS}
        self._known = Answer(session.answers, FindPrior, self._show_mixture, lasting="space")
        super().__init__(plane, state, session)
        self.group.add(self._line)
        for name in self._names.values():
            name.setFont(theme.font(theme.SMALL))
            self.group.pin(name)
        state.watch(plane.projection_fields, self._show_contours)

    @classmethod
    def stranger(cls, kind: Plane) -> str:
        """A prior is over z."""
        return "the prior is a density of z, not of pictures" if kind.of_pictures else ""

    @classmethod
    def absence(cls, now: Snapshot) -> str:
        """Some models have no prior, or none with contours."""
        return "" if now.model is None else prior.absence(now.model)

    def show_appearance(self) -> None:
        """A mixture that was not seen is asked for."""
        super().show_appearance()
        self._show_contours()

    def _show_contours(self) -> None:
        model = self.state.now.model
        standard = model is None or prior.is_standard(model)
        there = model is None or not prior.absence(model)
        for name in self._names.values():
            name.setVisible(there and standard)
        if there and standard:
            self._show_standard()
        elif there and self.appearance.visible and model is not None:
            self._show_mixture()
            self._ask_mixture(model)
        else:
            self._line.setPath(QPainterPath())

    def _show_standard(self) -> None:
        """Circles; of a single latent dimension, a line on either side."""
        model = self.state.now.model
        flat = model is not None and model.config.latent_dim == 1
        outline = Outline()
        for sigma, name in self._names.items():
            _outline(outline, (0.0, 0.0), (sigma, sigma), flat=flat)
            at = (sigma, 1.0) if flat else (sigma * HALF, sigma * HALF)
            self.group.place(name, at)
        self._line.setPath(outline.path)

    def _ask_mixture(self, model: ModelSnapshot) -> None:
        self._known.ask(FindPrior(model))

    def _show_mixture(self) -> None:
        """What is known; while a model learns, that of the moment before stays until the next."""
        model, known = self.state.now.model, self._known.value
        outline = Outline()
        if model is not None and known is not None:
            d = model.config.latent_dim
            a, b = self.state.now.plane(self.plane.kind.name).axes if d > 1 else (0, 0)
            if known.mean.shape[1] == d and not prior.is_standard(model):
                for i in np.flatnonzero(known.weight >= LEAST):
                    mean, std = known.mean[i], known.std[i]
                    middle = float(mean[a]), float(mean[b])
                    _outline(outline, middle, (float(std[a]), float(std[b])), flat=d == 1)
        self._line.setPath(outline.path)

    def apply_theme(self) -> None:
        """Thin, quiet and dashed: data is drawn in full lines."""
        faint = QColor(self.tokens.quiet)
        faint.setAlpha(ALPHA)
        pen = QPen(faint, 1, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        self._line.setPen(pen)
        for name in self._names.values():
            name.setBrush(QColor(self.tokens.quiet))


def _outline(
    outline: Outline, middle: tuple[float, float], radii: tuple[float, float], *, flat: bool
) -> None:
    """An ellipse; flat: of a single dimension, a line on either side."""
    if not flat:
        outline.ellipse(middle, radii)
        return
    for x in (middle[0] - radii[0], middle[0] + radii[0]):
        outline.line(np.array([[x, -1.0], [x, 1.0]]))
