"""On the first day: a note at the cursor that says what to do there, until it was done once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSettings, Qt, Slot
from PySide6.QtWidgets import QLabel

from explorer.ui.plane.surface import Surface

KEY = "dragged"  # of the settings, once a plane was dragged
TEXT = "Drag anywhere"
APART = 16  # px from the cursor


class DragNote(QLabel):
    """Stands where it covers the fewest points, lets the mouse through, goes with any press.

    A drag on any of ``planes`` is remembered, and it is never shown again (`end`).
    """

    def __init__(self, plane: Surface, planes: Iterable[Surface], settings: QSettings) -> None:
        super().__init__(TEXT, plane)
        self._plane, self._settings = plane, settings
        self._done = settings.value(KEY, "false") in (True, "true")
        self.setObjectName("dragNote")
        self.setAccessibleName(f"{TEXT} on the plane: the picture follows")
        self.setProperty("role", "note")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        for one in planes:
            one.pressed.connect(self._on_plane_pressed)
            one.dragged.connect(self.end)
            one.released.connect(self.place)
        plane.framed.connect(self.place)
        plane.view_changed.connect(self.place)
        plane.state.watch(f"{plane.cursor_fields} {plane.position_fields} training", self.place)

    @Slot()
    def place(self) -> None:
        """At the cursor, while there is one in sight and nobody has dragged yet."""
        if self._done:
            self.hide()
            return
        at = self._plane.cursor_at
        wanted = at is not None and self._plane.state.now.training == "idle"
        pixel = QPoint() if at is None else self._plane.pixel_at(at)
        if not wanted or not self._plane.viewport().rect().contains(pixel):
            self.hide()
            return
        self.adjustSize()
        places = self._places(pixel)
        if not places:
            self.hide()
            return
        self.setGeometry(min(places, key=self._covers))
        self.show()
        self.raise_()

    def _places(self, at: QPoint) -> list[QRect]:
        """Beside the cursor, above and below it; those that are seen whole.

        In a narrow plane right above and below it, as far aside as they must be; or none.
        """
        w, h = self.width(), self.height()
        room = self._plane.getViewBox().sceneBoundingRect().toRect().adjusted(1, 1, -1, -1)
        aside = min(max(at.x() - w // 2, room.left()), room.right() + 1 - w)
        rows = (at.y() - APART - h, at.y() + APART)
        for columns in ((at.x() + APART, at.x() - APART - w), (aside,)):
            found = [QRect(x, y, w, h) for y in rows for x in columns]
            within = [place for place in found if room.contains(place)]
            if within:
                return within
        return []

    def _covers(self, place: QRect) -> int:
        """How many points lie under it."""
        there = self._plane.positions
        if there is None:
            return 0
        (left, top), (right, bottom) = (
            self._plane.point_at(corner) for corner in (place.topLeft(), place.bottomRight())
        )
        x, y = there.xy[:, 0], there.xy[:, 1]
        return int(np.count_nonzero((x >= left) & (x <= right) & (y >= bottom) & (y <= top)))

    @Slot()
    def _on_plane_pressed(self) -> None:
        self.hide()

    @Slot()
    def end(self) -> None:
        """z was moved by the pointer, here or beside the plane: there is no more to say."""
        if not self._done:
            self._done = True
            self._settings.setValue(KEY, True)
        self.hide()
