"""Panel: the principal components: how much each explains, and what the two chosen look like."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explorer.app.session import Session
from explorer.app.state import State
from explorer.data.kinds import kind_of
from explorer.data.pictures.drawing import weights_drawn
from explorer.ui.menus.offers import plot_entries
from explorer.ui.panels import Panel, Place, panels, run_alone
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.scree_plot import ScreePlot
from explorer.ui.widgets.overlays.popup import PopupSection, popup
from explorer.ui.widgets.pictures.comparing.diverging import diverging
from explorer.ui.widgets.pictures.picture_view import PictureView


@panels.register("components")
class ComponentsPanel(Panel):
    """The scree plot, and an eigen-image for each axis of the PCA plane."""

    title = "Components"
    places: ClassVar = {"compare": Place("bottom", 20, behind="comparison")}
    least = (400, 160)

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(state, session, parent)
        self._eigen = [PictureView(self, least=112, lines=2) for _ in range(2)]
        for view in self._eigen:
            view.setAccessibleName("Eigen-image")
        self._scree = ScreePlot(self)
        self._scree.setObjectName("screePlot")
        self._scree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._scree.customContextMenuRequested.connect(self._on_scree_menu_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        row.setSpacing(2 * theme.GRID)
        row.addWidget(self._scree, 3)
        for view in self._eigen:
            row.addWidget(view, 1)
        state.watch("pca planes.pca.axes", self._show_shares)
        state.watch("pca planes.pca.axes dataset", self._show_eigen)
        state.watch("smooth", self._show_smooth)

    # -- showing ----------------------------------------------------------------------------

    def _show_shares(self) -> None:
        pca = self.state.now.pca
        self._scree.set_ratio(None if pca is None else pca.ratio)
        self._scree.set_chosen(self.state.now.plane("pca").axes)

    def _show_eigen(self) -> None:
        for view, axis in zip(self._eigen, self.state.now.plane("pca").axes, strict=True):
            self._show_weights(view, axis)

    def _show_weights(self, view: PictureView, axis: int) -> None:
        now = self.state.now
        if now.pca is None or now.dataset is None or axis >= len(now.pca):
            view.set_picture(None)
            view.set_caption()
            return
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

    def _show_smooth(self) -> None:
        for view in self._eigen:
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
        popup(self._scree, self._scree.mapToGlobal(at), [PopupSection("Explained variance", every)])

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_scree"):
            self._show_eigen()


if __name__ == "__main__":
    raise SystemExit(run_alone(ComponentsPanel))
