"""All codes as pictures, the most used first: what z would draw with each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.export.things import Thing
from explorer.ui.themes import theme
from explorer.ui.widgets.exporting import listed
from explorer.ui.widgets.pictures.pixels import Bytes, fit_rect, qimage
from explorer.ui.widgets.pictures.tiles import lie_as_tiles

AnyIndex = QModelIndex | QPersistentModelIndex

SIDE, LINE, GAP = 40, 14, 3  # px: a picture about as large, its caption, around each
ROOM = (72, 48)  # px that a larger one is shrunk to


class CodesModel(QAbstractListModel):
    """Row -> code, in order of use."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.order: NDArray[np.int64] = np.zeros(0, np.int64)
        self.shares: NDArray[np.float64] = np.zeros(0)
        self.pictures: Sequence[Bytes] = ()

    def show(self, shares: NDArray[np.float64]) -> None:
        """shares: (K,) of use. The pictures of another book are dropped."""
        order = np.argsort(-shares, kind="stable")
        if len(shares) != len(self.pictures):
            self.pictures = ()
        if np.array_equal(order, self.order) and len(self.shares) == len(shares):
            self.shares = shares
            return
        self.beginResetModel()
        self.order, self.shares = order, shares
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """K."""
        return 0 if parent.isValid() else len(self.order)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the tooltip and for screen readers; the code's number under UserRole."""
        if not index.isValid():
            return None
        code = int(self.order[index.row()])
        if role == Qt.ItemDataRole.UserRole:
            return code
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"code {code}, {spoken(float(self.shares[code]))}"
        return None


class CodePalette(QListView):
    """``picked`` a code by mouse or keyboard."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.codes = CodesModel(self)
        self.smooth = False
        self._held: int | None = None
        self.setModel(self.codes)
        self.setItemDelegate(_CodeDelegate(self))
        self.setAccessibleName("Codes by use")
        self._set_up()
        self.clicked.connect(self._on_clicked)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.codes.modelReset.connect(self._on_codes_reset)
        self._arriving = False

    def _set_up(self) -> None:
        lie_as_tiles(self, step=SIDE // 2)
        self.setMinimumHeight(SIDE + LINE + 2 * GAP)

    def set_shares(self, shares: NDArray[np.float64]) -> None:
        """List so many codes, the most used first: (K,)."""
        self.codes.show(shares)
        self.viewport().update()

    def set_pictures(self, pictures: Sequence[Bytes]) -> None:
        """pictures: K of (H, W, C) uint8, in the order of the codes' numbers."""
        self.codes.pictures = pictures if len(pictures) == len(self.codes.order) else ()
        self._fit_columns()
        self.viewport().update()

    def thing(self) -> Thing | None:
        """The codes in sight, and the use of all; None where there are none."""
        rows = [(int(code), float(self.codes.shares[code])) for code in self.codes.order]
        return listed(self, "codes", "the use of codes", ("code", "share"), rows)

    @property
    def held(self) -> int | None:
        """The code that is ringed."""
        return self._held

    def set_held(self, code: int | None) -> None:
        """Ring the code that z holds, and bring it into sight."""
        if code != self._held:
            self._held = code
            self._bring()
            self.viewport().update()

    def row_of(self, code: int) -> int | None:
        """The row of a code."""
        rows = np.flatnonzero(self.codes.order == code)
        return int(rows[0]) if len(rows) else None

    def _bring(self) -> None:
        row = None if self._held is None else self.row_of(self._held)
        if row is not None:
            with QSignalBlocker(self.selectionModel()):
                self.setCurrentIndex(self.codes.index(row, 0))
            self.scrollTo(self.codes.index(row, 0))

    # -- mouse and keys ---------------------------------------------------------------------

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._pick(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes, and stands on the first code: that picks none."""
        self._arriving = True
        super().focusInEvent(event)
        self._arriving = False

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._pick(index)

    def _pick(self, index: QModelIndex) -> None:
        code = self.codes.data(index, Qt.ItemDataRole.UserRole)
        if code is not None and code != self._held and not self._arriving:
            self.picked.emit(code)

    # -- the grid ---------------------------------------------------------------------------

    @Slot()
    def _on_codes_reset(self) -> None:
        self._fit_columns()
        self._bring()

    def picture_size(self) -> tuple[int, int]:
        """(width, height) in px: a whole multiple of the pictures' own, about SIDE."""
        height, width = self.codes.pictures[0].shape[:2] if self.codes.pictures else (1, 1)
        factor = max(1, round(SIDE / max(width, height)))
        scale = factor if width * factor <= 2 * SIDE else min(ROOM[0] / width, ROOM[1] / height)
        return round(width * scale), round(height * scale)

    def _fit_columns(self) -> None:
        width, height = self.picture_size()
        room = self.viewport().width() - 1
        columns = max(1, room // (max(width, 36) + 2 * GAP))
        size = QSize(max(room // columns, 1), height + LINE + 2 * GAP)
        if size != self.gridSize():
            self.setGridSize(size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width."""
        self._fit_columns()
        super().resizeEvent(event)
        self._bring()


class _CodeDelegate(QStyledItemDelegate):
    """A picture, the share of use below, a ring around the held one."""

    def __init__(self, view: CodePalette) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """One code."""
        view, tokens = self._view, theme.tokens_of(self._view)
        code = int(view.codes.order[index.row()])
        cell = QRectF(option.rect)
        share = float(view.codes.shares[code])
        painter.save()
        at = self._paint_picture(painter, cell, code, faint=share == 0)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(QColor(tokens.text if code == view.held else tokens.quiet))
        line = QRectF(cell.left(), cell.bottom() - LINE - 1, cell.width(), LINE)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, f"{share:.1%}" if share else "\u2013")
        if code == view.held:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 3))
            painter.drawRoundedRect(at.adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3)
        painter.restore()

    def _paint_picture(self, painter: QPainter, cell: QRectF, code: int, *, faint: bool) -> QRectF:
        view = self._view
        width, height = view.picture_size()
        room = QRectF(0, 0, width, height)
        room.moveCenter(cell.center())
        room.moveTop(cell.top() + GAP)
        if not view.codes.pictures:
            return room
        image = qimage(view.codes.pictures[code])
        at = fit_rect(image, room, view.devicePixelRatioF())
        smooth = view.smooth or at.width() < image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.setOpacity(0.35 if faint else 1.0)
        painter.drawImage(at, image)
        painter.setOpacity(1.0)
        return at

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """The same for all."""
        return self._view.gridSize()


def spoken(share: float) -> str:
    """A share of use in words."""
    return f"{share:.1%} of the samples' codes" if share else "held by no sample"
