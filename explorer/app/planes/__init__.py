"""Kinds of planes, one a file: where samples and latent vectors lie, and what a point of it means.

A kind is made with ``@plane("name")`` over a class of `Plane`, or of `PlaneOfRows` where all that
there is to say is where rows of data lie. It knows no widget: any number of views show it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from explorer.app.planes.kind import Mover, Plane, PlaneOfRows, Points, Positions, place, rows_of
from explorer.registry import Registry

__all__ = [
    "Mover", "Plane", "PlaneOfRows", "Points", "Positions", "place", "plane", "planes", "rows_of",
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


planes.discover(__name__)
