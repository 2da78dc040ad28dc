"""What speaks of what: a field goes in the same update as its subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.app.snapshot import Snapshot, space_of
from explorer.models.config import Codes

SUBJECTS: Mapping[str, str] = {
    "pca": "dataset", "pca_scores": "dataset", "pca_axes": "dataset", "comparison": "dataset",
    "decoded": "dataset", "hover": "dataset", "brushed": "dataset",
    "pca_view": "dataset pca_axes",
    "film": "path", "survey": "path", "path_at": "path",
}  # fmt: skip
"""Fields that go back to their defaults where one of the fields that they speak of changes."""

VIEWED = frozenset({"dataset", "model", "plane_axes", "training", "history"})
CAUSES = VIEWED | {"codes", *" ".join(SUBJECTS.values()).split()}
_FRESH = Snapshot()


def following(now: Snapshot, fields: Mapping[str, Any]) -> dict[str, object]:
    """What else changes with ``fields``; nothing that they give themselves."""
    if fields.keys().isdisjoint(CAUSES):
        return {}
    causes = {name: value for name, value in fields.items() if name in CAUSES}
    moved = {name for name, value in causes.items() if value != getattr(now, name)}
    gone = {name for name, of in SUBJECTS.items() if not moved.isdisjoint(of.split())}
    if "model" in moved and fields["model"] is None:
        gone.add("decoded")
    if _viewed(now, fields) != _viewed(now, {}):
        gone.add("view")
    more = {name: getattr(_FRESH, name) for name in gone if name not in fields}
    if not moved.isdisjoint(("dataset", "model", "codes")):
        more["codes"] = _owned(now, fields)
    return more


def _owned(now: Snapshot, fields: Mapping[str, Any]) -> Codes | None:
    """The codes after an update, if the model then shown made them of the data then shown."""
    model, codes = fields.get("model", now.model), fields.get("codes", now.codes)
    if codes is None or model is None or codes.model_id != model.id:
        return None
    moved = fields.get("dataset", now.dataset) is not now.dataset
    return None if moved and codes is now.codes else codes


def _viewed(now: Snapshot, fields: Mapping[str, Any]) -> tuple[object, ...]:
    """What a view chosen by hand holds for, until a training begins to make another space."""
    model, axes = fields.get("model", now.model), fields.get("plane_axes", now.plane_axes)
    training, history = fields.get("training", now.training), fields.get("history", now.history)
    space = None if model is None else space_of(model)
    begins = training == "running" and not history
    return (id(fields.get("dataset", now.dataset)), space, axes, begins)
