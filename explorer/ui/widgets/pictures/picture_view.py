"""A picture enlarged by whole factors, with a caption below."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from explorer.export.things import Thing, pictured
from explorer.ui.themes import theme
from explorer.ui.widgets.keyboard_focus import KeyboardFocus
from explorer.ui.widgets.pictures.pixels import Bytes, fit_rect, qimage

CAPTION_LINE = 15  # px from one line of a caption to the next
BREATH = 6  # px between a caption and the next one beside it


class PictureView(KeyboardFocus):
    """Paints one (H, W, C) uint8 picture; ``shown`` tells which one once it is on the screen.

    ``shown`` carries the token given with the picture, after its first paint: benchmarks measure
    from the pointer's event to it. ``menu_wanted``: at a place of the screen.
    """

    shown = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(
        self, parent: QWidget | None = None, *, least: int = 64, lines: int = 0, seen: int = 0
    ) -> None:
        """least: the smallest side of its room, in px. lines: of caption to leave room for.

        seen: px of the picture's larger side; a whole factor that leaves it smaller is given up.
        """
        super().__init__(parent)
        self._seen = seen
        self._picture: Bytes | None = None
        self._image: QImage | None = None
        self._token: object = None
        self._unpainted = False
        self._caption: tuple[str, ...] = ()
        self._shorter: tuple[str, ...] = ()
        self._empty_text = ""
        self._lines = lines
        self._smooth = False
        self._font = theme.font(theme.SMALL)
        self._metrics = QFontMetrics(self._font)
        self._place: tuple[float, ...] = ()  # the sizes that ``_rect`` is for
        self._rect = QRectF()
        self._apply_theme()
        self._least = least
        self.setMinimumSize(least, least + self._caption_height())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def image(self) -> Bytes | None:
        """The picture shown now, (H, W, C) uint8, or None before the first."""
        return self._picture

    def set_picture(self, picture: Bytes | None, token: object = None) -> None:
        """Show ``picture``: (H, W, 1 or 3) uint8, or nothing."""
        self._picture = picture
        self._image = None if picture is None else qimage(picture)
        self._token = token
        self._unpainted = True
        self.update()

    def set_caption(self, *lines: str, shorter: tuple[str, ...] = ()) -> None:
        """Text below the picture: the first line in the text colour, the others quiet.

        shorter: what the first line is where it does not fit, the longest first.
        """
        if (lines, shorter) != (self._caption, self._shorter):
            self._caption, self._shorter = lines, shorter
            self.setAccessibleDescription(", ".join(lines))
            self.update()

    def set_lines(self, lines: int) -> None:
        """How many lines of a caption to leave room for."""
        self._lines, self._place = lines, ()
        self.setMinimumSize(self._least, self._least + self._caption_height())
        self.update()

    def set_empty_text(self, text: str) -> None:
        """What to say while there is no picture."""
        if text != self._empty_text:
            self._empty_text = text
            self.update()

    @property
    def smooth(self) -> bool:
        """Whether the picture is smoothed when enlarged."""
        return self._smooth

    @smooth.setter
    def smooth(self, smooth: bool) -> None:
        if smooth != self._smooth:
            self._smooth = smooth
            self.update()

    def picture_rect(self) -> QRectF:
        """Where the picture stands, in the coordinates of this widget.

        Found anew when the picture or its room has another size only: a drag paints sixty a second.
        """
        image, ratio = self._image, self.devicePixelRatioF()
        sides = (0, 0) if image is None else (image.width(), image.height())
        place = (self.width(), self.height(), ratio, *sides)
        if place != self._place:
            self._place = place
            room = QRectF(self.rect()).adjusted(0, 0, 0, -self._caption_height())
            self._rect = room if image is None else fit_rect(image, room, ratio, least=self._seen)
        return self._rect

    def sizeHint(self) -> QSize:
        """As small as allowed; a layout gives it the space that is left."""
        return self.minimumSize()

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, picture, caption; then say what is on the screen."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), self.height(), self._ground)
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooths())
            painter.drawImage(self.picture_rect(), self._enlarged(self._image))
        elif self._empty_text:
            self._paint_empty(painter)
        self._paint_caption(painter)
        if self.by_keyboard:
            self._paint_ring(painter)
        painter.end()
        if self._unpainted:
            self._unpainted = False
            self.shown.emit(self._token)

    def _paint_ring(self, painter: QPainter) -> None:
        ring = self.picture_rect().adjusted(-3, -3, 3, 3) & QRectF(self.rect())
        painter.setPen(QPen(QColor(theme.tokens_of(self).accent), 2))
        painter.drawRoundedRect(ring.adjusted(1, 1, -1, -1), 3, 3)

    def _smooths(self) -> bool:
        assert self._image is not None
        factor = self._factor(self._image)
        return self._smooth or factor < 1.0 or factor != int(factor)

    def _factor(self, image: QImage) -> float:
        """Device pixels per pixel of the picture; whole, or nearly always so."""
        sides = self.picture_rect().width() / image.width(), self.picture_rect().height()
        return max(sides[0], sides[1] / image.height()) * self.devicePixelRatioF()

    def _enlarged(self, image: QImage) -> QImage:
        """By the next whole factor, where it is not one: then only the edges of pixels are soft."""
        factor = self._factor(image)
        if self._smooth or factor <= 1.0 or factor == int(factor):
            return image
        return image.scaled(image.size() * math.ceil(factor))

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setPen(self._quiet)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.picture_rect(), int(flags), self._empty_text)

    def _paint_caption(self, painter: QPainter) -> None:
        if not self._caption:
            return
        painter.setFont(self._font)
        top = round(self.picture_rect().bottom()) + 4
        for i, line in enumerate(self._fitting_caption()):
            painter.setPen(self._quiet if i else self._ink)
            text = self._metrics.elidedText(line, Qt.TextElideMode.ElideRight, self.width())
            middle = Qt.AlignmentFlag.AlignCenter
            painter.drawText(0, top + i * CAPTION_LINE, self.width(), CAPTION_LINE, middle, text)

    def _fitting_caption(self) -> tuple[str, ...]:
        """The lines, the first one as short as it must be to keep apart from its neighbours."""
        first, *others = self._caption
        said, room = (first, *self._shorter), self.width() - BREATH
        fits = (text for text in said if self._metrics.horizontalAdvance(text) <= room)
        return (next(fits, said[-1]), *others)

    def _caption_height(self) -> int:
        return 4 + CAPTION_LINE * self._lines if self._lines else 0

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_metrics"):
            self._apply_theme()
            self.update()

    def _apply_theme(self) -> None:
        tokens = theme.tokens_of(self)
        self._ground, self._ink = QColor(tokens.surface), QColor(tokens.text)
        self._quiet = QColor(tokens.quiet)

    # -- copying ----------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Somebody may have a menu for it."""
        self.menu_wanted.emit(event.globalPos())

    def is_empty(self) -> bool:
        """Whether there is no picture."""
        return self._image is None

    def copied(self) -> str:
        """What `copy` takes, with its size."""
        image = self._image
        return "image" if image is None else f"image, {image.width()} x {image.height()} pixels"

    @Slot()
    def copy(self) -> None:
        """Put the picture on the clipboard, pixel by pixel."""
        if self._image is not None:
            QGuiApplication.clipboard().setImage(self._image)

    @Slot()
    def copy_as_shown(self) -> None:
        """Put the picture on the clipboard, as large as it is on the screen."""
        if self._image is not None:
            size = (self.picture_rect().size() * self.devicePixelRatioF()).toSize()
            QGuiApplication.clipboard().setImage(self._image.scaled(size))

    def thing(self) -> Thing | None:
        """The picture as what can leave, pixel by pixel; None where there is none."""
        if self._picture is None:
            return None
        name = self.accessibleName() or "Picture"
        return pictured(name.lower().replace(" ", "-"), "the picture", self._picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)
