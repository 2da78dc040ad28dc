"""Where the parts of the Probe stand: follows from the room and from what is shown, nothing else.

The parts are the decoded picture, which leads; its sliders; and of a chosen sample three pictures
and what two of them get wrong. The first arrangement that fits is taken:

* stacked: all below one another, the pictures over the whole width;
* beside: the sliders stand beside the leading picture;
* aside: the leading picture stands in one row with the sample's, which are as large as the
  height allows;
* paired: in a narrow column two and two, with the leading picture in the place of a fourth; where
  it is low as well, aside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize

from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.comparing.side_by_side import (
    GAP,
    WELL_SEEN,
    column_width,
    least_width,
    picture_height,
)
from explorer.ui.widgets.pictures.picture_view import CAPTION_LINE

ONE, TWO = 4 + CAPTION_LINE, 4 + 2 * CAPTION_LINE  # px of captions
LEADS = 140  # px of the leading picture's side, which stands over smaller ones
LEAST_ASIDE = 64  # px of a picture that stands aside
LEAST_WRONG = 84  # px of a map in a narrow column before what follows is scrolled to
INVITED = 40  # px of the words that say how to get a sample


@dataclass(frozen=True)
class Parts:
    """What there is to place. picture: its size in its own pixels. ratio: device px to one px.

    sliders: px of height of all rows that may be seen; few: of those that always are. tray: px of
    the line about an own picture, 0 without one.
    """

    picture: QSize | None
    ratio: float
    sliders: int
    few: int
    tray: int = 0


@dataclass(frozen=True)
class Places:
    """Where each part stands, and px of height that all of it takes at the least."""

    lead: QRect
    sliders: QRect
    tray: QRect
    sample: QRect
    wrong: QRect
    height: int
    paired: bool = False


Arrange = Callable[[QRect, Parts], Places]


def places(room: QSize, parts: Parts) -> Places:
    """The first arrangement that fits into ``room``; else the one that takes the least height."""
    inner = QRect(QPoint(), room).adjusted(theme.GRID, theme.GRID, -theme.GRID, -theme.GRID)
    if inner.width() < least_width():
        low = inner.height() < 2 * WELL_SEEN + LEAST_WRONG + 3 * ONE + 2 * GAP
        return _aside(inner, parts) if low else _paired(inner, parts)
    ways: tuple[Arrange, ...] = (_stacked, _beside, _aside)
    found = [arrange(inner, parts) for arrange in ways]
    return next((one for one in found if one.height <= room.height()), found[-1])


def alone(room: QSize, parts: Parts, below: int = INVITED) -> Places:
    """Without a sample the leading picture has what the sliders and ``below`` px leave."""
    inner = QRect(QPoint(), room).adjusted(theme.GRID, theme.GRID, -theme.GRID, -theme.GRID)
    tray, few = _with_gap(parts.tray), parts.few
    least = LEADS + ONE + GAP + few + tray + _with_gap(below) + 2 * theme.GRID
    spare = max(room.height() - least, 0)
    sliders = min(parts.sliders, few + spare)
    lead = LEADS + ONE + spare - (sliders - few)
    x, y, w = inner.left(), inner.top(), inner.width()
    heights = (lead, sliders, parts.tray, below)
    one, two, three, four = _column(QPoint(x, y), w, heights)
    return Places(one, two, three, four, four, least)


def _stacked(inner: QRect, parts: Parts) -> Places:
    w, side = inner.width(), _side(inner.width(), parts)
    below = [parts.sliders, parts.tray, side + TWO, side + ONE]
    taken = sum(map(_with_gap, below)) + 2 * theme.GRID
    height = LEADS + ONE + taken
    lead = max(inner.height() + 2 * theme.GRID, height) - taken
    first, sliders, tray, sample, wrong = _column(inner.topLeft(), w, (lead, *below))
    return Places(first, sliders, tray, sample, wrong, height)


def _beside(inner: QRect, parts: Parts) -> Places:
    """The sliders, and the tray, in the right half."""
    w, side = inner.width(), _side(inner.width(), parts)
    least = max(LEADS + ONE, parts.few + _with_gap(parts.tray))
    taken = 2 * side + TWO + ONE + 2 * GAP + 2 * theme.GRID
    top = max(inner.height() + 2 * theme.GRID - taken, least)
    first, sample, wrong = _column(inner.topLeft(), w, (top, side + TWO, side + ONE))
    lead = QRect(first.left(), first.top(), max(LEADS, (w - GAP) * 4 // 9), top)
    right = first.adjusted(lead.width() + GAP, 0, 0, 0)
    rows = min(parts.sliders, top - _with_gap(parts.tray))
    down = max((top - ONE - rows - _with_gap(parts.tray)) // 2, 0)
    at = right.topLeft() + QPoint(0, down)
    sliders, tray = _column(at, right.width(), (rows, parts.tray))
    return Places(lead, sliders, tray, sample, wrong, least + taken)


def _aside(inner: QRect, parts: Parts) -> Places:
    """Pictures of one size, the leading one at the left; sliders below all of them."""
    w, tray = inner.width(), _with_gap(parts.tray)
    taken = TWO + ONE + 2 * GAP + parts.few + tray
    side = max((inner.height() - taken) // 2, LEAST_ASIDE)
    side = min(side, (w - 3 * GAP) // 4)
    three, high = 3 * side + 2 * GAP, 2 * side + TWO + ONE + GAP
    lead = QRect(inner.left(), inner.top(), w - three - GAP, side + ONE)  # in one row with those
    left = inner.right() + 1 - three
    sample, wrong = _column(QPoint(left, inner.top()), three, (side + TWO, side + ONE))
    rows = min(parts.sliders, max(inner.height() - high - GAP - tray, parts.few))
    at = QPoint(inner.left(), inner.top() + high + GAP)
    sliders, line = _column(at, w, (rows, parts.tray))
    least = 2 * LEAST_ASIDE + taken + 2 * theme.GRID
    return Places(lead, sliders, line, sample, wrong, least)


def _paired(inner: QRect, parts: Parts) -> Places:
    """Where not all of it fits, the sliders are below what is seen first."""
    w, tray = inner.width(), _with_gap(parts.tray)
    column = (w - GAP) // 2
    words, ends = 3 * ONE + 2 * GAP + tray, 2 * theme.GRID
    each = (inner.height() - words - GAP - parts.few) // 3
    side = min(max(each, WELL_SEEN), column)
    wrong = side
    if each < WELL_SEEN:
        left = inner.height() - words - 2 * side
        wrong = min(max(left, LEAST_WRONG), side)
    rows = max(inner.height() - words - 2 * side - wrong - GAP, parts.few)
    heights = (2 * (side + ONE) + GAP, wrong + ONE, parts.tray, min(rows, parts.sliders))
    sample, maps, line, sliders = _column(inner.topLeft(), w, heights)
    lead = QRect(inner.left(), inner.top(), column, side + ONE)
    least = 2 * side + wrong + words + GAP + parts.few + ends
    return Places(lead, sliders, line, sample, maps, least, paired=True)


def _side(width: int, parts: Parts) -> int:
    """px of height of a picture in one of three columns."""
    return picture_height(parts.picture, column_width(width), parts.ratio)


def _with_gap(height: int) -> int:
    """What is not there has no distance to what is above it."""
    return height + GAP if height else 0


def _column(at: QPoint, width: int, heights: tuple[int, ...]) -> list[QRect]:
    """One below the other from a point on; those of no height are left out."""
    found, y = list[QRect](), at.y()
    for height in heights:
        found.append(QRect(at.x(), y, width, height))
        y += _with_gap(height)
    return found
