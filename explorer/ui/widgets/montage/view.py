"""Paints a montage: a headline with counts, what to do, and pictures of each class."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.compute.montage import Drawn
from explorer.ui.themes import theme
from explorer.ui.widgets.montage.layout import APART, LABEL, MontageLayout, laid_out
from explorer.ui.widgets.pictures.pixels import qimage

HEAD, LINE = 64, 22  # px of both lines above the pictures with their margin; of one line
MARGIN = 16
PART = " \u00b7 "  # between the parts of a headline
BETWEEN = 8  # px between the name of a class and its count


class MontageView(QWidget):
    """Covers what is below it, and lets the mouse through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("montage")
        self.setAccessibleName("What the network will see")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._classes: tuple[Drawn, ...] = ()
        self._more = 0
        self._words = ("", "")

    def set_words(self, said: str, hint: str) -> None:
        """Counts and shape, and what to do; both without their end."""
        self._words = (said, hint)
        self._describe()

    def show_classes(self, classes: tuple[Drawn, ...], more: int = 0) -> None:
        """Other pictures, or none. more: how many classes there are besides."""
        self._classes, self._more = classes, more
        self._describe()

    def _describe(self) -> None:
        counts = ", ".join(f"{drawn.name} {drawn.count:,}" for drawn in self._classes if drawn.name)
        said, hint = self._words
        self.setAccessibleDescription(". ".join(text for text in (said, counts, hint) if text))
        self.update()

    def layout_now(self) -> MontageLayout | None:
        """How the pictures lie in the room that there is."""
        if not self._classes:
            return None
        height, width = self._classes[0].pictures.shape[1:3]
        room, ratio = self._room(), self.devicePixelRatioF()
        return laid_out(room.width(), room.height(), (width, height), len(self._classes), ratio)

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(MARGIN, HEAD, -MARGIN, -MARGIN)

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two lines, then the blocks."""
        painter, tokens = QPainter(self), theme.tokens_of(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        layout = self.layout_now()
        self._paint_head(painter, 0 if layout is None else layout.blocks, tokens)
        if layout is not None:
            for i, drawn in enumerate(self._classes[: layout.blocks]):
                self._paint_block(painter, layout, i, drawn, tokens)
        painter.end()

    def _paint_head(self, painter: QPainter, shown: int, tokens: theme.Tokens) -> None:
        said, hint = self._words
        left = len(self._classes) - shown + self._more if shown else 0
        said += f" ({left:,} of them not drawn)" if left else ""
        wide = self.width() - 2 * MARGIN
        big = QFontMetrics(theme.font(theme.BIG)).horizontalAdvance(said) <= wide
        head = theme.font(theme.BIG if big else theme.TEXT)
        for i, (text, colour, font) in enumerate(
            ((said, tokens.text, head), (hint, tokens.quiet, theme.font()))
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            fitting = whole_parts(text, QFontMetrics(font), wide)
            room = QRectF(MARGIN, 8 + i * LINE, wide, LINE)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), fitting)

    def _paint_block(
        self, painter: QPainter, layout: MontageLayout, i: int, drawn: Drawn, tokens: theme.Tokens
    ) -> None:
        x, y = layout.block_at(i)
        room = self._room()
        left, top = room.left() + x, room.top() + y
        if drawn.name:
            self._paint_label(painter, QRectF(left, top, layout.block[0], LABEL), drawn, tokens)
        ratio = self.devicePixelRatioF()
        pixels = QSize(*(round(side * ratio) for side in layout.cell))
        for k, picture in enumerate(drawn.pictures[: layout.across * layout.down]):
            a, b = layout.cell_at(k)
            at = (round((left + a) * ratio) / ratio, round((top + b) * ratio) / ratio)
            painter.drawImage(QRectF(*at, *layout.cell), _shrunk(qimage(picture), pixels))

    def _paint_label(
        self, painter: QPainter, room: QRectF, drawn: Drawn, tokens: theme.Tokens
    ) -> None:
        font = theme.font(theme.SMALL)
        metrics = QFontMetrics(font)
        name, count = fitting_label(drawn, metrics, int(room.width()))
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        painter.drawText(room, flags, name)
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(
            room.adjusted(metrics.horizontalAdvance(name) + BETWEEN, 0, 0, 0), flags, count
        )

    def sizeHint(self) -> QSize:
        """Some lines of pictures."""
        return QSize(480, HEAD + 3 * (LABEL + APART + 56))


def whole_parts(text: str, metrics: QFontMetrics, wide: int) -> str:
    """As many of its parts from the first on as have room, none of them cut; the first may be."""
    parts = text.split(PART)
    while len(parts) > 1 and metrics.horizontalAdvance(PART.join(parts)) > wide:
        parts.pop()
    return _cut(PART.join(parts), metrics, wide)


def fitting_label(drawn: Drawn, metrics: QFontMetrics, wide: int) -> tuple[str, str]:
    """Name and count of a class; where both have no room, the name alone."""
    count = f"{drawn.count:,}"
    left = wide - metrics.horizontalAdvance(count) - BETWEEN
    if metrics.horizontalAdvance(drawn.name) <= left:
        return drawn.name, count
    return _cut(drawn.name, metrics, wide), ""


def _cut(text: str, metrics: QFontMetrics, wide: int) -> str:
    """Without its end, where it is too wide; Qt would also cut what has just the room."""
    fits = metrics.horizontalAdvance(text) <= wide
    return text if fits else metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)


def _shrunk(image: QImage, pixels: QSize) -> QImage:
    """Of all its pixels, so that no line is broken, where it is drawn smaller than it is."""
    if pixels.width() >= image.width():
        return image
    ratio, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(pixels.expandedTo(QSize(1, 1)), ratio, smooth)
