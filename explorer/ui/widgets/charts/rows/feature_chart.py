"""A row of a table: a line for each feature, with its name, its values and marks on an axis.

Several rows stand side by side: the sample beside its reconstructions. The values are those of the
file; the axis counts standard deviations from the mean, which all features have in common.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from explorer.data.dataset import Floats, Preparation
from explorer.data.features import Feature, features_of
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.rows.feature_layout import EDGE, LINE, SECOND, FeatureLayout
from explorer.ui.widgets.charts.rows.series import REACH, Series, paint_mark

HEAD, HEAD_LINE, FOOT = 36, 15, 18
GAP, MARGIN = 8, 4
LEAST_NAME, LEAST_TRACK = 96, 56
FAR = 5.0  # standard deviations from the mean that values are expected within
MOST_VALUE = 88  # px of a value, names of categories included
READ_ALOUD = 16  # features


class FeatureChart(QAbstractScrollArea):
    """Scrolls where features are many; the head with its names and the axis stay."""

    shows_focus = True
    middle = "mean"  # what the axis says at 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edge = EDGE
        self._features: tuple[Feature, ...] = ()
        self._series: tuple[Series, ...] = ()
        self._values: list[Floats] = []  # of each series: (D,) in the file's units
        self._made: Preparation | None = None
        self._font = theme.font(theme.SMALL)
        self._metrics = QFontMetrics(self._font)
        self._places = FeatureLayout(0, 0, 0, ())
        self._widest = self._longest = 0.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.verticalScrollBar().setSingleStep(LINE)
        self.setMinimumSize(96, HEAD + FOOT + 2 * LINE)
        self.viewport().setAutoFillBackground(False)

    def show_rows(self, made: Preparation, series: Sequence[Series]) -> None:
        """Rows of data of one preparation, side by side in this order."""
        if made is not self._made:
            self._made, self._features = made, features_of(made)
            self._widest = self._widest_value(made)
            self._longest = max((self._wide(f.title) for f in self._features), default=0.0)
        self._series = tuple(series)
        self._values = [made.original(one.row) for one in series]
        self.setAccessibleDescription("; ".join(self._lines(READ_ALOUD)))
        self._settle()

    def table(self) -> str:
        """Names and values, separated by tabs, as spreadsheets take them."""
        head = "\t".join(["", *(one.name for one in self._series)])
        lines = ["\t".join((f.title, *self._told(f))) for f in self._features]
        return "\n".join([head, *lines]) + "\n"

    def _told(self, feature: Feature) -> list[str]:
        """Its value in each series; said when it is needed, as of many features few are seen."""
        return [feature.told(values) for values in self._values]

    def _lines(self, most: int) -> list[str]:
        names = [one.name for one in self._series]
        return [
            f"{f.title}: "
            + ", ".join(f"{n} {v}" for n, v in zip(names, self._told(f), strict=True))
            for f in self._features[:most]
        ]

    # -- places -----------------------------------------------------------------------------

    def _settle(self) -> None:
        self._places = self._placed(self.viewport().width())
        room = self.viewport().height() - HEAD - FOOT
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._places.height * len(self._features) - room))
        bar.setPageStep(max(room, LINE))
        self.viewport().update()

    def _placed(self, width: int) -> FeatureLayout:
        """Names first, values last, and the axis in what is left between or beside the names."""
        columns, end = self._column_widths(width - 2 * MARGIN), width - MARGIN
        used = sum(columns) + GAP * len(columns)
        longest = self._longest + MARGIN
        ends, at = list[float](), end - used + GAP
        for column in columns:
            ends.append(at + column)
            at += column + GAP
        below = end - used < min(longest, LEAST_NAME) + GAP + LEAST_TRACK
        room = end if below else end - used
        name = min(longest, max(room - GAP - LEAST_TRACK, room / 2))
        left = name + GAP
        return FeatureLayout(
            name, left, max(room, left), tuple(ends), tuple(columns), below, self.edge
        )

    def _column_widths(self, width: int) -> list[float]:
        """As wide as any usual value, so that they stand still; of many as many as have room.

        The marks of all are drawn, and a tooltip says all values.
        """
        heads = [max(self._wide(s.name) + 3 * REACH, self._wide(s.note)) for s in self._series]
        count = min(len(heads), max(1, int((width + GAP) // (self._widest + GAP))))
        most = (width + GAP) / max(count, 1) - GAP
        return [min(max(head, self._widest), most) for head in heads[:count]]

    def _wide(self, text: str) -> float:
        return self._metrics.horizontalAdvance(text)

    def _feature_at(self, y: float) -> int | None:
        if not HEAD <= y < self.viewport().height() - FOOT:
            return None
        i = int(y - HEAD + self.verticalScrollBar().value()) // self._places.height
        return i if i < len(self._features) else None

    def _widest_value(self, made: Preparation) -> float:
        """px of the widest text of a value within some standard deviations of the mean."""
        centre = made.original(np.zeros(made.features, np.float32))
        spread = made.original(np.full(made.features, FAR, np.float32)) - centre
        widest = 0.0
        for feature in self._features:
            texts = [feature.told(centre + side * spread) for side in (-1, 1)]
            texts += [f"{name} 0.00" for name in feature.categories]
            widest = max([widest, *map(self._wide, texts)])
        return min(widest, MOST_VALUE)

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines that are seen, then what stays over them."""
        painter, tokens = QPainter(self.viewport()), theme.tokens_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        area = self.viewport().rect()
        painter.fillRect(area, QColor(tokens.surface))
        body = QRectF(0, HEAD, area.width(), area.height() - HEAD - FOOT)
        painter.save()
        painter.setClipRect(body)
        self._paint_body(painter, body, tokens)
        painter.restore()
        self._paint_head(painter, tokens)
        self._paint_foot(painter, body, tokens)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 3, 3)

    def _paint_body(self, painter: QPainter, body: QRectF, tokens: theme.Tokens) -> None:
        start, step = self.verticalScrollBar().value(), self._places.height
        first, seen = start // step, int(body.height()) // step + 2
        for i in range(first, min(len(self._features), first + seen)):
            self._paint_line(painter, i, HEAD + i * step - start, tokens)

    def _paint_line(self, painter: QPainter, i: int, top: float, tokens: theme.Tokens) -> None:
        feature, places = self._features[i], self._places
        title = self._elided(feature.title, places.name - MARGIN, Qt.TextElideMode.ElideMiddle)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(QRectF(MARGIN, top, places.name, LINE), int(middle), title)
        painter.setPen(QColor(tokens.text))
        line = QRectF(0, top + LINE - 2, 0, SECOND) if places.below else QRectF(0, top, 0, LINE)
        told = self._told(feature)
        for value, end, wide in zip(told, places.ends, places.columns, strict=False):
            text = self._elided(value, wide, Qt.TextElideMode.ElideRight)
            box = QRectF(end - wide - 2, line.top(), wide + 2, line.height())
            painter.drawText(box, int(middle | right), text)
        self._paint_track(painter, top, tokens)
        y = top + LINE / 2
        for one in reversed(self._series):
            place = feature.place(one.row)
            if not math.isnan(place):
                paint_mark(painter, one.role, places.x(place), y, tokens)

    def _paint_track(self, painter: QPainter, top: float, tokens: theme.Tokens) -> None:
        """A piece of the axis, with what is usual marked."""
        places, y = self._places, top + LINE / 2
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.drawLine(QPointF(places.left, y), QPointF(places.right, y))
        for place, _ in self._places.ticks(self.middle):
            colour = tokens.quiet if place == 0 else tokens.hairline
            painter.setPen(QPen(QColor(colour), 1))
            x, half = places.x(place), LINE / 2 if place == 0 else 4.0
            painter.drawLine(QPointF(x, y - half), QPointF(x, y + half))

    def _paint_head(self, painter: QPainter, tokens: theme.Tokens) -> None:
        """Above each column its mark, its name and its error."""
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        columns = zip(self._series, self._places.ends, self._places.columns, strict=False)
        for one, end, room in columns:
            name = self._elided(one.name, room - 3 * REACH, Qt.TextElideMode.ElideRight)
            paint_mark(painter, one.role, end - self._wide(name) - 2 * REACH, 10, tokens)
            painter.setPen(QColor(tokens.text))
            painter.drawText(QRectF(end - room, 2, room, HEAD_LINE), flags, name)
            painter.setPen(QColor(tokens.quiet))
            note = self._elided(one.note, room, Qt.TextElideMode.ElideRight)
            painter.drawText(QRectF(end - room, 2 + HEAD_LINE, room, HEAD_LINE), flags, note)
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.drawLine(QPointF(0, HEAD - 1), QPointF(self.viewport().width(), HEAD - 1))

    def _paint_foot(self, painter: QPainter, body: QRectF, tokens: theme.Tokens) -> None:
        """The axis, and that there is more to scroll to."""
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        y = body.bottom() + 0.5
        painter.drawLine(QPointF(0, y), QPointF(self.viewport().width(), y))
        painter.setPen(QColor(tokens.quiet))
        for place, text in self._places.ticks(self.middle):
            wide = self._wide(text) + 2
            at = QRectF(self._places.x(place) - wide / 2, body.bottom() + 1, wide, FOOT - 1)
            painter.drawText(at, int(Qt.AlignmentFlag.AlignCenter), text)

    def _elided(self, text: str, room: float, mode: Qt.TextElideMode) -> str:
        return self._metrics.elidedText(text, mode, int(room) + 2)

    # -- Qt's events ------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other places."""
        super().resizeEvent(event)
        self._settle()

    def viewportEvent(self, event: QEvent) -> bool:
        """A tooltip says what the letters had no room for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            i = self._feature_at(event.pos().y())
            QToolTip.showText(event.globalPos(), "" if i is None else self.words_of(i), self)
            return True
        return bool(super().viewportEvent(event))

    def words_of(self, i: int) -> str:
        """All about one feature."""
        feature = self._features[i]
        values = self._told(feature)
        unit = f" {feature.unit}" if feature.unit else ""
        usual = "one of " if feature.categories else "mean \u00b1 sd: "
        lines = [feature.title, f"{usual}{feature.usual}"]
        lines += [f"{one.name}: {v}{unit}" for one, v in zip(self._series, values, strict=True)]
        return "\n".join(lines)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def sizeHint(self) -> QSize:
        """All features, up to a dozen."""
        return QSize(240, HEAD + FOOT + LINE * min(12, max(2, len(self._features))))
