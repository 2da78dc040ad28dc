"""The card about the sample under the pointer, in any view of a plane."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QTabBar,
)

from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.comparing.hovered import MeasureHovered
from explorer.ui.plane.surface import Surface
from explorer.ui.themes import theme
from explorer.ui.widgets.legend.hover_card import HoverCard

PRESSED = (
    QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar
)  # fmt: skip
"""What one would press: the card stands over none of them where it has another place."""


class PlaneCard(QObject):
    """In a corner of the plane, the upper right one first; of a plane too small for it, beside it.

    It covers neither its own point nor what one would press, where there is any such place.
    """

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        super().__init__(plane)
        self._plane, self._state, self._session = plane, state, session
        self._card = HoverCard(plane)
        plane.dwelled.connect(self._on_plane_dwelled)
        plane.framed.connect(self._on_plane_framed)
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
        if data is not None:
            name = data.names[sample] if data.names is not None else ""
            label = " - ".join(part for part in (data.label_name(sample), name) if part)
            self._card.show_sample(data.picture(sample), label or "no label", sample, error)

    @Slot()
    def _on_plane_framed(self) -> None:
        """Where it is hidden, its place is found as it is shown: all that one presses is asked."""
        if self._card.isVisible():
            self._put()

    def _put(self) -> None:
        card, window = self._card, self._plane.window()
        if card.parentWidget() is not window:
            card.setParent(window)
        card.adjustSize()
        point, pressed = self._point(), self._pressed_on()  # once: all of the window is asked
        places = self._places()
        at = min(places, key=lambda place: self._cost(place, point, pressed)).topLeft()
        card.move(max(0, at.x()), max(0, at.y()))

    def _places(self) -> list[QRect]:
        """Corners of the plane, as far as it has room; then left, right, above and below it."""
        card, plane, window, gap = self._card, self._plane, self._plane.window(), theme.GRID
        box = plane.getViewBox().sceneBoundingRect().toRect()
        box = QRect(plane.mapTo(window, box.topLeft()), box.size())
        size, room = card.size(), box.adjusted(gap, gap, -gap, -gap)
        right, low = room.right() + 1 - size.width(), room.bottom() + 1 - size.height()
        xs, ys = (right, room.left()), (room.top(), low)
        inside = [QRect(QPoint(x, y), size) for y in ys for x in xs]
        whole = QRect(plane.mapTo(window, QPoint()), plane.size())
        left, beyond = whole.left() - gap - size.width(), whole.right() + 1 + gap
        beside = [QRect(QPoint(x, y), size) for x in (left, beyond) for y in ys]
        above, below = whole.top() - gap - size.height(), whole.bottom() + 1 + gap
        over = [QRect(QPoint(x, y), size) for y in (above, below) for x in xs]
        return [*(one for one in inside if room.contains(one)), *beside, *over]

    def _cost(
        self, place: QRect, point: QPoint | None, pressed: list[QRect]
    ) -> tuple[bool, bool, int]:
        """Out of the window; over its own point; over how many things that one would press."""
        window = self._plane.window()
        return (
            not window.rect().contains(place),
            point is not None and place.contains(point),
            sum(place.intersects(one) for one in pressed),
        )

    def _point(self) -> QPoint | None:
        """Where the sample lies, in the window; None where that is not known."""
        plane, sample = self._plane, self._state.now.hover
        there = plane.of_samples(np.array([] if sample is None else [sample], np.int64))
        if not len(there):
            return None
        pixel = plane.pixel_at((float(there[0, 0]), float(there[0, 1])))
        return QPoint(plane.viewport().mapTo(plane.window(), pixel))

    def _pressed_on(self) -> list[QRect]:
        """Tabs, buttons, boxes and sliders, in the window."""
        window = self._plane.window()
        shown = (w for kind in PRESSED for w in window.findChildren(kind) if w.isVisible())
        return [QRect(w.mapTo(window, QPoint()), w.size()) for w in shown]
