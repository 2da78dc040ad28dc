"""A sample and its two reconstructions, of equal size, with their errors below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QWidget

from explorer.ui import theme
from explorer.ui.widgets.pictures.picture_view import CAPTION_LINE, PictureView
from explorer.ui.widgets.pictures.pixels import Bytes

LEAST, MOST, LINES = 64, 168, 2  # px of a picture's side; lines of its caption
INVITATION = "Click a point to compare it\nwith its reconstructions"
MSE = "MSE: mean over all features of (x - x')\u00b2, with x in [0, 1]"


class ComparisonRow(QWidget):
    """original | model | PCA. Without a sample it says how to get one, at the same height."""

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
        self._lay_out()
        self.clear()

    def _view(self, object_name: str, name: str, tip: str) -> PictureView:
        view = PictureView(self, least=48, lines=LINES)
        view.setObjectName(object_name)
        view.setAccessibleName(name)
        view.setToolTip(tip)
        return view

    def _lay_out(self) -> None:
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._empty = QLabel(INVITATION, self)
        self._empty.setProperty("role", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._empty)
        row = QWidget(self)
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.GRID)
        for view in self._views():
            inside.addWidget(view, 1)
        self._stack.addWidget(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        caption = 4 + CAPTION_LINE * LINES
        self.setMinimumHeight(LEAST + caption)
        self.setMaximumHeight(MOST + caption)

    def _views(self) -> tuple[PictureView, PictureView, PictureView]:
        return self._original, self._model, self._linear

    def clear(self) -> None:
        """No sample."""
        for view in self._views():
            view.set_picture(None)
            view.set_caption()
        self._stack.setCurrentIndex(0)

    def show_original(self, picture: Bytes, *caption: str) -> None:
        """The sample itself."""
        self._original.set_picture(picture)
        self._original.set_caption(*caption)
        self._stack.setCurrentIndex(1)

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
