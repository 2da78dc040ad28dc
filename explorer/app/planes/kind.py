"""What every kind of plane has: axes, where samples lie on them, a cursor and what moves it."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from explorer.app import needs
from explorer.app.parts.naming import kind_name
from explorer.app.parts.planes import Place
from explorer.app.snapshot import Index, Snapshot, Vector
from explorer.app.words.spelling import MINUS
from explorer.compute.comparing.sample import Comparison
from explorer.compute.decoding.tiles import Slice
from explorer.data.dataset import Floats
from explorer.errors import DataError

Points = NDArray[np.float32]  # (m, 2)


@dataclass(frozen=True, eq=False)
class Positions:
    """Where samples lie. xy: (n, 2). index: (n,) the sample of each row."""

    xy: Points
    index: Index


class Mover(Protocol):
    """What moves the cursor: the session."""

    def move(self, z: Floats) -> None:
        """Hold another z: (d,)."""

    def move_in(self, plane: str, point: Place) -> None:
        """Put the cursor of a plane somewhere; z follows."""


class Plane:
    """What every kind of plane has; what a kind has not, it leaves as it is here.

    A further view of a kind is the same kind by another name, with axes of its own (`under`).

    positions_of, cursor_of, projects_of: the fields of the state that the places of samples, of the
    cursor and of latent vectors follow from, besides its own axes.
    of_pictures: z lies where its decoded picture lies (`project_rows`); else `project_z` says
    where. in_space: its axes mean something only in a latent space of so many dimensions.
    pictured: a question of its own finds the picture at its cursor, and with it z.
    tip: what is seen, a sentence. numbers: what `table` has, coordinates: what its axes
    say of a point.
    """

    name: str = ""
    title: str = ""
    tip: str = ""
    numbers: str = "the places"
    coordinates: str = "the coordinates"
    order: float = 0
    positions_of: str = "dataset"
    cursor_of: str = "decoded"
    projects_of: str = "model dataset"
    of_pictures: bool = True
    in_space: bool = False
    pictured: bool = False

    def under(self, name: str) -> Self:
        """The same kind as a view of another name has it."""
        made = copy(self)
        made.name = name
        return made

    # -- its axes -----------------------------------------------------------------------------

    def choices(self, now: Snapshot) -> Sequence[str]:
        """The axes that there are to choose from."""
        return ()

    def axis_names(self, now: Snapshot) -> tuple[str, str]:
        """What the two axes shown are called."""
        names = self.choices(now)
        a, b = (names[i] if i < len(names) else "" for i in now.plane(self.name).axes)
        return a, b

    def axes_of(self, now: Snapshot) -> object:
        """What the axes chosen are of: of another one they are the first two again."""
        return id(now.dataset)

    def points_of(self, now: Snapshot) -> object:
        """What the points are of, besides the axes: those of another one are all seen at first."""
        return id(now.dataset)

    def view_of(self, now: Snapshot) -> object:
        """What a view chosen is of, besides the axes: of another one all points are seen."""
        return self.points_of(now)

    def spelled(self, now: Snapshot, point: Place, z: Vector | None = None) -> str:
        """A place in words: as much as its axes say, or the z that it is known to be."""
        numbers = (f"{number:.2f}".replace("-", MINUS) for number in point)
        return ", ".join(map("{} = {}".format, self.axis_names(now), numbers))

    # -- what lies where ----------------------------------------------------------------------

    def absence(self, now: Snapshot) -> str:
        """Why nothing can be seen yet, as a sentence; "" where something can."""
        return ""

    def positions(self, now: Snapshot) -> Positions | None:
        """Where the samples lie, as far as it is known."""
        return None

    def table(self, now: Snapshot) -> tuple[Index, Floats, Sequence[str]]:
        """What there is to copy: samples (n,), their numbers (n, k), the names of the columns."""
        there = self.positions(now)
        if there is None:
            return np.zeros(0, np.int64), np.zeros((0, 2), np.float32), self.axis_names(now)
        return there.index, there.xy, self.axis_names(now)

    def project_z(self, now: Snapshot, z: Floats) -> Points | None:
        """Where latent vectors (m, d) lie, if no picture is needed to know it."""
        return None

    def project_rows(self, now: Snapshot, rows: Floats) -> Points | None:
        """Where rows of data (m, D) lie, in the model's units."""
        return None

    def of_comparison(self, now: Snapshot, seen: Comparison) -> Points | None:
        """Where an own picture lies, of which a comparison tells."""
        row = seen.rows[0]
        return None if row is None else self.project_rows(now, row[None])

    # -- its cursor ---------------------------------------------------------------------------

    def cursor(self, now: Snapshot) -> Place | None:
        """Where it is: where it was put, or else where the decoded picture lies."""
        put = self.put(now)
        if put is not None or now.decoded is None or now.decoded.row is None:
            return put
        return place(self.project_rows(now, now.decoded.row[None]))

    def put(self, now: Snapshot) -> Place | None:
        """Where it was put: here, or in another view of the same kind, whose axes may be others."""
        own, other = now.plane(self.name), now.plane(now.moved)
        if own.cursor is not None or kind_name(now.moved) != kind_name(self.name):
            return own.cursor
        if other.cursor is None or other.axes == own.axes:
            return other.cursor
        rows = self.under(now.moved).unproject_rows(now, np.array([other.cursor], np.float32))
        return None if rows is None else place(self.project_rows(now, rows))

    def of_sample(self, now: Snapshot, sample: int) -> Place | None:
        """Where the cursor is put as a sample is gone to; None where it follows z."""
        there = self.positions(now)
        return None if there is None else place(there.xy[there.index == sample])

    def immovable(self, now: Snapshot) -> str:
        """Why the cursor cannot be moved here, as a sentence; "" where it can.

        It can where points are known to be rows (`unproject_rows`).
        """
        if type(self).unproject_rows is Plane.unproject_rows:
            return "A point of this plane is no picture: the cursor only follows"
        return self.absence(now) or needs.missing(now, "data")

    def unproject_z(self, now: Snapshot, point: Place) -> Vector | None:
        """The z (d,) that a point stands for, if no picture is needed to know it."""
        return None

    def unproject_rows(self, now: Snapshot, points: Points) -> Floats | None:
        """The rows of data (m, D) that points (m, 2) stand for; z is where they are encoded."""
        return None

    def move(self, now: Snapshot, mover: Mover, point: Place) -> None:
        """Move the cursor to a point; nothing where it cannot be moved."""
        if not self.immovable(now):
            mover.move_in(self.name, point)

    # -- its pictures -------------------------------------------------------------------------

    @property
    def has_pictures(self) -> bool:
        """Whether its points stand for anything that can be drawn (`slice_of`)."""
        return type(self).unproject_rows is not Plane.unproject_rows

    def slice_of(self, now: Snapshot) -> Slice | None:
        """What all its points stand for: the rows that they are known to be; None where none is.

        The rows follow from what the places of rows follow from, which is no model.
        """
        data, axes = now.dataset, now.plane(self.name).axes
        if data is None or not self.has_pictures or self.absence(now):
            return None
        names = {"dataset", *self.projects_of.split()} - {"model"}
        subject = {name: getattr(now, name) for name in sorted(names)}
        key = (kind_name(self.name), axes, *subject.values())
        return Slice(key, key, subject, data.preparation, partial(self._rows_at, now))

    def _rows_at(self, now: Snapshot, points: Points) -> Floats:
        rows = self.unproject_rows(now, points)
        if rows is None:
            raise DataError(f"the points of the {self.title} are no rows of this data")
        return rows


class PlaneOfRows(Plane):
    """A plane of which all is said by where a row of data lies: give `lay`, and a title."""

    def lay(self, now: Snapshot, rows: Floats) -> NDArray[np.floating]:
        """Rows of data (m, D) in the model's units, as points (m, 2)."""
        raise NotImplementedError

    def positions(self, now: Snapshot) -> Positions | None:
        """Every sample, by its row."""
        if now.dataset is None:
            return None
        xy = self.project_rows(now, rows_of(now))
        return None if xy is None else Positions(xy, np.arange(len(xy)))

    def project_rows(self, now: Snapshot, rows: Floats) -> Points | None:
        """As `lay` says."""
        return np.asarray(self.lay(now, rows), np.float32)


def rows_of(now: Snapshot) -> Floats:
    """Every sample of the data set as a row (n, D) in the model's units."""
    data = now.dataset
    if data is None:
        return np.zeros((0, 0), np.float32)
    return data.unit(slice(None))


def place(xy: NDArray[np.floating] | None) -> Place | None:
    """The first of the points (m, 2), as plain numbers; None where there is none."""
    return None if xy is None or not len(xy) else (float(xy[0, 0]), float(xy[0, 1]))
