"""What speaks of what: a field goes in the same update as its subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.app.parts.rules import rules_of
from explorer.app.snapshot import NOTHING, Snapshot, preparation_of, space_of
from explorer.models.config import Codes, ModelSnapshot

SUBJECTS: Mapping[str, str] = {
    name: rule.goes_with for name, rule in rules_of(Snapshot).items() if rule.goes_with
}
"""Fields that go back to their defaults where one of the fields that they speak of changes.

What a model draws stays for another moment of its training, until the next is drawn; with the
space that it is of it goes.
"""

VIEWED = frozenset({"dataset", "model", "plane_axes", "training", "history"})
COMPARED = frozenset({"dataset", "model", "selection", "own"})
CAUSES = VIEWED | {"codes", *" ".join(SUBJECTS.values()).split()}
_FRESH = Snapshot()


def following(now: Snapshot, fields: Mapping[str, Any]) -> dict[str, object]:
    """What else changes with ``fields``; what they give themselves only where it does not fit."""
    if fields.keys().isdisjoint(CAUSES | COMPARED):
        return {}
    causes = {name: value for name, value in fields.items() if name in CAUSES}
    moved = {name for name, value in causes.items() if value != getattr(now, name)}
    if "model" in moved and _space(fields["model"]) != now.space:
        moved.add("space")
    gone = {name for name, of in SUBJECTS.items() if not moved.isdisjoint(of.split())}
    if _viewed(now, fields) != _viewed(now, {}):
        gone.add("view")
    more = {name: getattr(_FRESH, name) for name in gone if name not in fields}
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


def _viewed(now: Snapshot, fields: Mapping[str, Any]) -> tuple[object, ...]:
    """What a view chosen by hand holds for, until a training begins to make another space."""
    model, axes = fields.get("model", now.model), fields.get("plane_axes", now.plane_axes)
    training, history = fields.get("training", now.training), fields.get("history", now.history)
    begins = training == "running" and not history
    return (id(fields.get("dataset", now.dataset)), _space(model), axes, begins)
