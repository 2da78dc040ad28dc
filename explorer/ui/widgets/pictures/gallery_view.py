"""Thumbnails in rows that fill the width, painted from the bytes as they come into sight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.pixels import fit_rect, qimage
from explorer.ui.widgets.pictures.samples_model import SamplesModel
from explorer.ui.widgets.pictures.tiles import lie_as_tiles

SIDE, GAP = 52, 2  # px a thumbnail should be about as large as, and around each
RING = 3  # px that a ring reaches beyond its picture
FREE = 8  # px more between drawings, which have no edges of their own


class GalleryView(QListView):
    """``picked`` a sample by mouse or keyboard; ``chosen`` by a double click or Enter.

    ``hovered`` one, or None.
    """

    picked = Signal(int)
    chosen = Signal(int)
    hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.samples = SamplesModel(self)
        self.smooth = False
        self.marked: NDArray[np.int64] = np.zeros(0, np.int64)
        self.ringed: int | None = None
        self._arriving = False
        self.setModel(self.samples)
        self.setItemDelegate(ThumbnailDelegate(self))
        self._set_up()
        self.entered.connect(self._on_entered)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.samples.modelReset.connect(self._fit_columns)
        self.samples.modelReset.connect(self.scrollToTop)  # where one was, other samples are now

    def _set_up(self) -> None:
        lie_as_tiles(self, step=SIDE // 2)
        self.setMouseTracking(True)

    def show_marked(self, samples: NDArray[np.int64]) -> None:
        """Ring the selected samples, and bring the first into sight."""
        self.marked = np.sort(samples)
        if len(samples):
            self.bring(int(samples[0]))
        self.viewport().update()

    def bring(self, sample: int) -> None:
        """Scroll to a sample, and make it the one that the keyboard moves from."""
        row = self.samples.row_of(sample)
        if row is not None:
            index = self.samples.index(row, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def show_ringed(self, sample: int | None) -> None:
        """Ring the hovered sample if it is in sight; nothing scrolls."""
        before, self.ringed = self.ringed, sample
        for one in (before, sample):
            row = None if one is None else self.samples.row_of(one)
            if row is not None:
                self.viewport().update(self._ring_room(self.samples.index(row, 0)))

    def _ring_room(self, index: QModelIndex) -> QRect:
        """Where a ring is painted: it lies around the picture, and so over the edge of its cell."""
        return self.visualRect(index).adjusted(-RING, -RING, RING, RING)

    def is_marked(self, sample: int) -> bool:
        """Whether a sample is selected."""
        at = int(np.searchsorted(self.marked, sample))
        return at < len(self.marked) and self.marked[at] == sample

    # -- mouse and keys ---------------------------------------------------------------------

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        self.hovered.emit(self.samples.sample_at(index.row()))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.picked.emit(self.samples.sample_at(index.row()))

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self.samples.sample_at(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the one under the keyboard."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.chosen.emit(self.samples.sample_at(index.row()))
            event.accept()
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if (
            index.isValid()
            and not self._arriving
            and not self.is_marked(self.samples.sample_at(index.row()))
        ):
            self.picked.emit(self.samples.sample_at(index.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes, and stands on the first sample: that picks none."""
        self._arriving = True
        super().focusInEvent(event)
        self._arriving = False

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under a pointer that has left."""
        super().leaveEvent(event)
        self.hovered.emit(None)

    # -- the grid ---------------------------------------------------------------------------

    def thumbnail_size(self) -> tuple[int, int]:
        """(width, height) of the pictures: a whole multiple of theirs, about SIDE.

        Wide drawings may be made narrower, so that no empty half column stays beside them.
        """
        width, height = self.samples.picture_size()
        factor = max(1, round(SIDE / max(width, height)))
        scale = factor if width * factor <= 2 * SIDE else SIDE / max(width, height)
        if self.shrinks():
            room = self.viewport().width() - 1
            columns = max(1, round(room / (width * scale + 2 * GAP)))
            scale = min(scale, (room // columns - 2 * GAP - FREE / 2) / width)
        return max(1, round(width * scale)), max(1, round(height * scale))

    def shrinks(self) -> bool:
        """Whether pictures are so wide, as drawings are, that they are made to fill columns."""
        width = self.samples.picture_size()[0]
        return SIDE < width <= 2 * SIDE

    @Slot()
    def _fit_columns(self) -> None:
        width, height = self.thumbnail_size()
        room = self.viewport().width() - 1
        columns = max(1, room // (width + 2 * GAP))
        free = FREE if self.shrinks() else 0
        size = QSize(max(room // columns, 1), height + 2 * GAP + free)
        if size != self.gridSize():
            self.setGridSize(size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width."""
        self._fit_columns()
        super().resizeEvent(event)


class ThumbnailDelegate(QStyledItemDelegate):
    """Paints one thumbnail; nothing is kept."""

    def __init__(self, view: GalleryView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The picture; a ring where it is selected, hovered or under the keyboard."""
        view = self._view
        picture = view.samples.picture(index.row())
        if picture is None:
            return
        image, tokens = qimage(picture), theme.tokens_of(view)
        room, drawing = self._room(QRectF(option.rect)), view.shrinks()
        at = fit_rect(image, room, view.devicePixelRatioF(), whole=not drawing)
        painter.save()
        smooth = view.smooth or drawing or at.width() < image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(at, image)
        sample = view.samples.sample_at(index.row())
        if view.is_marked(sample):
            self._ring(painter, at, QColor(tokens.accent), 3)
        elif sample == view.ringed:
            self._ring(painter, at, QColor(tokens.quiet), 2)
        painter.restore()

    def _room(self, cell: QRectF) -> QRectF:
        width, height = self._view.thumbnail_size()
        room = QRectF(0, 0, width, height)
        room.moveCenter(cell.center())
        return room

    def _ring(self, painter: QPainter, at: QRectF, colour: QColor, width: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, width))
        painter.drawRoundedRect(at.adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The same for all."""
        return self._view.gridSize()
