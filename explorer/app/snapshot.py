"""The whole state: its parts together, frozen, replaced, never edited.

The parts are inherited, so every field is read and replaced by its own name: ``now.z``. `part_of`
takes one part out. What undo, a session's file and another subject do to a field is said where the
field is (`explorer.app.parts.rules`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from explorer.app.parts.path import PathPart
from explorer.app.parts.planes import PlanesPart
from explorer.app.parts.selection import SelectionPart
from explorer.app.parts.subject import SubjectPart
from explorer.app.parts.training import TrainingPart
from explorer.app.parts.values import (
    NOTHING,
    Action,
    Bookmark,
    Index,
    LayerAppearance,
    Mask,
    Message,
    Vector,
    View,
    preparation_of,
    space_of,
)
from explorer.app.parts.view import ViewPart
from explorer.compute.comparing.sample import Comparison

__all__ = [
    "DERIVED", "NOTHING", "PARTS", "Action", "Bookmark", "Index", "LayerAppearance", "Mask",
    "Message", "Snapshot", "Vector", "View", "part_of", "preparation_of",
    "replaced", "space_of",
]  # fmt: skip

Part = TypeVar("Part")

PARTS: Mapping[str, type] = {
    "subject": SubjectPart,
    "planes": PlanesPart,
    "selection": SelectionPart,
    "path": PathPart,
    "view": ViewPart,
    "training": TrainingPart,
}
"""The parts by the names that a file calls them; the first is what others are read beside."""


@dataclass(frozen=True, eq=False)
class Snapshot(SubjectPart, PlanesPart, SelectionPart, PathPart, ViewPart, TrainingPart):
    """Everything on screen follows from this value."""

    @property
    def bookmarks_here(self) -> tuple[Bookmark, ...]:
        """Those of the model shown."""
        space = self.space
        return () if space is None else tuple(m for m in self.bookmarks if m.space == space)

    @property
    def own_comparison(self) -> Comparison | None:
        """The comparison, where it is of the own picture that is looked at."""
        seen = self.comparison
        if self.own is None or seen is None or seen.own is not self.own.picture:
            return None
        return seen


def replaced(snapshot: Snapshot, fields: Mapping[str, object]) -> Snapshot:
    """As `dataclasses.replace`, in a tenth of the time: a drag asks for it twice a frame."""
    after = object.__new__(Snapshot)
    after.__dict__.update(snapshot.__dict__)
    after.__dict__.update(fields)
    return after


def part_of(snapshot: Snapshot, part: type[Part]) -> Part:
    """The fields of one part alone."""
    names: Any = part
    return part(**{f.name: getattr(snapshot, f.name) for f in dataclasses.fields(names)})


DERIVED = {"sample": "selection", "space": "model"}
"""What follows from a field, and can be watched and be a subject as if it were one itself."""
