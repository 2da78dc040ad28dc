"""A sample and its two reconstructions, of equal size, with their errors below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

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

LINES = 2  # of a caption
INVITED = 40  # px of height without a sample
MSE = (
    "MSE: mean over all features of (x - x')\u00b2, x of pictures from 0 to 1, of signals and"
    " tables in standard deviations"
)


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
        self.shape: QSize | None = None  # of the pictures, in their own pixels
        self._paired = False
        self._captions = dict[PictureView, tuple[str, ...]]()
        self._empty = QLabel(self)
        self._empty.setProperty("role", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
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
            self._say(view)
            view.hide()
        self._empty.setText(invitation)
        self._empty.show()
        self.shape = None
        self.updateGeometry()

    def show_original(self, picture: Bytes, *caption: str) -> None:
        """The sample itself."""
        self._original.set_picture(picture)
        self._say(self._original, *caption)
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
        self._say(view, *(caption if picture is not None else ()))

    def _say(self, view: PictureView, *caption: str) -> None:
        """In two lines, or in one that is as wide as a picture of a pair."""
        self._captions[view] = caption
        joined = (", ".join(part for part in caption if part),) if self._paired and caption else ()
        view.set_caption(*(joined or caption))

    def set_paired(self, paired: bool) -> None:
        """Two and two in a narrow column; the first place is free for another picture."""
        if paired == self._paired:
            return
        self._paired = paired
        for view, caption in self._captions.items():
            view.set_lines(1 if paired else LINES)
            self._say(view, *caption)
        self._place()

    # -- its size ---------------------------------------------------------------------------

    def _heed_shape(self, picture: Bytes) -> None:
        shape = QSize(picture.shape[1], picture.shape[0])
        if shape != self.shape:
            self.shape = shape
            self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """Of a picture as large as its column allows, and its caption."""
        if self.shape is None:
            return INVITED
        side = column_width(width)
        caption = 4 + CAPTION_LINE * LINES
        return picture_height(self.shape, side, self.devicePixelRatioF()) + caption

    def sizeHint(self) -> QSize:
        """As wide as it must be."""
        width = least_width()
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns of one size."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self._empty.setGeometry(self.rect())
        w, h = self.width(), self.height()
        places = pairs(w, h, 2)[1:] if self._paired else columns(w, h)
        for view, place in zip(self._views(), places, strict=True):
            view.setGeometry(place)
