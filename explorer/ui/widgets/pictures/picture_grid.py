"""Pictures of equal size in rows that fill the width; one can be picked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.export.things import Thing, pictured
from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.pixels import Bytes, fit_rect, qimage

SIDE, GAP = 52, 2  # px a picture should be about as large as, and around each
CAPTION = 15  # px of a word below each
FREE = 8  # px more between drawings, which have no edges of their own
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class PictureGrid(QWidget):
    """``picked``: the number of a picture, by mouse or keyboard.

    ``chosen``: the same by a double click or Enter.
    """

    picked = Signal(int)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: Bytes | None = None
        self._images: list[QImage] = []
        self._captions: tuple[str, ...] = ()
        self._current: int | None = None
        self._empty = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_pictures(self, pictures: Bytes | None, captions: Sequence[str] = ()) -> None:
        """(n, H, W, C) uint8, or none; captions: a word below each, or none at all."""
        self._pictures, self._current = pictures, None
        self._captions = tuple(captions)
        self.setAccessibleDescription(", ".join(self._captions))
        self._images = [] if pictures is None else [qimage(p) for p in pictures]
        self.updateGeometry()
        self.update()

    def pictures(self) -> Bytes | None:
        """What is shown: (n, H, W, C) uint8, or None."""
        return self._pictures

    def set_empty_text(self, text: str) -> None:
        """What to say while there are no pictures."""
        self._empty = text
        self.update()

    def sheet(self, columns: int = 10) -> Bytes | None:
        """All pictures as one, white between them: (H', W', C) uint8."""
        if self._pictures is None or not len(self._pictures):
            return None
        n, height, width, channels = self._pictures.shape
        rows = -(-n // columns)
        sheet = np.full(
            (rows * (height + 2) + 2, columns * (width + 2) + 2, channels), 255, np.uint8
        )
        for i, picture in enumerate(self._pictures):
            y, x = 2 + i // columns * (height + 2), 2 + i % columns * (width + 2)
            sheet[y : y + height, x : x + width] = picture
        return sheet

    def thing(self) -> Thing | None:
        """All pictures as one, pixel by pixel; None where there are none."""
        sheet = self.sheet()
        return None if sheet is None else pictured("pictures", "the pictures", sheet)

    # -- where ------------------------------------------------------------------------------

    def _picture_width(self) -> int:
        """px: a whole multiple of a picture's own width, about SIDE; wide ones up to twice."""
        image = self._images[0]
        factor = max(1, round(SIDE / max(image.width(), image.height())))
        return min(image.width() * factor, 2 * SIDE)

    def _columns(self, width: int) -> int:
        if not self._images:
            return 1
        fit = width / (self._picture_width() + 2 * GAP)
        return max(1, round(fit) if self._shrinks() else int(fit))

    def _shrinks(self) -> bool:
        """Wide drawings may be made narrower, so that no empty half column stays beside them."""
        return self._images[0].width() > SIDE

    def _drawn_width(self, width: int) -> float:
        """px of a picture in a grid of this width."""
        wanted = float(self._picture_width())
        if not self._shrinks():
            return wanted
        return min(wanted, width / self._columns(width) - 2 * GAP - FREE / 2)

    def cell(self, i: int) -> QRectF:
        """Where picture ``i`` stands, its margin included."""
        columns = self._columns(self.width())
        side = self.width() / columns
        height = self._cell_height(self.width())
        return QRectF(i % columns * side, i // columns * height, side, height)

    def _cell_height(self, width: int) -> float:
        image = self._images[0]
        free = FREE if self._shrinks() else 0
        height = self._drawn_width(width) * image.height() / max(image.width(), 1)
        return height + 2 * GAP + free + self._caption_height()

    def _caption_height(self) -> int:
        return CAPTION if self._captions else 0

    def hasHeightForWidth(self) -> bool:
        """Narrow is high."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All rows."""
        if not self._images:
            return 120
        columns = self._columns(width)
        rows = -(-len(self._images) // columns)
        return round(rows * self._cell_height(width))

    def sizeHint(self) -> QSize:
        """As high as it must be."""
        return QSize(180, self.heightForWidth(max(self.width(), 180)))

    def minimumSizeHint(self) -> QSize:
        """Narrow; a scroll area gives the height."""
        return QSize(100, self.heightForWidth(max(self.width(), 100)))

    # -- mouse and keys ---------------------------------------------------------------------

    def _at(self, at: QPoint) -> int | None:
        cells = (i for i in range(len(self._images)) if self.cell(i).contains(at))
        return next(cells, None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the one under the pointer."""
        i = self._at(event.position().toPoint())
        if i is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pick(i)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose the one under the pointer."""
        i = self._at(event.position().toPoint())
        if i is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(i)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys pick the one beside, Enter chooses it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.chosen.emit(self._current)
            return
        columns = self._columns(self.width())
        steps = {**STEPS, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._images:
            super().keyPressEvent(event)
            return
        at = (0 if self._current is None else self._current + step) if self._images else 0
        if 0 <= at < len(self._images):
            self._pick(at)

    def _pick(self, i: int) -> None:
        self._current = i
        self.update()
        self.picked.emit(i)

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pictures that are in sight; a ring around the one that was picked."""
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.surface))
        if not self._images:
            painter.setPen(QColor(tokens.quiet))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect(), flags, self._empty)
            return
        for i, image in enumerate(self._images):
            cell = self.cell(i)
            if not cell.intersects(QRectF(event.rect())):
                continue
            gap = GAP + (FREE / 2 if self._shrinks() else 0)
            room = cell.adjusted(GAP, gap, -GAP, -gap - self._caption_height())
            at = fit_rect(image, room, self.devicePixelRatioF(), whole=not self._shrinks())
            smooth = self._shrinks() or at.width() < image.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(at, image)
            if self._captions:
                self._paint_caption(painter, cell, self._captions[i])
            if i == self._current:
                painter.setPen(QPen(QColor(tokens.accent), 3))
                painter.drawRoundedRect(at.adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3)

    def _paint_caption(self, painter: QPainter, cell: QRectF, text: str) -> None:
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(QColor(theme.tokens_of(self).quiet))
        below = QRectF(cell.left(), cell.bottom() - CAPTION, cell.width(), CAPTION)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)
