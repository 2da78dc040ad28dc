"""Layer: the prior N(0, I), as the circles of one, two and three standard deviations."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsSimpleTextItem

from explorer.app.session import Session
from explorer.app.state import LayerLook, State
from explorer.ui import theme
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.view import LatentPlane

SIGMAS = (1, 2, 3)
ALPHA = 170
HALF = 0.5**0.5  # names stand half-way between the axes, off the crosshair in the middle


@layers.register("contours")
class ContoursLayer(Layer):
    """How far from the middle the prior expects codes to be."""

    label, key, order = "Prior contours", "3", -40
    tip = "One, two and three standard deviations of the prior p(z) = N(0, I)"
    usual = LayerLook(visible=False)

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        self._line = QGraphicsPathItem()
        self._names = [QGraphicsSimpleTextItem(f"{sigma}\u03c3") for sigma in SIGMAS]
        super().__init__(plane, state, session)
        self.group.add(self._line)
        for name in self._names:
            name.setFont(theme.font(theme.SMALL))
            self.group.pin(name)
        state.watch("model", self._show_contours)

    def _show_contours(self) -> None:
        """Circles; of a single latent dimension, a line on either side."""
        model = self.state.now.model
        path = QPainterPath()
        for sigma, name in zip(SIGMAS, self._names, strict=True):
            if model is not None and model.config.latent_dim == 1:
                for x in (-sigma, sigma):
                    path.moveTo(x, -1.0)
                    path.lineTo(x, 1.0)
                name.setPos(sigma, 1.0)
            else:
                path.addEllipse(QRectF(-sigma, -sigma, 2 * sigma, 2 * sigma))
                name.setPos(sigma * HALF, sigma * HALF)
        self._line.setPath(path)

    def dress(self) -> None:
        """Thin, quiet and dashed: data is drawn in full lines."""
        faint = QColor(self.tokens.quiet)
        faint.setAlpha(ALPHA)
        pen = QPen(faint, 1, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        self._line.setPen(pen)
        for name in self._names:
            name.setBrush(QColor(self.tokens.quiet))
