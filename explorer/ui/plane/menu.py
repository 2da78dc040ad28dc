"""A plane's right-click menu: take the place that was clicked along, mark it, move the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, Slot
from PySide6.QtWidgets import QMenu

from explorer.app.commands import Context, PlanePoint
from explorer.app.parts.naming import kind_name
from explorer.app.planes import Plane
from explorer.app.session import Session
from explorer.app.snapshot import Snapshot, Vector
from explorer.app.state import State
from explorer.data.dataset import Floats
from explorer.export.things import Columns
from explorer.ui.menus.offers import entries_of, plot_entries, sample_section
from explorer.ui.plane.surface import Surface
from explorer.ui.widgets.overlays.popup import PopupEntry, PopupSection, popup
from explorer.ui.widgets.plane.frame import Point
from explorer.ui.widgets.plane.items.cursor import RADIUS


class PlaneMenu(QObject):
    """Opens on a right click; each entry speaks of the place that its head names."""

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        super().__init__(plane)
        self._plane, self._state, self._session = plane, state, session
        plane.menu_wanted.connect(self._on_plane_menu_wanted)

    @Slot(QPoint)
    def _on_plane_menu_wanted(self, at: QPoint) -> None:
        self.open(at)

    def open(self, at: QPoint) -> QMenu:
        """The menu of a place of the screen."""
        pixel, now = QPointF(self._plane.viewport().mapFromGlobal(at)), self._state.now
        point, kind, about = self._plane.point_at(pixel), self._plane.kind, self._sample(pixel)
        held = self._held(pixel)
        z = kind.unproject_z(now, point) if held is None else held
        sections = [
            PopupSection(kind.spelled(now, point, held), self._place(point, z)),
            PopupSection("", self._entries("path", point, z)),
            PopupSection("", self._numbers()),
        ]
        return popup(self._plane, at, [*([] if about is None else [about]), *sections])

    def _held(self, pixel: QPointF) -> Vector | None:
        """On the cursor, the held z itself."""
        cursor = self._plane.cursor_at
        away = None if cursor is None else QPointF(self._plane.pixel_at(cursor)) - pixel
        near = away is not None and away.manhattanLength() <= RADIUS
        return self._state.now.z if near else None

    def _sample(self, pixel: QPointF) -> PopupSection | None:
        row = self._plane.nearest(pixel)
        sample = None if row is None else self._plane.sample_of(row)
        return None if sample is None else sample_section(self._state, self._session, sample)

    def _place(self, point: Point, z: Vector | None) -> list[PopupEntry]:
        """What is done with the place; where it is no z, the cursor is moved in the plane."""
        kind = self._plane.kind
        if not kind.of_pictures:
            return self._entries("place", point, z)
        context = Context(self._state, self._session, point=PlanePoint(kind.name, point))
        elsewhere = self._entries("place", point, z, without=("place-move",))
        return [*entries_of(context, "point"), *elsewhere]

    def _entries(
        self, menu: str, point: Point, z: Vector | None, without: Sequence[str] = ()
    ) -> list[PopupEntry]:
        """Commands about the z of the place, which is found as one of them is chosen."""
        now, kind = self._state.now, self._plane.kind
        later = None if z is not None else partial(self._with_z, point)
        if z is None and now.z is not None and not kind.immovable(now):
            z = now.z.copy()  # there is one: what can be done with it can be said already
        context = Context(self._state, self._session, place=z)
        return entries_of(context, menu, without=without, later=later)

    def _with_z(self, point: Point, act: Callable[[Vector], object]) -> None:
        self._plane.unproject([point], partial(_with_first, act))

    def _numbers(self) -> list[PopupEntry]:
        """The places of all samples, and the plane as a picture."""
        kind, known = self._plane.kind, self._plane.positions is not None
        table = partial(table_of, kind, self._state.now) if known else None
        return plot_entries(
            self._plane,
            self._session,
            kind_name(kind.name),
            (),
            kind.numbers,
            "the plane",
            table=table,
        )


def _with_first(act: Callable[[Vector], object], z: Floats) -> None:
    act(z[0])


def table_of(kind: Plane, now: Snapshot) -> Columns:
    """A row for each sample whose place is known: its position in the data, label and numbers."""
    index, values, names = kind.table(now)
    if now.dataset is None:
        return {}
    labels = [now.dataset.label_name(int(i)) for i in index]
    numbers = {name: values[:, j] for j, name in enumerate(names)}
    return {"sample": index, "label": labels, **numbers}
