"""How evenly codes are used: a bar for each, the most used first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.export.things import Thing
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.painted import PaintedChart
from explorer.ui.widgets.exporting import listed

TOP = 15  # px above the tallest bar, for what the dashed line means


class UsageBars(PaintedChart):
    """Bars of the shares, the held code's in the accent, a dashed line at the even share 1 / K.

    ``picked`` a code by a click on its bar.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: NDArray[np.float64] = np.zeros(0)
        self._order: NDArray[np.int64] = np.zeros(0, np.int64)
        self._held: int | None = None
        self.setMinimumSize(120, 36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(72)
        self.setAccessibleName("Use of each code")

    def set_shares(self, shares: NDArray[np.float64]) -> None:
        """shares: (K,), of use; they sum to 1."""
        self._shares, self._order = shares, np.argsort(-shares, kind="stable")
        used = int((shares > 0).sum())
        self.setAccessibleDescription(f"{used} of {len(shares)} codes are held by samples")
        self.update()

    def set_held(self, code: int | None) -> None:
        """The code whose bar is in the accent."""
        if code != self._held:
            self._held = code
            self.update()

    def thing(self) -> Thing | None:
        """What is drawn, a row a code; None where there are none."""
        rows = list(enumerate(self._shares.tolist()))
        return listed(self, "codes", "the use of codes", ("code", "share"), rows)

    def sizeHint(self) -> QSize:
        """Low."""
        return QSize(200, 56)

    # -- where ------------------------------------------------------------------------------

    def bar(self, code: int) -> QRectF:
        """The bar of a code, in the coordinates of this widget; at least a pixel high if used."""
        rank = int(np.flatnonzero(self._order == code)[0])
        slot = self.width() / len(self._shares)
        room = self.height() - 1 - TOP
        share = float(self._shares[code])
        height = max(room * share / float(self._shares.max()), 1.0) if share else 0.0
        gap = 1.0 if slot >= 3 else 0.0
        return QRectF(rank * slot, self.height() - 1 - height, slot - gap, height)

    def code_at(self, x: float) -> int | None:
        """The code whose bar stands at ``x``."""
        if not len(self._shares) or not 0 <= x < self.width():
            return None
        return int(self._order[int(x / self.width() * len(self._shares))])

    # -- mouse and keys ---------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the code under the pointer."""
        code = self.code_at(event.position().x())
        if code is not None:
            self.picked.emit(code)

    def words_at(self, x: float) -> str:
        """The code whose bar stands there, and what all are."""
        code = self.code_at(x)
        said = "" if code is None else f"code {code}: {self._shares[code]:.2%}\n"
        return said + "Share p of each code among the samples; perplexity is exp(\u2212sum p log p)"

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground line, bars, the even share."""
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        base = self.height() - 1
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.drawLine(QLineF(0, base + 0.5, self.width(), base + 0.5))
        if not len(self._shares) or not self._shares.max():
            return
        for code in range(len(self._shares)):
            painter.fillRect(self.bar(code), QColor(tokens.quiet))
        self._paint_even(painter, tokens)
        if self._held is not None and self._held < len(self._shares):
            self._paint_held(painter, tokens)

    def _paint_held(self, painter: QPainter, tokens: theme.Tokens) -> None:
        """At least 3 px wide and high: of 128 bars one alone is hard to see."""
        assert self._held is not None
        bar = self.bar(self._held)
        bar.adjust(min(0.0, bar.width() - 3) / 2, min(0.0, bar.height() - 3), 0, 0)
        bar.setWidth(max(bar.width(), 3.0))
        painter.fillRect(bar, QColor(tokens.accent))

    def _paint_even(self, painter: QPainter, tokens: theme.Tokens) -> None:
        even = 1.0 / len(self._shares)
        base, room = self.height() - 1, self.height() - 1 - TOP
        y = base - room * even / float(self._shares.max())
        painter.setPen(QPen(QColor(tokens.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(0, y, self.width(), y))
        painter.setFont(theme.font(theme.SMALL))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        box = QRectF(0, y - TOP, self.width(), TOP)
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(box, int(right), f"even share {even:.1%}")
