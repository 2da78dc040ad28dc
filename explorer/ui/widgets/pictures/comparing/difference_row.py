"""What two reconstructions of a picture get wrong: each minus the original, on one scale."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.data.dataset import Floats
from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.comparing.diverging import diverging
from explorer.ui.widgets.pictures.comparing.scale_bar import ScaleBar
from explorer.ui.widgets.pictures.comparing.side_by_side import (
    WELL_SEEN,
    column_width,
    columns,
    least_width,
    pairs,
    picture_height,
)
from explorer.ui.widgets.pictures.picture_view import CAPTION_LINE, PictureView
from explorer.ui.widgets.pictures.pixels import Bytes

FOOT = 4 + CAPTION_LINE  # px of a caption
STEP = 0.1  # of the limit of the scale, so that it stands still from sample to sample


class DifferenceRow(QWidget):
    """Scale | model - original | PCA - original, below the pictures that they are of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = ScaleBar(self)
        self._model = self._view("modelDifference", "Model minus original")
        self._linear = self._view("pcaDifference", "PCA minus original")
        self._given: list[Floats | None] = [None, None]
        self._shape: QSize | None = None  # of the maps, in their own pixels
        self._name, self._paired = "", False
        self.limit = STEP
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _view(self, object_name: str, name: str) -> PictureView:
        view = PictureView(self, least=48, lines=1, seen=WELL_SEEN)
        view.setObjectName(object_name)
        view.setAccessibleName(name)
        view.setToolTip(f"{name}, on the scale at the left; its mean square is the MSE above")
        return view

    @property
    def views(self) -> tuple[PictureView, PictureView]:
        """The model's difference and that of PCA."""
        return self._model, self._linear

    def image(self) -> Bytes | None:
        """The differences shown, side by side, (H, W or 2 W, 3) uint8; None where there is none."""
        shown = [image for view in self.views if (image := view.image()) is not None]
        return np.concatenate(shown, axis=1) if shown else None

    def show_differences(self, model: Floats | None, linear: Floats | None, name: str) -> None:
        """(H, W, 1 or 3) each, in the units of the data, or None where there is no picture.

        name: what the model is called.
        """
        self._given, self._name = [model, linear], name
        self.limit = limit_of(self._given)
        self._say()
        self._paint_maps()
        self._heed_shape(next((one for one in self._given if one is not None), None))

    def _say(self) -> None:
        """What each map is; in a pair, which has no room for the scale, its ends as well."""
        ends = f" (\u00b1{self.limit:.1f})" if self._paired else ""
        for view, given, name in zip(self.views, self._given, (self._name, "PCA"), strict=True):
            said = () if given is None else (f"{name} \u2212 original{ends}",)
            view.set_caption(*said, shorter=(f"{name} \u2212 x{ends}", f"{name} \u2212 x"))

    def set_paired(self, paired: bool) -> None:
        """Two columns, without the scale, for a narrow room."""
        if paired != self._paired:
            self._paired = paired
            self._scale.setVisible(not paired)
            self._say()
            self._place()

    def _heed_shape(self, given: Floats | None) -> None:
        shape = self._shape if given is None else QSize(given.shape[1], given.shape[0])
        if shape != self._shape:
            self._shape = shape
            self.updateGeometry()

    def _paint_maps(self) -> None:
        tokens, channels = theme.tokens_of(self), 1
        for view, given in zip(self.views, self._given, strict=True):
            view.set_picture(None if given is None else diverging(given, self.limit, tokens))
            channels = channels if given is None else given.shape[2]
        self._scale.show_scale(self.limit, channels, "difference", FOOT)

    # -- its size ---------------------------------------------------------------------------

    def heightForWidth(self, width: int) -> int:
        """Of pictures as large as those above."""
        return picture_height(self._shape, column_width(width), self.devicePixelRatioF()) + FOOT

    def sizeHint(self) -> QSize:
        """As wide as it must be."""
        width = least_width()
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns of the pictures above."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        w, h = self.width(), self.height()
        places = [QRect(), *pairs(w, h, 1)] if self._paired else columns(w, h)
        for widget, place in zip((self._scale, *self.views), places, strict=True):
            widget.setGeometry(place)

    def changeEvent(self, event: QEvent) -> None:
        """0 is the ground of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_maps()


def limit_of(given: list[Floats | None]) -> float:
    """The largest size of any difference, rounded up to a tenth: one scale for all."""
    finite = [np.abs(one[np.isfinite(one)]) for one in given if one is not None]
    largest = max((float(sizes.max(initial=0.0)) for sizes in finite), default=0.0)
    return max(math.ceil(largest / STEP - 1e-6), 1) * STEP
