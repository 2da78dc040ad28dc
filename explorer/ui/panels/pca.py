"""Panel: the same data as PCA sees it, linked both ways with the latent plane."""

from __future__ import annotations

from textwrap import fill
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.app.jobs import Jobs
from explorer.app.planes import planes
from explorer.app.session import Session
from explorer.app.spelling import placed
from explorer.app.state import State
from explorer.compute.decoding.linear import LinearDecoded
from explorer.data.drawing import weights_drawn
from explorer.data.kinds import kind_of
from explorer.ui import theme
from explorer.ui.offers import plot_entries
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.plane.axis_boxes import AxisBoxes
from explorer.ui.plane.view import PlaneView
from explorer.ui.widgets.charts.scree_plot import ScreePlot
from explorer.ui.widgets.fitting_label import FittingLabel
from explorer.ui.widgets.pace import FOLLOW_MS, Pace
from explorer.ui.widgets.pictures.diverging import diverging
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.widgets.popup import Section, popup

TALL = 480  # px of height from which the plane has a row of its own
DECODED = "mean + Z V\u1d40 at the cursor, the other scores held at 0"

LOW = 264  # px of height below which the plane has all the room


@panels.register("pca")
class PcaPanel(Panel):
    """A view of the PCA plane, the picture at its cursor, the scree plot, the components."""

    title = "PCA"
    places: ClassVar = {"explore": Place("right", 20, 0.3), "compare": Place("beside", 10)}
    least = (320, 190)

    def __init__(
        self, state: State, jobs: Jobs, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, jobs, session, parent)
        self._follow_pace = Pace(FOLLOW_MS, self)
        self._plane = PlaneView("pca", state, session, self)
        self._plane.setObjectName("pcaPlane")
        self._plane.setMinimumSize(160, 108)  # beside it stands a picture, above it the probe
        self._plane.setToolTip(self._plane.kind.tip)
        self._axes = AxisBoxes("pca", "Component", state, self)
        self._decoded = self._view("pcaDecodedView", "PCA picture", 64)
        self._eigen = [self._view("", "Eigen-image", 64, 2) for _ in range(2)]
        self._scree = ScreePlot(self)
        self._scree.setObjectName("screePlot")
        self._share = FittingLabel(self)
        self._share.setProperty("role", "quiet")
        self._share.setToolTip("Share of the total variance along the two components")
        self._empty = self._empty_label()
        self._lay_out()
        self._scree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._scree.customContextMenuRequested.connect(self._on_scree_menu_requested)
        self._watch()

    # -- building ---------------------------------------------------------------------------

    def _view(self, object_name: str, name: str, least: int, lines: int = 1) -> PictureView:
        view = PictureView(self, least=least, lines=lines)
        view.setObjectName(object_name)
        view.setAccessibleName(name)
        return view

    def _empty_label(self) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", "quiet")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return label

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._axes)
        head.addStretch()
        head.addWidget(self._share)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.GRID)
        self._arrange(tall=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.INSIDE)
        column.setSpacing(theme.GRID)
        column.addLayout(head)
        column.addLayout(self._grid, 1)

    def _arrange(self, *, tall: bool) -> None:
        """The plane beside its picture; or, where there is height, over all else, as wide."""
        self._tall, grid, middle = tall, self._grid, Qt.AlignmentFlag.AlignCenter
        across = 6 if tall else 4
        grid.addWidget(self._plane, 0, 0, 1, across)
        grid.addWidget(self._empty, 0, 0, 1, across, middle)
        pictures = (self._decoded, *self._eigen)
        places = [(1, 0), (1, 2), (1, 4)] if tall else [(0, 4), (1, 2), (1, 4)]
        for view, (row, column) in zip(pictures, places, strict=True):
            grid.addWidget(view, row, column, 1, 2)
        grid.addWidget(self._scree, *((2, 0, 1, 6) if tall else (1, 0, 1, 2)))
        for column in range(6):
            grid.setColumnStretch(column, 1)
        for row, stretch in enumerate((6, 2, 1) if tall else (1, 0, 0)):
            grid.setRowStretch(row, stretch)

    def _watch(self) -> None:
        state = self.state
        state.watch("pca planes.pca.axes", self._show_shares)
        state.watch("pca dataset", self._show_empty)
        state.watch("pca planes.pca.axes dataset", self._show_eigen)
        state.watch("pca_decoded dataset", self._show_decoded)
        state.watch("smooth", self._show_smooth)

    def minimumSizeHint(self) -> QSize:
        """Without what a low place leaves out."""
        return QSize(super().minimumSizeHint().width(), self.least[1])

    # -- showing ----------------------------------------------------------------------------

    def _show_shares(self) -> None:
        pca, axes = self.state.now.pca, self.state.now.plane("pca").axes
        self._scree.set_ratio(None if pca is None else pca.ratio)
        self._scree.set_chosen(axes)
        share = "" if pca is None else f"{pca.share(axes):.1%}"
        self._share.set_texts(share and f"{share} of the variance", share)

    def _show_empty(self) -> None:
        self._empty.setText(fill(planes["pca"].absence(self.state.now), 24))

    def _show_eigen(self) -> None:
        now = self.state.now
        for view, axis in zip(self._eigen, now.plane("pca").axes, strict=True):
            if now.pca is None or now.dataset is None or axis >= len(now.pca):
                view.set_picture(None)
                view.set_caption()
                continue
            made, weights = now.dataset.preparation, now.pca.components[axis]
            limit = float(np.abs(weights).max())
            if kind_of(made).chart:
                view.set_picture(weights_drawn(weights, made))
                key = f"drawn as a sample is,{kind_of(made).largest(weights, made)}"
            else:
                values = weights.reshape(made.shape)
                view.set_picture(diverging(values, limit, theme.tokens_of(self)))
                key = "blue is negative, orange positive,"
            view.set_caption(f"PC{axis + 1}", f"\u00b1{limit:.2f}")
            view.setToolTip(
                f"The weights of component {axis + 1}: {key}\nthe largest is {limit:.3f}. "
                f"Explains {now.pca.ratio[axis]:.1%} of the variance."
            )

    def _show_decoded(self) -> None:
        """While training, half the frames are enough for what only follows another plane."""
        now = self.state.now
        if now.training == "running" and now.moved != "pca":
            self._follow_pace.run(self._draw_decoded)
        else:
            self._follow_pace.drop()
            self._draw_decoded()

    def _draw_decoded(self) -> None:
        decoded = self.state.now.pca_decoded
        self._decoded.set_picture(None if decoded is None else decoded.image, decoded)
        self._decoded.setToolTip(f"{DECODED}{self._values(decoded)}")
        if decoded is None:
            self._decoded.set_caption()
        else:
            self._decoded.set_caption(placed(decoded.point))

    def _values(self, decoded: LinearDecoded | None) -> str:
        """What a drawn row says, a line each."""
        data = self.state.now.dataset
        if data is None or decoded is None or decoded.row is None:
            return ""
        return "".join(f"\n{line}" for line in kind_of(data).told(decoded.row, data.preparation))

    def _show_smooth(self) -> None:
        for view in (self._decoded, *self._eigen):
            view.smooth = self.state.now.smooth

    @Slot(QPoint)
    def _on_scree_menu_requested(self, at: QPoint) -> None:
        pca = self.state.now.pca
        ratio = [] if pca is None else pca.ratio.tolist()
        rows = [(f"PC{i + 1}", f"{share:.6g}", f"{sum(ratio[: i + 1]):.6g}")
                for i, share in enumerate(ratio)]  # fmt: skip
        every = plot_entries(
            self._scree, self.session, "scree",
            [("component", "share", "cumulative"), *rows], "the shares of variance",
        )  # fmt: skip
        popup(self._scree, self._scree.mapToGlobal(at), [Section("Explained variance", every)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room is used in another way."""
        super().resizeEvent(event)
        tall = self.height() > TALL
        if tall != self._tall:
            self._arrange(tall=tall)
        for part in (self._scree, *self._eigen):  # in Explore they may make way; Compare has them
            part.setVisible(self.height() >= LOW)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_empty"):
            self._show_eigen()


if __name__ == "__main__":
    raise SystemExit(run_alone(PcaPanel))
