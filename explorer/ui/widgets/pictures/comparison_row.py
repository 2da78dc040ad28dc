"""A sample and its two reconstructions, of equal size, with their errors below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from explorer.ui.widgets.pictures.picture_view import CAPTION_LINE, PictureView
from explorer.ui.widgets.pictures.pixels import Bytes
from explorer.ui.widgets.pictures.side_by_side import (
    WELL_SEEN,
    column_width,
    columns,
    least_width,
    picture_height,
)

LINES = 2  # of a caption
INVITED = 40  # px of height without a sample
MSE = "MSE: mean over all features of (x - x')\u00b2, with x in [0, 1]"


class ComparisonRow(QWidget):
    """original | model | PCA, as large as a third of the width allows; or how to get a sample."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._original = self._view("originalView", "Original", "The sample as it is in the data")
        self._model = self._view(
            "reconstructionView", "Reconstruction",
            f"The model's reconstruction: the decoder at the posterior mean.\n{MSE}",
        )  # fmt: skip
        self._linear = self._view(
            "pcaReconstructionView", "PCA reconstruction",
            "x' = mean + Z V\u1d40, as many components as the model has latent dimensions.\n" + MSE,
        )  # fmt: skip
        self._shape: QSize | None = None  # of the pictures, in their own pixels
        self._empty = QLabel(self)
        self._empty.setProperty("role", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(least_width())
        self.clear()

    def _view(self, object_name: str, name: str, tip: str) -> PictureView:
        view = PictureView(self, least=48, lines=LINES, seen=WELL_SEEN)
        view.setObjectName(object_name)
        view.setAccessibleName(name)
        view.setToolTip(tip)
        return view

    def _views(self) -> tuple[PictureView, PictureView, PictureView]:
        return self._original, self._model, self._linear

    # -- what is shown ----------------------------------------------------------------------

    def clear(self, invitation: str = "") -> None:
        """No sample. invitation: how to get one."""
        for view in self._views():
            view.set_picture(None)
            view.set_caption()
            view.hide()
        self._empty.setText(invitation)
        self._empty.show()
        self._shape = None
        self.updateGeometry()

    def show_original(self, picture: Bytes, *caption: str) -> None:
        """The sample itself."""
        self._original.set_picture(picture)
        self._original.set_caption(*caption)
        self._empty.hide()
        for view in self._views():
            view.show()
        self._heed_shape(picture)

    def show_model(self, picture: Bytes | None, *caption: str) -> None:
        """What the model makes of it."""
        self._show(self._model, picture, "No model yet", caption)

    def show_linear(self, picture: Bytes | None, *caption: str) -> None:
        """What PCA makes of it."""
        self._show(self._linear, picture, "PCA is\nnot ready", caption)

    def _show(
        self, view: PictureView, picture: Bytes | None, empty: str, caption: tuple[str, ...]
    ) -> None:
        view.set_empty_text(empty)
        view.set_picture(picture)
        view.set_caption(*(caption if picture is not None else ()))

    # -- its size ---------------------------------------------------------------------------

    def _heed_shape(self, picture: Bytes) -> None:
        shape = QSize(picture.shape[1], picture.shape[0])
        if shape != self._shape:
            self._shape = shape
            self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """Of a picture as large as its column allows, and its caption."""
        if self._shape is None:
            return INVITED
        side = column_width(width)
        caption = 4 + CAPTION_LINE * LINES
        return picture_height(self._shape, side, self.devicePixelRatioF()) + caption

    def sizeHint(self) -> QSize:
        """As wide as it must be."""
        width = self.minimumWidth()
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three columns of one size."""
        super().resizeEvent(event)
        self._empty.setGeometry(self.rect())
        for view, place in zip(self._views(), columns(self.width(), self.height()), strict=True):
            view.setGeometry(place)
