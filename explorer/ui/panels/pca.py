"""Panel: the same data as PCA sees it, linked both ways with the latent plane."""

from __future__ import annotations

from textwrap import fill
from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from explorer.app.parts.naming import kind_name
from explorer.app.planes import planes
from explorer.app.session import Session
from explorer.app.state import State
from explorer.app.words.spelling import placed_linearly
from explorer.compute.decoding.linear import LinearDecoded
from explorer.data.kinds import kind_of
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.plane.axis_boxes import AxisBoxes
from explorer.ui.plane.view import PlaneView
from explorer.ui.themes import theme
from explorer.ui.widgets.fitting_label import FittingLabel
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.widgets.throttle import FOLLOW_MS, Throttle

NARROW = 320  # px of width below which the boxes stand one below the other in a low panel
LOW = 264  # px of height below which the boxes stand beside the plane, which has all the height
DECODED = "mean + Z V\u1d40 at the cursor, the other scores held at 0"


@panels.register("pca")
class PcaPanel(Panel):
    """A view of the PCA plane, and the picture at its cursor where no other panel shows it."""

    title = "PCA"
    places: ClassVar = {"explore": Place("right", 20, 0.3), "compare": Place("beside", 10)}
    least = (256, 176)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._follow_throttle = Throttle(FOLLOW_MS, self)
        self._plane = PlaneView("pca", state, session, self)
        self._plane.setObjectName("pcaPlane")
        self._plane.setMinimumSize(160, 108)  # beside it stands a picture, above it the probe
        self._plane.setToolTip(self._plane.kind.tip)
        self._decoded = PictureView(self, least=64, lines=1)
        self._decoded.setObjectName("pcaDecodedView")
        self._decoded.setAccessibleName("PCA picture")
        self._axes = AxisBoxes("pca", "Component", state, self)
        self._share = FittingLabel(self)
        self._share.setProperty("role", "quiet")
        self._share.setToolTip("Share of the total variance along the two components")
        self._empty = self._empty_label()
        self._lay_out()
        self._watch()

    # -- building ---------------------------------------------------------------------------

    def _empty_label(self) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", "quiet")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return label

    def _lay_out(self) -> None:
        self._head = QWidget(self)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._axes)
        head.addStretch()
        head.addWidget(self._share)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        self._grid.setSpacing(theme.GRID)
        self._grid.setRowStretch(1, 1)
        self._arrange(low=False, narrow=False)

    def _arrange(self, *, low: bool, narrow: bool) -> None:
        """The axes over the plane and its picture; where it is low, over the picture alone.

        Where it is narrow as well, one below the other, and the picture has no caption: the plane
        says where it lies.
        """
        self._low, self._narrow, grid = low, narrow, self._grid
        self._axes.set_upright(low and narrow)
        self._decoded.set_lines(0 if low and narrow else 1)
        self._say_place()
        grid.addWidget(self._plane, 0 if low else 1, 0, 2 if low else 1, 1)
        grid.addWidget(self._empty, 1, 0, 1, 1, Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self._decoded, 1, 1)
        grid.addWidget(self._head, 0, 1 if low else 0, 1, 1 if low else 2)
        self._share.setVisible(not low)
        self._heed_place()

    def _heed_place(self) -> None:
        """Where the two planes stand side by side, a panel below them has both pictures."""
        place = self.places.get(self.state.now.workspace)
        twin = place is not None and place.area == "beside"
        self._decoded.setVisible(not twin)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 0 if twin else 2)

    def _watch(self) -> None:
        state = self.state
        state.watch("pca planes.pca.axes", self._show_shares)
        state.watch("pca dataset", self._show_empty)
        state.watch("pca_decoded dataset planes.pca.axes", self._show_decoded)
        state.watch("smooth", self._show_smooth)
        state.watch("workspace", self._heed_place)

    def minimumSizeHint(self) -> QSize:
        """Without what a low or narrow place leaves out."""
        return QSize(*self.least)

    # -- showing ----------------------------------------------------------------------------

    def _show_shares(self) -> None:
        pca, axes = self.state.now.pca, self.state.now.plane("pca").axes
        share = "" if pca is None else f"{pca.share(axes):.1%}"
        self._share.set_texts(share and f"{share} of the variance", share)

    def _show_empty(self) -> None:
        self._empty.setText(fill(planes["pca"].absence(self.state.now), 24))

    def _show_decoded(self) -> None:
        """While training, half the frames are enough for what only follows another plane."""
        now = self.state.now
        if now.training == "running" and kind_name(now.moved) != "pca":
            self._follow_throttle.run(self._draw_decoded)
        else:
            self._follow_throttle.drop()
            self._draw_decoded()

    def _draw_decoded(self) -> None:
        decoded = self.state.now.pca_decoded
        self._decoded.set_picture(None if decoded is None else decoded.image, decoded)
        tip = f"{DECODED}{self._values(decoded)}"
        if tip != self._decoded.toolTip():  # Qt tells all that listen of it, changed or not
            self._decoded.setToolTip(tip)
        self._say_place()

    def _say_place(self) -> None:
        decoded = self.state.now.pca_decoded
        if decoded is None or (self._low and self._narrow):
            self._decoded.set_caption()
        else:
            self._decoded.set_caption(placed_linearly(self.state.now, decoded))

    def _values(self, decoded: LinearDecoded | None) -> str:
        """What a drawn row says, a line each."""
        data = self.state.now.dataset
        if data is None or decoded is None or decoded.row is None:
            return ""
        return "".join(f"\n{line}" for line in kind_of(data).told(decoded.row, data.preparation))

    def _show_smooth(self) -> None:
        self._decoded.smooth = self.state.now.smooth

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room is used in another way."""
        super().resizeEvent(event)
        low, narrow = self.height() < LOW, self.width() < NARROW
        if (low, narrow) != (self._low, self._narrow):
            self._arrange(low=low, narrow=narrow)


if __name__ == "__main__":
    raise SystemExit(run_alone(PcaPanel))
