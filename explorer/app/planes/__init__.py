"""Kinds of planes, one a file: where samples and latent vectors lie, and what a point of it means.

A kind is made with ``@plane("name")`` over a class of `Plane`, or of `PlaneOfRows` where all that
there is to say is where rows of data lie. It knows no widget: any number of views show it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from explorer.app.parts.naming import kind_name, number_of
from explorer.app.planes.kind import Mover, Plane, PlaneOfRows, Points, Positions, place, rows_of
from explorer.app.snapshot import Snapshot
from explorer.registry import Registry

__all__ = [
    "Mover", "Plane", "PlaneOfRows", "Points", "Positions", "all_planes", "place", "plane",
    "plane_named", "planes", "rows_of",
]  # fmt: skip

planes: Registry[Plane] = Registry("plane")
Kind = TypeVar("Kind", bound=type[Plane])


def plane(name: str) -> Callable[[Kind], Kind]:
    """Decorator: a class of `Plane` is a kind of plane from now on, by that name."""

    def add(kind: Kind) -> Kind:
        made = kind()
        made.name = name
        planes.register(name)(made)
        return kind

    return add


def plane_named(name: str) -> Plane:
    """A kind of plane, or that of a further view by its name (`explorer.app.parts.naming`)."""
    if name in planes:
        return planes[name]
    made = planes[kind_name(name)].under(name)
    made.title = f"{made.title} ({number_of(name)})"
    return made


def all_planes(now: Snapshot) -> list[Plane]:
    """Each kind, as its first view has it, and each further view that is open."""
    return [*planes.values(), *map(plane_named, now.views)]


planes.discover(__name__)
