"""The plane's right-click menu: take the place that was clicked along, mark it, move z there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, Slot
from PySide6.QtWidgets import QMenu

from explorer.app.commands import Context
from explorer.app.session import Session
from explorer.app.snapshot import Snapshot, Vector
from explorer.app.spelling import MOST
from explorer.app.state import State
from explorer.export.things import Columns
from explorer.ui.offers import entries_of, plot_entries, sample_section
from explorer.ui.plane.view import LatentPlane
from explorer.ui.widgets.plane.cursor import RADIUS
from explorer.ui.widgets.popup import Entry, Section, popup


class PlaneMenu(QObject):
    """Opens on a right click; each entry speaks of the place that its head names."""

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        super().__init__(plane)
        self._plane, self._state, self._session = plane, state, session
        plane.menu_wanted.connect(self._on_plane_menu_wanted)

    @Slot(QPoint)
    def _on_plane_menu_wanted(self, at: QPoint) -> None:
        self.open(at)

    def open(self, at: QPoint) -> QMenu:
        """The menu of a place of the screen."""
        pixel = QPointF(self._plane.viewport().mapFromGlobal(at))
        z, about = self._place(pixel), self._sample(pixel)
        context = Context(self._state, self._session, place=z)
        sections = [Section(head(z), entries_of(context, "place")),
                    Section("", entries_of(context, "path")),
                    Section("", self._plot_entries())]  # fmt: skip
        return popup(self._plane, at, [*([] if about is None else [about]), *sections])

    def _plot_entries(self) -> list[Entry]:
        known = self._state.now.codes is not None
        table = partial(codes_of, self._state.now) if known else None
        return plot_entries(
            self._plane, self._session, "latent", (), "the codes", "the plane", table=table
        )

    def _place(self, pixel: QPointF) -> Vector | None:
        """z at a pixel of the plane; on the cursor, the held z itself."""
        cursor = self._plane.cursor_at
        if cursor is not None:
            away = QPointF(self._plane.pixel_at(cursor)) - pixel
            if away.manhattanLength() <= RADIUS:
                return self._state.now.z
        return self._plane.lifted(self._plane.point_at(pixel))

    def _sample(self, pixel: QPointF) -> Section | None:
        row, codes = self._plane.nearest(pixel), self._state.now.codes
        if row is None or codes is None:
            return None
        return sample_section(self._state, self._session, int(codes.index[row]))


def head(z: Vector | None) -> str:
    """What the menu speaks of."""
    if z is None:
        return ""
    more = ", ..." if len(z) > MOST else ""
    named = ", ".join(f"{value:.2f}" for value in z[:MOST]).replace("-", "\u2212")
    return f"z = ({named}{more})"


def codes_of(now: Snapshot) -> Columns:
    """Where the model puts each sample: its position in the data, its label and its code."""
    codes, data = now.codes, now.dataset
    if codes is None or data is None:
        return {}
    names = [f"z{i + 1}" for i in range(codes.mean.shape[1])]
    labels = [data.label_name(int(i)) for i in codes.index]
    places = dict(zip(names, codes.mean.T, strict=True))
    return {"sample": codes.index, "label": labels, **places}
