"""Panel: the same data as PCA sees it, linked both ways with the latent plane."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.analysis.pca import on_axes
from explorer.app import needs
from explorer.app.jobs import Jobs
from explorer.app.planes import planes
from explorer.app.session import Session
from explorer.app.spelling import placed
from explorer.app.state import NOTHING, State
from explorer.compute.decoding.linear import LinearDecoded
from explorer.data.drawing import weights_drawn
from explorer.data.features import largest, told
from explorer.ui import theme
from explorer.ui.copying import copy_text
from explorer.ui.offers import plot_entries, sample_section
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.widgets.charts.scree_plot import ScreePlot
from explorer.ui.widgets.fitting_label import FittingLabel
from explorer.ui.widgets.forms.boxes import ChoiceBox
from explorer.ui.widgets.offering import offer
from explorer.ui.widgets.pace import FOLLOW_MS, FRAME_MS, Pace
from explorer.ui.widgets.pictures.diverging import diverging
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.widgets.plane.frame import View
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane
from explorer.ui.widgets.plane.way_item import WayItem
from explorer.ui.widgets.popup import Entry, Section, popup

AXES = 16
ONLY_ONE = "none"  # what the second axis of data of one column is called
AXES_GIVEN = "There are no more than two components to choose from"
DECODED = "mean + Z V\u1d40 at the cursor, the other scores held at 0"


@panels.register("pca")
class PcaPanel(Panel):
    """Scores of every sample on two components, the picture at the cursor, the scree plot."""

    title = "PCA"
    places: ClassVar = {"explore": Place("right", 20, 0.38), "compare": Place("beside", 10)}
    least = (312, 304)

    def __init__(
        self, state: State, jobs: Jobs, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, jobs, session, parent)
        self._plane = ScatterPlane(self)
        self._drag_pace, self._follow_pace = Pace(FRAME_MS, self), Pace(FOLLOW_MS, self)
        self._plane.setObjectName("pcaPlane")
        self._plane.setAccessibleName("PCA plane")
        self._plane.setMinimumSize(160, 108)  # beside it stands a picture, above it the probe
        self._plane.setToolTip("Scores Z = (X - mean) V of every sample. Drag: decode linearly.")
        self._path = WayItem(self._plane.getViewBox(), self)
        self._path.set_colours(theme.tokens_of(self))
        self._decoded = self._view("pcaDecodedView", "PCA picture", 64)
        self._eigen = [self._view("", "Eigen-image", 64, 2) for _ in range(2)]
        self._scree = ScreePlot(self)
        self._scree.setObjectName("screePlot")
        self._boxes = [self._box(i) for i in range(2)]
        self._share = FittingLabel(self)
        self._share.setProperty("role", "quiet")
        self._empty = QLabel(self)
        self._empty.setProperty("role", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._share.setToolTip("Share of the total variance along the two components")
        self._lay_out()
        self._connect()
        self._watch()

    # -- building ---------------------------------------------------------------------------

    def _view(self, object_name: str, name: str, least: int, lines: int = 1) -> PictureView:
        view = PictureView(self, least=least, lines=lines)
        view.setObjectName(object_name)
        view.setAccessibleName(name)
        return view

    def _box(self, i: int) -> ChoiceBox:
        box = ChoiceBox(self)
        side = ("horizontal", "vertical")[i]
        box.setToolTip(f"Component on the {side} axis")
        box.setAccessibleName(f"Component on the {side} axis")
        box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        box.activated.connect(self._on_box_activated)
        return box

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._boxes[0])
        head.addWidget(QLabel("\u00d7", self))
        head.addWidget(self._boxes[1])
        head.addStretch()
        head.addWidget(self._share)
        middle = QGridLayout()
        middle.setSpacing(theme.GRID)
        middle.addWidget(self._plane, 0, 0)
        middle.addWidget(self._empty, 0, 0, Qt.AlignmentFlag.AlignCenter)
        middle.addWidget(self._decoded, 0, 1)
        middle.setColumnStretch(0, 2)
        middle.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GRID)
        foot.addWidget(self._scree, 1)
        for view in self._eigen:
            foot.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.INSIDE, theme.GRID, theme.INSIDE, theme.INSIDE)
        column.setSpacing(theme.GRID)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        plane = self._plane
        plane.pressed.connect(self._on_plane_pressed)
        plane.dragged.connect(self._on_plane_dragged)
        plane.released.connect(self._drag_pace.flush)
        plane.nudged.connect(self._on_plane_nudged)
        plane.hovered.connect(self._on_plane_hovered)
        plane.point_clicked.connect(self._on_plane_point_clicked)
        plane.view_changed.connect(self._on_plane_view_changed)
        plane.menu_wanted.connect(self._on_plane_menu_wanted)
        self._scree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._scree.customContextMenuRequested.connect(self._on_scree_menu_requested)

    def _watch(self) -> None:
        state = self.state
        state.watch("planes.pca.view", self._show_view)  # before the points of other axes are there
        state.watch("pca pca_scores planes.pca.axes dataset", self._show_points)
        state.watch("muted selection", self._show_dimmed)
        state.watch("pca planes.pca.axes", self._show_axes)
        state.watch("pca planes.pca.axes dataset", self._show_eigen)
        state.watch("planes.pca.cursor pca pca_decoded", self._show_cursor)
        state.watch("hover pca_scores planes.pca.axes", self._show_hover)
        state.watch("selection pca_scores planes.pca.axes own comparison", self._show_selection)
        state.watch("path survey planes.pca.axes", self._show_path)
        state.watch("smooth", self._show_smooth)

    # -- showing ----------------------------------------------------------------------------

    def _xy(self, rows: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.float32]:
        scores, axes = self.state.now.pca_scores, self.state.now.plane("pca").axes
        return np.zeros((0, 2), np.float32) if scores is None else on_axes(scores[rows], axes)

    def _show_view(self) -> None:
        self._plane.show_view(self.state.now.plane("pca").view)

    def _show_points(self) -> None:
        now = self.state.now
        if now.dataset is None or now.pca_scores is None:
            self._plane.set_points(None)
            return
        labels = now.dataset.labels
        colours = None if labels is None else (labels % 127).astype(np.uint8)
        of = (id(now.dataset), now.plane("pca").axes)
        self._plane.set_points(self._xy(), colours, self._lut(), of)
        self._show_dimmed()

    def _lut(self) -> NDArray[np.uint8]:
        data = self.state.now.dataset
        return theme.class_lut(0 if data is None else len(data.classes), theme.tokens_of(self))

    def _show_dimmed(self) -> None:
        now = self.state.now
        if now.dataset is None or now.pca_scores is None:
            return
        mask = np.zeros(len(now.dataset), np.bool_)
        if now.dataset.labels is not None and now.muted:
            mask |= np.isin(now.dataset.labels, list(now.muted))
        if len(now.selection) > 1:
            others = np.ones(len(mask), np.bool_)
            others[now.selection] = False
            mask |= others
        self._plane.set_dimmed(mask if mask.any() else None)

    def _show_axes(self) -> None:
        pca, axes = self.state.now.pca, self.state.now.plane("pca").axes
        count = 0 if pca is None else min(AXES, len(pca))
        for box, axis in zip(self._boxes, axes, strict=True):
            if box.count() != max(count, 2):
                box.clear()
                box.addItems([f"PC{i + 1}" for i in range(max(count, 2))])
            if count == 1:
                box.setItemText(1, ONLY_ONE)
            box.setCurrentIndex(axis)
            offer(box, "" if count > 2 else AXES_GIVEN if pca else needs.DATA)
        names = (ONLY_ONE if 0 < count <= axis else f"PC{axis + 1}" for axis in axes)
        self._plane.set_axis_names(*names)
        self._scree.set_ratio(None if pca is None else pca.ratio)
        self._scree.set_chosen(axes)
        share = "" if pca is None else f"{pca.share(axes):.1%}"
        self._share.set_texts(share and f"{share} of the variance", share)
        self._show_empty()

    def _show_empty(self) -> None:
        now = self.state.now
        busy = "Finding the principal\ncomponents..."
        text = "Open data to see\nits principal components" if now.dataset is None else busy
        self._empty.setText("" if now.pca is not None else text)

    def _show_eigen(self) -> None:
        now = self.state.now
        for view, axis in zip(self._eigen, now.plane("pca").axes, strict=True):
            if now.pca is None or now.dataset is None or axis >= len(now.pca):
                view.set_picture(None)
                view.set_caption()
                continue
            made, weights = now.dataset.preparation, now.pca.components[axis]
            limit = float(np.abs(weights).max())
            if made.is_float:
                view.set_picture(weights_drawn(weights, made))
                key = f"drawn as a sample is,{largest(made, weights)}"
            else:
                values = weights.reshape(made.shape)
                view.set_picture(diverging(values, limit, theme.tokens_of(self)))
                key = "blue is negative, orange positive,"
            view.set_caption(f"PC{axis + 1}", f"\u00b1{limit:.2f}")
            view.setToolTip(
                f"The weights of component {axis + 1}: {key}\nthe largest is {limit:.3f}. "
                f"Explains {now.pca.ratio[axis]:.1%} of the variance."
            )

    def _show_cursor(self) -> None:
        """While training, half the frames are enough for what only follows the other plane."""
        now = self.state.now
        if now.training == "running" and now.moved == "latent":
            self._follow_pace.run(self._draw_cursor)
        else:
            self._follow_pace.drop()
            self._draw_cursor()

    def _draw_cursor(self) -> None:
        self._draw_decoded()
        now = self.state.now
        self._plane.set_cursor(planes["pca"].cursor(now))

    def _show_hover(self) -> None:
        hover = self.state.now.hover
        at = self._xy(NOTHING if hover is None else np.array([hover]))
        self._plane.set_hover_point((float(at[0, 0]), float(at[0, 1])) if len(at) else None)

    def _show_selection(self) -> None:
        """A ring around the one sample, or where the own picture is."""
        now = self.state.now
        seen = now.own_comparison
        if seen is not None and seen.scores is not None:
            self._plane.set_selected_points(on_axes(seen.scores[None], now.plane("pca").axes))
        else:
            few = now.selection if len(now.selection) == 1 else NOTHING
            self._plane.set_selected_points(self._xy(few))

    def _show_path(self) -> None:
        now = self.state.now
        scores = None if now.path is None or now.survey is None else now.survey.scores
        self._path.set_way(None if scores is None else on_axes(scores, now.plane("pca").axes))

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
        if data is None or decoded is None or decoded.row is None or data.kind != "table":
            return ""
        return "\n" + "\n".join(told(data.preparation, decoded.row))

    def _show_smooth(self) -> None:
        for view in (self._decoded, *self._eigen):
            view.smooth = self.state.now.smooth

    # -- the hand ---------------------------------------------------------------------------

    def _move(self, a: float, b: float) -> None:
        if self.state.now.pca is not None:
            self.session.move_in("pca", (a, b))

    @Slot(object)
    def _on_plane_view_changed(self, view: View | None) -> None:
        self.state.mark(self._plane.hand.now)
        self.state.update_plane("pca", self, view=view)

    @Slot(float, float)
    def _on_plane_pressed(self, a: float, b: float) -> None:
        self.state.mark(self._plane.hand.now)
        self._drag_pace.drop()
        self._move(a, b)

    @Slot(float, float)
    def _on_plane_dragged(self, a: float, b: float) -> None:
        self._drag_pace.run(partial(self._move, a, b))

    @Slot(float, float)
    def _on_plane_nudged(self, a: float, b: float) -> None:
        point = planes["pca"].cursor(self.state.now)
        if point is not None:
            self.state.mark(self._plane.hand.now)
            self._move(point[0] + a, point[1] + b)

    @Slot(object)
    def _on_plane_hovered(self, row: int | None) -> None:
        self.state.update(source=self, hover=row)

    @Slot(int)
    def _on_plane_point_clicked(self, row: int) -> None:
        self._drag_pace.drop()
        self.session.go_to(row, self._plane.hand.now)

    @Slot(QPoint)
    def _on_plane_menu_wanted(self, at: QPoint) -> None:
        """About the place, the sample there if there is one, and all scores."""
        pixel = QPointF(self._plane.viewport().mapFromGlobal(at))
        a, b = self._plane.point_at(pixel)
        row = self._plane.nearest(pixel)
        sample = None if row is None else sample_section(self.state, self.session, row)
        point = f"{a:.6g},{b:.6g}"
        missing = "" if self.state.now.pca is not None else "There are no components yet"
        place = [
            Entry("Move the cursor here", partial(self._move_marked, a, b), missing),
            Entry("Copy the scores", partial(copy_text, self.session, point), missing),
        ]
        names = [f"PC{axis + 1}" for axis in self.state.now.plane("pca").axes]
        head = f"{names[0]} = {a:.2f}, {names[1]} = {b:.2f}".replace("-", "\u2212")
        every = plot_entries(self._plane, self.session, "pca", self._scores(), "the scores")
        sections = [Section(head, place), Section("", every)]
        popup(self._plane, at, [*([] if sample is None else [sample]), *sections])

    def _move_marked(self, a: float, b: float) -> None:
        self.state.mark()
        self._move(a, b)

    def _scores(self) -> list[Sequence[object]]:
        """A row for each sample, under the names of the columns."""
        now = self.state.now
        if now.pca_scores is None or now.dataset is None:
            return []
        data, names = now.dataset, [f"PC{i + 1}" for i in range(now.pca_scores.shape[1])]
        rows = (
            (i, data.label_name(i), *(f"{v:.6g}" for v in row))
            for i, row in enumerate(now.pca_scores.tolist())
        )
        return [("sample", "label", *names), *rows]

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

    @Slot(int)
    def _on_box_activated(self, _index: int) -> None:
        before = self.state.now.plane("pca").axes
        chosen = (self._boxes[0].currentIndex(), self._boxes[1].currentIndex())
        if chosen[0] == chosen[1]:
            chosen = (before[1], before[0])
        if chosen != before:
            self.state.mark()
            # a cursor put in the old axes is found anew from the decoded picture
            self.state.update_plane("pca", self, axes=chosen)

    # -- Qt's events ------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_share"):
            self._plane.set_colours(self._lut())
            self._path.set_colours(theme.tokens_of(self))
            self._show_eigen()


if __name__ == "__main__":
    raise SystemExit(run_alone(PcaPanel))
