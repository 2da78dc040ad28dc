"""How the planes are seen: their axes, what of them is shown, and where the cursor is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from explorer.app.parts import fitting
from explorer.app.parts.rules import Named, answer, chosen, passing
from explorer.app.parts.values import View
from explorer.compute.decoding.linear import LinearDecoded

Place = tuple[float, float]  # a point of a plane, in its own units
LATENT, SAMPLE = "latent", "sample"


@dataclass(frozen=True)
class PlaneState:
    """axes: the two that are shown. view: what the user chose to see; None for all points.

    cursor: where it was put in this plane; None where it follows z.
    """

    axes: tuple[int, int] = (0, 1)
    view: View | None = None
    cursor: Place | None = None


FIRST = PlaneState()
PLANE_FIELDS = ("axes", "view", "cursor")
PlaneStates = Mapping[str, PlaneState]


@dataclass(frozen=True, eq=False)
class PlanesPart:
    """planes: by the names of their kinds (`explorer.app.planes`); those left out are as at first.

    moved: the plane in which the cursor was last moved, which z and the other cursors follow;
    "sample": every cursor is at the sample that was gone to.
    pca_decoded: the picture at the cursor of the PCA plane.
    seen: the planes on the screen, each as often as there are views of it.
    """

    planes: PlaneStates = chosen(factory=dict, fits=fitting.are_planes, names=Named("plane"))
    moved: str = chosen(LATENT, in_space=True, names=Named("plane", also=(SAMPLE,)))
    pca_decoded: LinearDecoded | None = answer("dataset", to="the picture at the PCA cursor")
    seen: tuple[str, ...] = passing((), reason="what is on the screen", setting=True)

    def plane(self, name: str) -> PlaneState:
        """How one plane is looked at."""
        return self.planes.get(name, FIRST)

    def planes_with(self, name: str, **changes: Any) -> PlaneStates:
        """All planes, where one has other axes, another view or cursor."""
        return {**self.planes, name: replace(self.plane(name), **changes)}

    def planes_following(self) -> PlaneStates:
        """All planes, where each cursor follows z."""
        if all(plane.cursor is None for plane in self.planes.values()):
            return self.planes
        return {name: replace(plane, cursor=None) for name, plane in self.planes.items()}


def plane_fields(before: PlaneStates, after: PlaneStates) -> set[str]:
    """What differs, as "planes.NAME.FIELD"."""
    return {
        f"planes.{name}.{field}"
        for name in before.keys() | after.keys()
        for field in PLANE_FIELDS
        if getattr(before.get(name, FIRST), field) != getattr(after.get(name, FIRST), field)
    }


def is_plane_field(name: str) -> bool:
    """Whether a name is "planes.NAME.FIELD"."""
    parts = name.split(".")
    return len(parts) == 3 and parts[0] == "planes" and parts[2] in PLANE_FIELDS
