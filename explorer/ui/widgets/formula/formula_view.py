"""A loss as a sum of typeset terms, each with its live value below and a sentence as tooltip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.formula.typesetting import Box, fitting, sizes, typeset

FORMULA = 17.0  # px
LEAST_WIDTH = 120  # px that a line is given before Qt has given it any
TIMES = r"\cdot"  # joins a factor to the term before it
BRACE, VALUE, LINE_GAP = 7, 17, 10  # px below a term: the brace, its value; between lines


@dataclass(frozen=True)
class FormulaPart:
    """A term: its sign, formula, what its number is called, the number's key, and its tooltip."""

    sign: str
    formula: str
    reads: str
    tip: str


@dataclass(frozen=True)
class _Placed:
    part: FormulaPart
    sign: Box
    box: Box
    x: float  # of the formula's left end
    line: int


@dataclass(frozen=True)
class _Laid:
    """Terms in their places. lines: (ascent, descent) of each. width: of the widest."""

    head: Box
    placed: tuple[_Placed, ...]
    lines: tuple[tuple[float, float], ...]
    width: float


def _laid_out(parts: Sequence[FormulaPart], size: float, room: float) -> _Laid:
    """Terms after ``loss =``, on as many lines as the room asks for, set in one size."""
    head = typeset("loss =", size)
    indent = head.width + size * 0.35
    placed: list[_Placed] = []
    lines = [(head.ascent, head.descent)]
    x = right = indent
    for i, part in enumerate(parts):
        box, sign = typeset(part.formula, size), _sign(parts, i, size)
        if i and x + _stretch(parts, i, size) > room and part.sign != TIMES:
            x = indent * 0.55
            lines.append((0.0, 0.0))
        placed.append(_Placed(part, sign, box, x + sign.width, len(lines) - 1))
        x += _advance(parts, i, size)
        right = max(right, x)
        ascent, descent = lines[-1]
        lines[-1] = (max(ascent, box.ascent), max(descent, box.descent))
    return _Laid(head, tuple(placed), tuple(lines), right)


def _stretch(parts: Sequence[FormulaPart], i: int, size: float) -> float:
    """Width of a term with all the factors that follow it: they stay on one line."""
    width = 0.0
    for j, part in enumerate(parts[i:], i):
        if j > i and part.sign != TIMES:
            break
        width += _advance(parts, j, size)
    return width


def _advance(parts: Sequence[FormulaPart], i: int, size: float) -> float:
    """From a term's sign to the next one's; a value needs some room below the least letter."""
    return _sign(parts, i, size).width + max(typeset(parts[i].formula, size).width, size * 0.94)


def _sign(parts: Sequence[FormulaPart], i: int, size: float) -> Box:
    return typeset(parts[i].sign, size) if i else Box(0, 0, 0)


class FormulaView(QWidget):
    """``loss = term + term``, broken into lines where it does not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[FormulaPart, ...] = ()
        self._values: dict[str, str] = {}
        self._laid = _laid_out((), FORMULA, LEAST_WIDTH)
        self._pointed: int | None = None
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Loss")

    def show_parts(self, parts: Sequence[FormulaPart]) -> None:
        """The terms of a loss."""
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self._place()
            self.updateGeometry()
            self._describe()
            self.update()

    def show_values(self, values: Mapping[str, str]) -> None:
        """What stands below the terms, by what they read; "loss" stands below the left side."""
        if dict(values) != self._values:
            self._values = dict(values)
            self._place()
            self._describe()
            self.update()

    def value_of(self, reads: str) -> str:
        """What stands below the terms that read it."""
        return self._values.get(reads, "") if reads else ""

    def _describe(self) -> None:
        said = [f"loss {self.value_of('loss')}"]
        said += [f"{p.tip} {self.value_of(p.reads)}" for p in self._parts]
        self.setAccessibleDescription("; ".join(said))

    # -- where ------------------------------------------------------------------------------

    def _place(self) -> None:
        self._laid = self._fitting(self.width())
        height = self._height(self._laid)
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def _fitting(self, width: int) -> _Laid:
        """Broken into lines, and smaller where one term alone is wider than the panel."""
        room = max(width, LEAST_WIDTH)
        tried = (_laid_out(self._parts, size, room) for size in sizes(FORMULA))
        fits = (laid for laid in tried if laid.width <= room)
        return next(fits, _laid_out(self._parts, 1.0, room))

    @property
    def _under(self) -> int:
        """px below each line for the values; without any, none."""
        return BRACE + VALUE if self._values else 0

    def _height(self, laid: _Laid) -> int:
        text = sum(a + d + self._under for a, d in laid.lines)
        return round(text + LINE_GAP * (len(laid.lines) - 1) + 4)

    def _baseline(self, line: int) -> float:
        above = sum(a + d + self._under + LINE_GAP for a, d in self._laid.lines[:line])
        return above + self._laid.lines[line][0] + 2

    def rect_of(self, i: int) -> QRectF:
        """Where term ``i`` stands, its value included."""
        placed = self._laid.placed[i]
        ascent, descent = self._laid.lines[placed.line]
        top = self._baseline(placed.line) - ascent
        return QRectF(placed.x, top, placed.box.width, ascent + descent + self._under)

    def _part_at(self, at: QPointF) -> int | None:
        inside = (i for i in range(len(self._laid.placed)) if self.rect_of(i).contains(at))
        return next(inside, None)

    def hasHeightForWidth(self) -> bool:
        """A narrow one is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as it takes."""
        return self._height(self._fitting(width))

    def sizeHint(self) -> QSize:
        """All on two lines."""
        return QSize(320, self.heightForWidth(320))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._place()

    # -- mouse and keys ---------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """The tooltip explains the term under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            i = self._part_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if i is None else self._parts[i].tip, self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The term under the pointer stands out."""
        self._point(self._part_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """None does."""
        super().leaveEvent(event)
        self._point(None)

    def _point(self, i: int | None) -> None:
        if i != self._pointed:
            self._pointed = i
            self.update()

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Left side, terms, braces, values."""
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(tokens.surface))
        text = QColor(tokens.text)
        self._laid.head.paint(painter, 0, self._baseline(0), text)
        under = QRectF(0, self._brace_top(0), self._laid.head.width - 14, BRACE)
        self._paint_value(painter, under, self.value_of("loss"), tokens, brace=False)
        for i, placed in enumerate(self._laid.placed):
            y = self._baseline(placed.line)
            placed.sign.paint(painter, placed.x - placed.sign.width, y, text)
            colour = QColor(tokens.accent) if i == self._pointed else text
            placed.box.paint(painter, placed.x, y, colour)
            below = QRectF(placed.x, self._brace_top(placed.line), placed.box.width, BRACE)
            self._paint_value(painter, below, self.value_of(placed.part.reads), tokens)

    def _brace_top(self, line: int) -> float:
        return self._baseline(line) + self._laid.lines[line][1] + 2

    def _paint_value(
        self, painter: QPainter, at: QRectF, value: str, tokens: theme.Tokens, *, brace: bool = True
    ) -> None:
        if not value:
            return
        if brace and at.width() > 24:
            painter.setPen(QPen(QColor(tokens.quiet), 1))
            y = round(at.top()) + 2.5
            for a, b in (
                ((at.left() + 1, y - 3), (at.left() + 1, y)),
                ((at.left() + 1, y), (at.right() - 1, y)),
                ((at.right() - 1, y), (at.right() - 1, y - 3)),
            ):
                painter.drawLine(QPointF(*a), QPointF(*b))
        face = theme.font(theme.TEXT, bold=True)
        painter.setFont(face)
        painter.setPen(QColor(tokens.accent))
        wide = QFontMetricsF(face).horizontalAdvance(value)
        left = min(at.center().x() - wide / 2, self.width() - wide) if brace else 0.0
        where = QRectF(max(left, 0.0), at.top() + 4, wide + 1, VALUE)
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft, value)


class EquationView(QWidget):
    """One typeset line, shrunk where it would not fit."""

    def __init__(self, formula: str, parent: QWidget | None = None, size: float = 15.0) -> None:
        super().__init__(parent)
        self._formula, self._size = formula, size
        self._box = typeset(formula, size)
        self.setAccessibleName(formula)
        self.setFixedHeight(round(self._box.height) + 6)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Smaller letters on a narrow panel."""
        super().resizeEvent(event)
        self._box = fitting(self._formula, self.width(), self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The formula on its ground."""
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.surface))
        top = (self.height() - self._box.height) / 2
        self._box.paint(painter, 0, top + self._box.ascent, QColor(tokens.text))
