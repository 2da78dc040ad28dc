"""How the planes are seen: their axes, what of them is shown, and where the cursor is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from explorer.app.parts import fitting
from explorer.app.parts.naming import further, kind_name
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
VIEW = Named("plane", views=True)
PLANE_FIELDS = ("axes", "view", "cursor")
PlaneStates = Mapping[str, PlaneState]


@dataclass(frozen=True, eq=False)
class PlanesPart:
    """planes: by the names of their kinds (`explorer.app.planes`), further views by their own.

    Those left out are as at first. views: the further ones that are open (`parts.naming`).
    moved: the plane in which the cursor was last moved, which z and the other cursors follow;
    "sample": every cursor is at the sample that was gone to.
    pca_decoded: the picture at the cursor of the PCA plane, which is one for all its views.
    seen: the kinds of planes on the screen, each as often as there are views of it.
    """

    planes: PlaneStates = chosen(factory=dict, fits=fitting.are_planes, names=VIEW)
    views: tuple[str, ...] = passing(
        (), reason="which windows are open", kept=True, setting=True,
        fits=fitting.are_further, names=VIEW,
    )  # fmt: skip
    moved: str = chosen(LATENT, in_space=True, names=Named("plane", also=(SAMPLE,), views=True))
    pca_decoded: LinearDecoded | None = answer("dataset", to="the picture at the PCA cursor")
    seen: tuple[str, ...] = passing((), reason="what is on the screen", setting=True)

    def plane(self, name: str) -> PlaneState:
        """How one plane is looked at."""
        return self.planes.get(name, FIRST)

    def planes_with(self, name: str, **changes: Any) -> PlaneStates:
        """All planes, where one has other axes, another view or cursor."""
        return {**self.planes, name: replace(self.plane(name), **changes)}

    def views_with(self, kind: str) -> dict[str, object]:
        """The fields with another view of a kind: its axes and what it shows are as in the first.

        It has the same cursor, too: that of the sample gone to, or the one that is of all views.
        """
        first, name = self.plane(kind), further(kind, self.views)
        made = first if self.moved == SAMPLE else replace(first, cursor=None)
        return {"views": (*self.views, name), "planes": {**self.planes, name: made}}

    def planes_following(self) -> PlaneStates:
        """All planes, where each cursor follows z."""
        if all(plane.cursor is None for plane in self.planes.values()):
            return self.planes
        return {name: replace(plane, cursor=None) for name, plane in self.planes.items()}


def plane_fields(before: PlaneStates, after: PlaneStates) -> set[str]:
    """What differs, as "planes.NAME.FIELD"; the cursor of a further view as the first's, too."""
    differing = [
        (name, field)
        for name in before.keys() | after.keys()
        for field in PLANE_FIELDS
        if getattr(before.get(name, FIRST), field) != getattr(after.get(name, FIRST), field)
    ]
    shared = {f"planes.{kind_name(name)}.{field}" for name, field in differing if field == "cursor"}
    return shared | {f"planes.{name}.{field}" for name, field in differing}


def is_plane_field(name: str) -> bool:
    """Whether a name is "planes.NAME.FIELD"."""
    parts = name.split(".")
    return len(parts) == 3 and parts[0] == "planes" and parts[2] in PLANE_FIELDS
