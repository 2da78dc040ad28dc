"""KL(N(mu, sigma^2) || N(0, 1)) to play with: a map with a handle, and the two densities."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from explorer.analysis.formulas import kl_to_standard, normal_density
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.playground import Playground, paint_frame
from explorer.ui.widgets.pictures.pixels import qimage

MU, SIGMA = (-3.0, 3.0), (0.05, 2.5)
BANDS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0)  # nats, where the map changes its shade
LEFT, TOP, BOTTOM, BETWEEN = 32, 22, 34, 22


class KlPlay(Playground):
    """Drag in the map: its value is the KL of the q that is drawn beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mu, self.sigma = 1.0, 0.5
        self._map: tuple[tuple[int, int, str], QImage] | None = None
        self.setAccessibleName("KL of a Gaussian to the standard normal")
        self.setToolTip(
            "KL(N(\u03bc, \u03c3\u00b2) \u2016 N(0, 1)) = \u00bd (\u03bc\u00b2 + \u03c3\u00b2"
            " \u2212 1 \u2212 2 log \u03c3), in nats.\nDrag in the map, or use the arrow keys."
        )

    @property
    def value(self) -> float:
        """The KL at the handle, in nats."""
        return float(kl_to_standard(self.mu, self.sigma))

    def set_point(self, mu: float, sigma: float) -> None:
        """Put the handle somewhere, within the map."""
        self.mu = float(np.clip(mu, *MU))
        self.sigma = float(np.clip(sigma, *SIGMA))
        self.setAccessibleDescription(
            f"mu {self.mu:.2f}, sigma {self.sigma:.2f}, KL {self.value:.3f} nats"
        )
        self.told()

    # -- where ------------------------------------------------------------------------------

    def plot_rect(self) -> QRectF:
        """The map."""
        width = (self.width() - LEFT - BETWEEN) * 0.52
        return QRectF(LEFT, TOP, round(width), self.height() - TOP - BOTTOM)

    def pixel_at(self, mu: float, sigma: float) -> QPointF:
        """Where a point of the map is."""
        room = self.plot_rect()
        x = room.left() + (mu - MU[0]) / (MU[1] - MU[0]) * room.width()
        y = room.bottom() - (sigma - SIGMA[0]) / (SIGMA[1] - SIGMA[0]) * room.height()
        return QPointF(x, y)

    def put(self, at: QPointF) -> None:
        """Move the handle to a pixel."""
        room = self.plot_rect()
        mu = MU[0] + (at.x() - room.left()) / room.width() * (MU[1] - MU[0])
        sigma = SIGMA[0] + (room.bottom() - at.y()) / room.height() * (SIGMA[1] - SIGMA[0])
        self.set_point(mu, sigma)

    def nudge(self, dx: int, dy: int, *, far: bool) -> None:
        """0.05 a step, with Shift 0.5."""
        step = 0.5 if far else 0.05
        self.set_point(self.mu + dx * step, self.sigma + dy * step)

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Map, handle, densities, value."""
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.surface))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_map(painter, tokens)
        self._paint_densities(painter, tokens)

    def _paint_map(self, painter: QPainter, tokens: theme.Tokens) -> None:
        room = self.plot_rect()
        painter.drawImage(room, self._image(tokens))
        bottom = [(self.pixel_at(m, 1).x(), f"{m:g}".replace("-", "\u2212")) for m in (-3, 0, 3)]
        left = [(self.pixel_at(0, s).y(), f"{s:g}") for s in (1, 2)]
        paint_frame(painter, room, tokens, bottom=bottom, left=left, names=("\u03bc", "\u03c3"))
        best = self.pixel_at(0, 1)
        painter.setPen(QPen(QColor(tokens.text), 1))
        painter.drawLine(best - QPointF(4, 0), best + QPointF(4, 0))
        painter.drawLine(best - QPointF(0, 4), best + QPointF(0, 4))
        self.paint_handle(painter, self.pixel_at(self.mu, self.sigma), tokens)

    def _image(self, tokens: theme.Tokens) -> QImage:
        room = self.plot_rect()
        ratio = self.devicePixelRatioF()
        size = (max(int(room.width() * ratio), 1), max(int(room.height() * ratio), 1), tokens.name)
        if self._map is None or self._map[0] != size:
            self._map = (size, _map(size[0], size[1], tokens))
        return self._map[1]

    def _paint_densities(self, painter: QPainter, tokens: theme.Tokens) -> None:
        left = self.plot_rect().right() + BETWEEN
        room = QRectF(left, TOP, self.width() - left - 2, self.height() - TOP - BOTTOM)
        x = np.linspace(-4.5, 4.5, 241)
        ticks = [(room.left() + (v + 4.5) / 9 * room.width(), f"{v}".replace("-", "\u2212"))
                 for v in (-3, 0, 3)]  # fmt: skip
        paint_frame(painter, room, tokens, bottom=ticks, names=("", ""))
        painter.save()
        painter.setClipRect(room)
        top = max(1.15 * float(normal_density(self.mu, self.mu, self.sigma)), 0.5)
        top = min(top, 2.4)
        for density, colour, width in (
            (normal_density(x), tokens.quiet, 1.5),
            (normal_density(x, self.mu, self.sigma), tokens.accent, 2.0),
        ):
            line = QPolygonF()
            for a, b in zip((x + 4.5) / 9, density / top, strict=True):
                line.append(
                    QPointF(room.left() + a * room.width(), room.bottom() - b * room.height())
                )
            painter.setPen(QPen(QColor(colour), width))
            painter.drawPolyline(line)
        painter.restore()
        self._paint_words(painter, room, tokens)

    def _paint_words(self, painter: QPainter, room: QRectF, tokens: theme.Tokens) -> None:
        painter.setFont(theme.font(theme.TEXT, bold=True))
        painter.setPen(QColor(tokens.text))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        above = QRectF(room.left() - 20, 1, room.width() + 20, 18)
        painter.drawText(above, right, f"KL {self.value:.3f} nats")
        painter.setFont(theme.font(theme.SMALL))
        q = f"q = N({self.mu:.2f}, {self.sigma:.2f}\u00b2)".replace("-", "\u2212")
        below = QRectF(room.left() - 18, room.bottom() + 15, room.width() + 18, 15)
        if painter.fontMetrics().horizontalAdvance(f"N(0, 1)  \u2212{q}") > below.width():
            q = q.removeprefix("q = ")  # narrow: the colour says which of the two it is
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | middle, "N(0, 1)")
        painter.setPen(QColor(tokens.accent))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | middle, q)


def _map(width: int, height: int, tokens: theme.Tokens) -> QImage:
    """The bands as a picture, from the window's ground towards the accent."""
    mu = MU[0] + (np.arange(width) + 0.5) / width * (MU[1] - MU[0])
    sigma = SIGMA[1] - (np.arange(height) + 0.5) / height * (SIGMA[1] - SIGMA[0])
    band = np.digitize(kl_to_standard(mu[None], sigma[:, None]), BANDS)  # (height, width)
    ends = [QColor(tokens.accent), QColor(tokens.window)]
    rgb = np.array([(c.red(), c.green(), c.blue()) for c in ends], np.float64)
    share = np.linspace(0.3, 1.0, len(BANDS) + 1)[:, None]
    lut = (rgb[0] * (1 - share) + rgb[1] * share).astype(np.uint8)
    return qimage(lut[band])
