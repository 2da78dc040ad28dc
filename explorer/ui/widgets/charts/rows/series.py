"""Rows that are drawn together, each known by a mark, a dash and a name, not by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from explorer.data.dataset import Floats
from explorer.ui.themes.theme import Tokens

# Okabe & Ito's vermilion and green: far from the text colour and the accent on both grounds
_COLOURS = {"z": "accent", "sample": "text", "model": "#D55E00", "pca": "#009E73",
            "damaged": "quiet"}  # fmt: skip
_DASHES = {"model": (5.0, 2.0), "pca": (1.5, 2.0), "damaged": (1.0, 3.0)}
_WIDTHS = {"z": 2.0, "sample": 1.5}
REACH = 4.0  # px from the middle of a mark to its edge


@dataclass(frozen=True, eq=False)
class Series:
    """role: "z", "sample", "model", "pca" or "damaged", which decides its appearance.

    name, note: for the legend. row: (D,) in the model's units.
    """

    role: str
    name: str
    row: Floats
    note: str = ""


def colour_of(role: str, tokens: Tokens) -> QColor:
    """The colour of a role in the theme."""
    name = _COLOURS[role]
    return QColor(getattr(tokens, name, name))


def line_of(role: str, tokens: Tokens) -> QPen:
    """The pen that draws a curve of a role."""
    pen = QPen(colour_of(role, tokens), _WIDTHS.get(role, 1.5))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if role in _DASHES:
        pen.setDashPattern(_DASHES[role])
    return pen


def paint_mark(painter: QPainter, role: str, x: float, y: float, tokens: Tokens) -> None:
    """A ring for z, a disc for the sample, a diamond, a square and a cross for the others."""
    colour = colour_of(role, tokens)
    box = QRectF(x - REACH, y - REACH, 2 * REACH, 2 * REACH)
    filled = role in ("sample", "model")
    painter.setPen(QPen(colour, 1.6) if not filled else QPen(QColor(tokens.surface), 1.0))
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    if role in ("z", "sample"):
        painter.drawEllipse(box if role == "z" else box.adjusted(0.5, 0.5, -0.5, -0.5))
    elif role == "model":
        r = REACH + 0.5
        corners = ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
        painter.drawPolygon(QPolygonF([QPointF(a, b) for a, b in corners]))
    elif role == "pca":
        painter.drawRect(box.adjusted(0.8, 0.8, -0.8, -0.8))
    else:
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.bottomLeft(), box.topRight())


def paint_sample_of_line(
    painter: QPainter, role: str, x: float, y: float, width: float, tokens: Tokens
) -> None:
    """A short piece of its curve, for a legend."""
    painter.setPen(line_of(role, tokens))
    painter.drawLine(QPointF(x, y), QPointF(x + width, y))
