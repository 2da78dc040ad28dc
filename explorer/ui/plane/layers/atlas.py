"""Layer: what the decoder makes of the plane, at every zoom, as pictures below the points."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import Slot

from explorer.app.atlas.sheets import Sheet, sheets
from explorer.app.atlas.wanted import Sight, covered, drawn, wanted
from explorer.app.planes import Plane
from explorer.app.session import Session
from explorer.app.snapshot import Snapshot
from explorer.app.state import LayerAppearance, State
from explorer.compute.decoding.tiles import Slice, Tile
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.surface import Surface
from explorer.ui.widgets.plane.items.tiled_item import TiledItem
from explorer.ui.widgets.throttle import Throttle

ARRIVAL_MS = 60  # from one picture of the plane with new tiles to the next


@layers.register("atlas")
class AtlasLayer(Layer):
    """Decoded pictures tile the plane, coarse ones first; the newest of what is in view.

    Those of a model or of held coordinates a moment ago stand until the first ones of now are there
    as a whole: never both.
    """

    label, key, order = "Decoded pictures", "1", -60
    tip = (
        "What the decoder makes of every place, the other dimensions as they are held;\n"
        "in the PCA plane what the components make of it. Finer ones come as you zoom"
    )
    usual = LayerAppearance(opacity=0.35)

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        self._tiles = TiledItem(plane.getViewBox())
        self._slice: Slice | None = None  # of now
        self._shown: Slice | None = None  # of the tiles on the screen
        self._found: list[Tile] = []  # those
        self._arrivals = Throttle(ARRIVAL_MS, plane)
        super().__init__(plane, state, session)
        self._tiles.setZValue(self.order)
        plane.getViewBox().sigTransformChanged.connect(self._on_view_changed)
        plane.framed.connect(self._on_view_changed)
        session.atlas.changed.connect(self._on_atlas_changed)
        axes = f"planes.{plane.kind.name}.axes"
        state.watch(f"model z dataset {plane.kind.projects_of} {axes}", self._show_slice)
        state.watch("training seen", self._look)
        state.watch("smooth", self._show_smooth)

    @classmethod
    def stranger(cls, kind: Plane) -> str:
        """Some points stand for nothing that could be drawn."""
        return "" if kind.has_pictures else "a point of it is no picture"

    @classmethod
    def absence(cls, now: Snapshot) -> str:
        """Of one dimension there is a strip of them instead."""
        if now.model is None and now.pca is None:
            return "there is no model yet"
        one = now.model is not None and now.model.config.latent_dim == 1
        return "of one latent dimension they stand below the plane" if one else ""

    def show_appearance(self) -> None:
        """What was not seen was not asked for."""
        self._tiles.setVisible(self.appearance.visible)
        self._tiles.setOpacity(self.appearance.opacity)
        self._look()

    # -- what is there to be seen -----------------------------------------------------------

    def _show_slice(self) -> None:
        """Another one is asked for; where it is of another space, what is there goes at once."""
        slice_ = self.plane.kind.slice_of(self.state.now)
        before, self._slice = self._slice, slice_
        if slice_ is None or before is None or slice_.key != before.key:
            self._look()

    @Slot()
    def _on_view_changed(self, *_what: object) -> None:
        self._look()

    @Slot(object)
    def _on_atlas_changed(self, key: object) -> None:
        """Shown at once where nothing else will come, else a few times a second."""
        slice_ = self._slice
        if slice_ is None or slice_.key != key or not self._is_asked():
            return
        self._arrivals.run(self._show_tiles)
        if not self.session.atlas.is_due(self):
            self._arrivals.flush()

    def _is_asked(self) -> bool:
        return self.appearance.visible and self.plane.seen

    def _is_expected(self) -> bool:
        """Whether pictures are there or to come: points do not change their look in between."""
        slice_ = self._slice
        return self._is_asked() and slice_ is not None and not self.session.atlas.failed(slice_)

    def _is_gone(self) -> bool:
        """The plane is being closed: it hears that it is seen no more, and has no items left."""
        return self.plane.closed or not shiboken6.isValid(self._tiles)

    def _look(self) -> None:
        """Say what is wanted now, and show what is there of it."""
        slice_ = self._slice if self._is_asked() else None
        if slice_ is None:
            self.session.atlas.want(self, None)
        if self._is_gone():
            return
        if slice_ is None:
            self._put(None, ())
            return
        coarse = self.state.now.training == "running"
        self.session.atlas.want(self, slice_, wanted(self._sight(slice_), coarse=coarse))
        self._show_tiles()

    def _show_tiles(self) -> None:
        """Of now, once its first level is whole; those of before stand until then, or go."""
        slice_ = self._slice
        if slice_ is None or self._is_gone():
            return
        sight, there = self._sight(slice_), self.session.atlas.of(slice_)
        of_now = self._shown is not None and self._shown.key == slice_.key
        stands = self._shown is not None and self._shown.place == slice_.place
        if stands and not (of_now or covered(sight, there) or self.session.atlas.failed(slice_)):
            return
        found = drawn(sight, there)
        if of_now and found == self._found:
            return
        self._found = found
        self._put(slice_ if found else None, sheets(found, there, sight.aspect))

    def _put(self, slice_: Slice | None, found: Sequence[Sheet]) -> None:
        self._shown = slice_
        self._found = self._found if found else []
        self._tiles.set_sheets(found)
        self.plane.set_outlined(self._is_expected())
        self.plane.paint_anew()

    def _sight(self, slice_: Slice) -> Sight:
        box = self.plane.getViewBox()
        (left, right), (bottom, top) = box.viewRange()
        ratio = self.plane.viewport().devicePixelRatioF()
        size = round(box.width() * ratio), round(box.height() * ratio)
        return Sight((left, right, bottom, top), size, slice_.shape, ratio)

    def _show_smooth(self) -> None:
        self._tiles.set_smooth(self.state.now.smooth)
