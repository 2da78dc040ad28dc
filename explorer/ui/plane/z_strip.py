"""Below the lanes of one latent dimension: what the model draws along the z that is in view."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.app.background.answers import Answer
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.decoding.line import DecodeLine
from explorer.ui.plane.surface import Surface
from explorer.ui.widgets.pictures.axis_strip import Axis, AxisStrip
from explorer.ui.widgets.sight import Sight
from explorer.ui.widgets.throttle import FOLLOW_MS, FRAME_MS, Throttle

LEAST = 120  # px of an axis below which there is no room for pictures


class ZStrip(AxisStrip):
    """There while the model has one latent dimension; pictures stand below their z on ``plane``.

    Another view or another model is asked for at once and then at most every 50 ms; what is not on
    the screen asks nothing.
    """

    def __init__(
        self, plane: Surface, state: State, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._plane, self._state, self._session = plane, state, session
        self._seen = False
        self._axis_now: Axis | None = None
        self._asks, self._moves = Throttle(FOLLOW_MS, self), Throttle(FRAME_MS, self)
        self._answer = Answer(session.answers, DecodeLine, self._show_pictures, lasting="space")
        self._sight = Sight(self, self._on_sight_changed)
        self.setObjectName("zStrip")
        self.setAccessibleName("Decoded pictures along z")
        self.setToolTip("What the decoder draws along z. Press or drag: z moves there")
        self.dragged.connect(self._on_dragged)
        self.hovered.connect(self._on_hovered)
        plane.getViewBox().sigRangeChanged.connect(self._on_view_changed)
        plane.framed.connect(self._on_view_changed)
        state.watch("model", self._show_model)
        state.watch("z preview model", self._show_cursor)
        state.watch("smooth", self._show_smooth)

    def _of_one(self) -> bool:
        """Whether z is one number."""
        model = self._state.now.model
        return model is not None and model.config.latent_dim == 1

    # -- showing ----------------------------------------------------------------------------

    def _show_model(self) -> None:
        self.setVisible(self._of_one())
        self._look_soon()

    def _show_pictures(self) -> None:
        """Those of a model before stand until the next are there, but not where those fail."""
        shown = None if self._answer.error is not None else self._answer.value
        if shown is None:
            self.set_pictures(np.zeros(0), ())
        else:
            self.set_pictures(shown.z, list(shown.images))

    def _show_cursor(self) -> None:
        z = self._state.now.shown_z
        self.set_cursor_value(float(z[0]) if z is not None and len(z) == 1 else None)

    def _show_smooth(self) -> None:
        self.set_smooth(self._state.now.smooth)

    # -- asking -----------------------------------------------------------------------------

    @Slot()
    def _on_view_changed(self, *_what: object) -> None:
        """Pictures go with the plane; those of what comes into view follow."""
        if self._of_one():
            self._look_soon()

    def _look_soon(self) -> None:
        self.set_axis(self._axis_of_plane())
        if self._seen:
            self._asks.run(self._ask)

    def _axis_of_plane(self) -> Axis | None:
        """What the plane shows of z, in px of this strip; None in too little room."""
        plane = self._plane
        box = plane.getViewBox().sceneBoundingRect()
        if box.width() < LEAST:
            return None
        low, high = (plane.point_at(QPointF(x, box.top()))[0] for x in (box.left(), box.right()))
        shift = self.mapFromGlobal(plane.viewport().mapToGlobal(QPoint())).x()
        return Axis(low, high, box.left() + shift, box.right() + shift) if high > low else None

    def _ask(self) -> None:
        model, axis = self._state.now.model, self._axis_of_plane()
        self.set_axis(axis)
        if self._seen and model is not None and axis is not None and self._of_one():
            self._answer.ask(DecodeLine(model, axis.low, axis.high, axis.cells))

    def _on_sight_changed(self, seen: bool) -> None:
        self._seen = seen
        if seen:
            self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The axis begins at another pixel."""
        super().resizeEvent(event)
        self._look_soon()

    # -- mouse ------------------------------------------------------------------------------

    @Slot(object, float)
    def _on_dragged(self, gesture: object, value: float) -> None:
        self._state.mark(gesture)
        self._moves.run(partial(self._move, value))

    def _move(self, value: float) -> None:
        if self._of_one():
            self._session.move(np.array([value], np.float32))

    @Slot(object)
    def _on_hovered(self, value: float | None) -> None:
        """As over the plane: the picture follows where the user asked for that."""
        now = self._state.now
        if value is not None and now.follow and self._of_one():
            self._session.preview(np.array([value], np.float32))
        elif value is None and now.follow and now.preview is not None:
            self._session.preview(None)
