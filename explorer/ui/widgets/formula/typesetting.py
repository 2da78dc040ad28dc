r"""Sets a small part of TeX: ``_ ^ {} \frac \hat \tilde \sum \log`` and Greek letters.

`typeset` turns text into a `Box` of glyphs and rules on a baseline; `Box.paint` draws it. Letters
are italic, digits, words of several letters and function names upright, as in a book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from explorer.ui.themes.fonts import formula_font

SMALLER = 0.72  # a script's size over its base's
LEAST = 8.5  # px of a script
SMALLEST = 10.0  # px of letters on the line; what must be smaller is scaled as a picture is

SYMBOLS = {
    "alpha": "\u03b1",
    "beta": "\u03b2",
    "epsilon": "\u03b5",
    "lambda": "\u03bb",
    "mu": "\u03bc",
    "pi": "\u03c0",
    "sigma": "\u03c3",
    "phi": "\u03c6",
    "theta": "\u03b8",
    "Sigma": "\u03a3",
    "sum": "\u2211",
    "partial": "\u2202",
    "sim": "\u223c",
    "cdot": "\u00b7",
    "odot": "\u2299",
    "approx": "\u2248",
    "leq": "\u2264",
    "geq": "\u2265",
    "times": "\u00d7",
    "|": "\u2016",
    "in": "\u2208",
    ";": "\u2002",
    ",": "\u2009",
}
FUNCTIONS = ("log", "exp", "det", "min", "max", "argmin")
ACCENTS = {"hat": "^", "tilde": "~"}
RELATIONS = frozenset("=\u223c\u2248\u2264\u2265<>\u2208")
OPERATORS = frozenset("+\u2212\u00b7\u2299\u00d7")
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z]{2,}|[0-9]+(?:\.[0-9]+)?|\.\.|\S")


@dataclass(frozen=True)
class Glyphs:
    """Letters at (x, y) of their baseline; ``scale`` makes them smaller than a font can be."""

    x: float
    y: float
    text: str
    font: QFont
    scale: float = 1.0


@dataclass(frozen=True)
class Rule:
    """A filled bar, as in a fraction."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Box:
    """Something set on a baseline at y = 0; up is negative."""

    width: float
    ascent: float
    descent: float
    marks: tuple[Glyphs | Rule, ...] = ()

    def at(self, x: float, y: float) -> tuple[Glyphs | Rule, ...]:
        """Its marks, moved."""
        return tuple(replace(m, x=m.x + x, y=m.y + y) for m in self.marks)

    def scaled(self, by: float) -> Box:
        """The same, ``by`` times as large."""
        marks = tuple(
            replace(m, x=m.x * by, y=m.y * by, scale=m.scale * by)
            if isinstance(m, Glyphs)
            else Rule(m.x * by, m.y * by, m.width * by, m.height * by)
            for m in self.marks
        )
        return Box(self.width * by, self.ascent * by, self.descent * by, marks)

    def paint(self, painter: QPainter, x: float, y: float, colour: QColor) -> None:
        """Draw it with the left end of its baseline at (x, y)."""
        painter.setPen(colour)
        for mark in self.marks:
            if isinstance(mark, Rule):
                rule = QRectF(x + mark.x, y + mark.y, mark.width, mark.height)
                painter.fillRect(rule, colour)
                continue
            painter.save()
            painter.translate(x + mark.x, y + mark.y)
            painter.scale(mark.scale, mark.scale)
            painter.setFont(mark.font)
            painter.drawText(QPointF(0, 0), mark.text)
            painter.restore()

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.ascent + self.descent


@lru_cache(maxsize=1024)  # a card is laid out anew with each number that comes in
def typeset(formula: str, size: float = 17.0) -> Box:
    """A formula in small TeX at ``size`` px. What it does not know is set as it stands."""
    if size < SMALLEST:
        return typeset(formula, SMALLEST).scaled(size / SMALLEST)
    tokens = TOKEN.findall(formula.replace("-", "\u2212"))
    return _row(_Reader(tokens), size)


def sizes(largest: float) -> Iterator[float]:
    """From the largest down to one that fits anywhere; first by whole px, which look best."""
    size = largest
    while size > 1:
        yield size
        size = size - 1 if size > SMALLEST else size * 0.8


def fitting(formula: str, room: float, largest: float) -> Box:
    """The formula in the largest size that is no wider than the room."""
    tried = (typeset(formula, size) for size in sizes(largest))
    fits = (box for box in tried if box.width <= room)
    return next(fits, typeset(formula, 1.0))


class _Reader:
    """Tokens, one after the other."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens, self._at = tokens, 0

    def peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self) -> str:
        piece = self.peek()
        self._at += 1
        return piece

    def until(self, end: str) -> Iterator[str]:
        """Tokens up to ``end``, which is taken too."""
        while self.peek() and self.peek() != end:
            yield self.peek()
        self.take()


def _row(reader: _Reader, size: float, end: str = "") -> Box:
    parts: list[Box] = []
    for piece in reader.until(end):
        named = piece[1:] in FUNCTIONS
        if named and parts and parts[-1].width > 0.3 * size:
            parts.append(Box(size * 0.1, 0, 0))
        base = _one(reader, size) if parts or piece != "\u2212" else _signed(reader, size)
        parts.append(_scripted(reader, base, size))
        if piece in ("\\sum", ",", ";"):
            parts.append(Box(size * 0.16, 0, 0))
        if named and reader.peek() not in ("(", ""):
            parts.append(Box(size * 0.17, 0, 0))
    return beside(parts)


def _signed(reader: _Reader, size: float) -> Box:
    """A minus that begins a formula: a sign, not an operation."""
    wide, room = _glyphs(reader.take(), size), _room_around("\u2212") * size
    return Box(wide.width - 1.6 * room, wide.ascent, wide.descent, wide.at(-room, 0))


def _one(reader: _Reader, size: float) -> Box:
    piece = reader.take()
    if not piece:
        return Box(0, 0, 0)
    if piece == "{":
        return _row(reader, size, "}")
    if piece == "\\frac":
        return _fraction(_one(reader, size * 0.86), _one(reader, size * 0.86), size)
    if piece[1:] in ACCENTS and piece[0] == "\\":
        return _accented(_one(reader, size), ACCENTS[piece[1:]], size)
    return _glyphs(piece, size)


def _glyphs(piece: str, size: float) -> Box:
    name = piece[1:] if piece[0] == "\\" else ""
    text = SYMBOLS.get(name, name or piece)
    if text == "\u2211":
        return _sum(size)
    italic = (
        len(text) == 1 and text.isalpha() and text not in "\u03a3\u2211"
    ) and not name.isupper()
    face = formula_font(size, italic=italic)
    metrics = QFontMetricsF(face)
    width, pad = metrics.horizontalAdvance(text), _room_around(text) * size
    if italic:  # slanted letters lean over what follows
        width += max(0.0, -metrics.rightBearing(text[-1])) * 0.7
    tight = metrics.tightBoundingRect(text)
    ascent = max(-tight.top(), metrics.xHeight())
    return Box(width + 2 * pad, ascent, max(tight.bottom(), 0.0), (Glyphs(pad, 0.0, text, face),))


def _sum(size: float) -> Box:
    face = formula_font(size * 1.25, italic=False)
    tight = QFontMetricsF(face).tightBoundingRect("\u2211")
    drop, margin = 0.06 * size, 0.1 * size
    mark = Glyphs(margin - tight.left(), drop, "\u2211", face)
    return Box(margin + tight.width(), -tight.top(), tight.bottom() + drop, (mark,))


def _room_around(text: str) -> float:
    if text in RELATIONS:
        return 0.26
    if text in OPERATORS:
        return 0.2
    return 0.04 if text == "\u2016" else 0.06 if text == "|" else 0.0


def _scripted(reader: _Reader, base: Box, size: float) -> Box:
    scripts: dict[str, Box] = {}
    while reader.peek() in ("_", "^") and reader.peek() not in scripts:
        which = reader.take()
        scripts[which] = _one(reader, max(size * SMALLER, LEAST))
    if not scripts:
        return base
    low, high = scripts.get("_"), scripts.get("^")
    marks = list(base.marks)
    ascent, descent = base.ascent, base.descent
    x, width = base.width + 0.03 * size, 0.0
    if low is not None:
        drop = max(0.22 * size, base.descent * 0.7 if base.descent > 0.4 * size else 0.0)
        marks += low.at(x, drop)
        descent, width = max(descent, drop + low.descent), low.width
    if high is not None:
        lift = max(0.36 * size, base.ascent - 0.35 * size)
        marks += high.at(x, -lift)
        ascent, width = max(ascent, lift + high.ascent), max(width, high.width)
    return Box(x + width + 0.05 * size, ascent, descent, tuple(marks))


def _fraction(top: Box, bottom: Box, size: float) -> Box:
    width = max(top.width, bottom.width) + 0.2 * size
    axis, gap, line = -0.27 * size, 0.16 * size, max(1.0, size / 16)
    above, below = axis - gap - top.descent, axis + line + gap + bottom.ascent
    marks = (
        *top.at((width - top.width) / 2, above),
        Rule(0.03 * size, axis, width - 0.06 * size, line),
        *bottom.at((width - bottom.width) / 2, below),
    )
    return beside([Box(width, -above + top.ascent, below + bottom.descent, marks)], 0.08 * size)


def _accented(base: Box, accent: str, size: float) -> Box:
    face = formula_font(size * 0.8, italic=False)
    metrics = QFontMetricsF(face)
    tight = metrics.tightBoundingRect(accent)
    x = (base.width - tight.width()) / 2 - tight.left() + 0.06 * size
    lift = base.ascent + 0.08 * size + tight.bottom()
    mark = Glyphs(x, -lift, accent, face)
    return Box(base.width, lift - tight.top(), base.descent, (*base.marks, mark))


def beside(boxes: Iterable[Box], margin: float = 0.0) -> Box:
    """Boxes in a row on one baseline, with a margin at both ends."""
    marks: list[Glyphs | Rule] = []
    x, ascent, descent = margin, 0.0, 0.0
    for box in boxes:
        marks += box.at(x, 0.0)
        x += box.width
        ascent, descent = max(ascent, box.ascent), max(descent, box.descent)
    return Box(x + margin, ascent, descent, tuple(marks))
