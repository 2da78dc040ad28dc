"""What speaks of what: a field goes in the same update as its subject."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from explorer.app.parts.naming import kind_name
from explorer.app.parts.planes import FIRST, LATENT, SAMPLE, PlaneState, PlaneStates
from explorer.app.parts.rules import rules_of
from explorer.app.planes import Plane, all_planes
from explorer.app.snapshot import NOTHING, Snapshot, preparation_of, space_of
from explorer.models.config import Codes, ModelSnapshot

SUBJECTS: Mapping[str, str] = {
    name: rule.goes_with for name, rule in rules_of(Snapshot).items() if rule.goes_with
}
"""Fields that go back to their defaults where one of the fields that they speak of changes.

What a model draws stays for another moment of its training, until the next is drawn; with the
space that it is of it goes.
"""

VIEWED = frozenset({"dataset", "model", "planes", "views", "moved", "training", "moments"})
COMPARED = frozenset({"dataset", "model", "selection", "own"})
CAUSES = VIEWED | {"codes", *" ".join(SUBJECTS.values()).split()}
_FRESH = Snapshot()


def following(now: Snapshot, fields: Mapping[str, Any]) -> dict[str, object]:
    """What else changes with ``fields``; what they give themselves only where it does not fit."""
    causes = {name: value for name, value in fields.items() if name in CAUSES}
    moved = {name for name, value in causes.items() if value != getattr(now, name)}
    if "model" in moved and _space(fields["model"]) != now.space:
        moved.add("space")
    gone = {name for name, of in SUBJECTS.items() if not moved.isdisjoint(of.split())}
    more: dict[str, object] = {name: getattr(_FRESH, name) for name in gone if name not in fields}
    if not VIEWED.isdisjoint(fields):
        more |= _planes(now, dataclasses.replace(now, **fields))
    if not moved.isdisjoint(("dataset", "model", "codes")):
        more["codes"] = _owned(now, fields)
    return more if fields.keys().isdisjoint(COMPARED) else more | _one_compared(now, fields)


def _space(model: ModelSnapshot | None) -> str | None:
    return None if model is None else space_of(model)


def _owned(now: Snapshot, fields: Mapping[str, Any]) -> Codes | None:
    """The codes after an update, if the model then shown made them of the data then shown."""
    model, codes = fields.get("model", now.model), fields.get("codes", now.codes)
    if codes is None or model is None or codes.model_id != model.id:
        return None
    moved = fields.get("dataset", now.dataset) is not now.dataset
    return None if moved and codes is now.codes else codes


def _one_compared(now: Snapshot, fields: Mapping[str, Any]) -> dict[str, object]:
    """So that what is compared is one thing: samples or own pictures, whichever came last.

    Own pictures go where data or model are of another form.
    """
    own, selection = fields.get("own", now.own), fields.get("selection", NOTHING)
    if own is None:
        return {}
    data, model = fields.get("dataset", now.dataset), fields.get("model", now.model)
    replaced = "own" not in fields and len(selection) > 0
    if replaced or not own.picture.fits(preparation_of(data, model)):
        return {"own": None}
    return {"selection": NOTHING} if "own" in fields else {}


def _planes(now: Snapshot, after: Snapshot) -> dict[str, object]:
    """Views and cursors go with what they were chosen of; where the one moved goes, z leads."""
    kept: PlaneStates = {kind.name: _plane(kind, now, after) for kind in all_planes(after)}
    fields: dict[str, object] = {}
    closed = {n for n in after.planes.keys() - kept.keys() if kind_name(n) != n}
    if closed or any(kept[name] is not after.plane(name) for name in kept):
        planes = {**after.planes, **kept}
        fields["planes"] = {name: plane for name, plane in planes.items() if name not in closed}
    if after.moved not in (LATENT, SAMPLE) and kept.get(after.moved, FIRST).cursor is None:
        fields["moved"] = LATENT
    return fields


def _plane(kind: Plane, now: Snapshot, after: Snapshot) -> PlaneState:
    """What the update itself chose for a plane stays."""
    old, new = now.plane(kind.name), after.plane(kind.name)
    if new is old and kind.axes_of(now) != kind.axes_of(after):
        return FIRST
    turned = old.axes != new.axes
    other = turned or kind.view_of(now) != kind.view_of(after)
    gone: dict[str, Any] = {"view": None} if other and new.view is old.view else {}
    gone |= {"cursor": None} if turned and new.cursor is old.cursor else {}
    return new if all(getattr(new, n) is None for n in gone) else dataclasses.replace(new, **gone)
