"""The card about the sample under the pointer, in any view of a plane."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Slot

from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.comparing.hovered import MeasureHovered
from explorer.ui import theme
from explorer.ui.plane.surface import Surface
from explorer.ui.widgets.legend.hover_card import HoverCard

ROOM = 2.0  # times its own width that a plane must have to hold it


class PlaneCard(QObject):
    """In the upper right corner; of a plane that is too small for it, beside it: on the left, where
    the window has room there, else on the right of what is around the plane.
    """

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        super().__init__(plane)
        self._plane, self._state, self._session = plane, state, session
        self._card = HoverCard(plane)
        plane.dwelled.connect(self._on_plane_dwelled)
        plane.framed.connect(self._put)
        state.watch("hover dataset", self._show_card)
        state.watch("workspace", self._put_away)

    @Slot(object)
    def _on_plane_dwelled(self, row: int | None) -> None:
        now = self._state.now
        if row is None or now.hover is None or now.dataset is None:
            self._card.hide()
            return
        self._fill(now.hover, "")
        self._put()
        self._card.show()
        self._card.raise_()
        if now.model is not None:
            question = MeasureHovered(now.hover, now.model, now.dataset)
            self._session.answers.ask(question, self._show_error, owner=self)

    def _show_error(self, mse: float) -> None:
        sample = self._state.now.hover
        if sample is not None:
            self._fill(sample, f"MSE {mse:.4f}")

    def _show_card(self) -> None:
        """It goes with its point: other codes, as another model has, are under no pointer yet."""
        if self._state.now.hover is None:
            self._card.hide()

    def _put_away(self) -> None:
        """It may stand outside a plane that is not here any more."""
        self._card.hide()

    def _fill(self, sample: int, error: str) -> None:
        data = self._state.now.dataset
        if data is not None and sample < len(data):
            name = data.names[sample] if data.names is not None else ""
            label = " - ".join(part for part in (data.label_name(sample), name) if part)
            self._card.show_sample(data.picture(sample), label or "no label", sample, error)

    @Slot()
    def _put(self) -> None:
        card, window = self._card, self._plane.window()
        if card.parentWidget() is not window:
            card.setParent(window)
        card.adjustSize()
        at = self._corner(window.width())
        card.move(max(0, at.x()), max(0, at.y()))

    def _corner(self, width: int) -> QPoint:
        """Where its upper left corner stands in a window of ``width`` px."""
        card, plane, window = self._card, self._plane, self._plane.window()
        box, gap = plane.getViewBox().sceneBoundingRect().toRect(), theme.GRID
        if box.width() >= ROOM * card.width():
            inside = box.topRight() + QPoint(-card.width() - gap, gap)
            return QPoint(plane.mapTo(window, inside))
        y = plane.mapTo(window, QPoint(0, box.top() + gap)).y()
        left = plane.mapTo(window, QPoint()).x() - card.width() - gap
        around = [widget for widget in (plane.parentWidget(), plane) if widget is not None]
        right = [w.mapTo(window, w.rect().topRight()).x() + gap for w in around]
        fits = (x for x in (left, *right) if 0 <= x <= width - card.width())
        return QPoint(next(fits, left), y)
