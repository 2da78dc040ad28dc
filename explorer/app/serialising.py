"""The state as JSON and back: the file of a session is this, and what its references name.

A part is an object of its fields. A field is kept as a value, as a reference to what is opened
again, or not at all where it is found anew; which of them, the field says
(`explorer.app.parts.rules`).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from explorer.app.parts.rules import FieldRule, Kept, rules_of
from explorer.app.parts.subject import SubjectPart
from explorer.app.snapshot import PARTS, Snapshot
from explorer.compute.references import Library
from explorer.config import from_json, to_json, value_from_json
from explorer.errors import Cancelled, ExplorerError, SettingsError

VERSION = 1
LOOKED_AT = ("dataset", "model")  # where one of them is lost, what was of it goes without a word
Json = dict[str, Any]
_RULES = rules_of(Snapshot)
_HINTS = {name: hint for part in PARTS.values() for name, hint in get_type_hints(part).items()}


@dataclass(frozen=True)
class Reopened:
    """fields: for ``State.renew``. lost: what could not be brought back, each with why."""

    fields: Mapping[str, Any]
    lost: Mapping[str, str] = field(default_factory=dict)

    @property
    def error(self) -> SettingsError | None:
        """One sentence on all that is lost; None where nothing is."""
        if not self.lost:
            return None
        told = ", ".join(f"the {n.replace('_', ' ')} ({why})" for n, why in self.lost.items())
        return SettingsError(f"not all can be brought back, {told}", remedy="the rest is")


def to_file(now: Snapshot) -> Json:
    """``now`` as JSON: the fields of each part under its name."""
    parts = {
        name: {field: field_json(rule, getattr(now, field)) for field, rule in _kept(part)}
        for name, part in PARTS.items()
    }
    return {"version": VERSION, **parts}


def field_json(rule: FieldRule, value: Any) -> Any:
    """One field as JSON, by its rule."""
    if value is None or rule.reference is None:
        return to_json(value)
    return to_json(rule.reference.of(value))


def field_text(name: str, value: Any) -> str:
    """A field as text, for what a window remembers: the same JSON as in the file of a session."""
    return json.dumps(field_json(_RULES[name], value))


def field_from_text(name: str, text: str) -> Any:
    """What `field_text` wrote. Raises SettingsError for what is no such field."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise SettingsError(f"what was remembered of {name} is no JSON") from error
    value = value_from_json(_HINTS[name], data)
    if not _fits(name, _RULES[name], value, SubjectPart()):
        raise SettingsError(f"what was remembered of {name} does not fit")
    return value


def from_file(data: Any, library: Library) -> Reopened:
    """What `to_file` wrote, with what its references name. Raises SettingsError for another file.

    What cannot be read, found or shown beside the rest is left at its default, and named; what only
    a later version knows is passed over.
    """
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise SettingsError("this is no session of this version", remedy="open another file")
    fields, lost, subject = Json(), dict[str, str](), SubjectPart()
    for name, rule, hint, given in _given(data):
        try:
            value = _value(rule, hint, given, library)
        except Cancelled:
            raise
        except ExplorerError as error:
            lost[name] = str(error)
            continue
        if _fits(name, rule, value, subject):
            fields[name] = value
            if name in LOOKED_AT:
                subject = dataclasses.replace(subject, **{name: value})
        elif lost.keys().isdisjoint(LOOKED_AT):
            lost[name] = "it does not fit what is shown"
    return Reopened(fields, lost)


def _fits(name: str, rule: FieldRule, value: Any, subject: SubjectPart) -> bool:
    """What a field is on the first day fits whatever is shown."""
    if value is None or rule.fits is None or rule.fits(value, subject):
        return True
    return bool(to_json(value) == to_json(getattr(Snapshot(), name)))


def _value(rule: FieldRule, hint: Any, given: Any, library: Library) -> Any:
    if rule.reference is None:
        return value_from_json(hint, given)
    return None if given is None else from_json(rule.reference, given).found(library)


def _given(data: Json) -> Iterator[tuple[str, FieldRule, Any, Any]]:
    """(name, rule, type, JSON) of each field that is there; data and model come first."""
    for part_name, part in PARTS.items():
        given = data.get(part_name)
        for name, rule in _kept(part):
            if isinstance(given, dict) and name in given:
                yield name, rule, _HINTS[name], given[name]


def _kept(part: type) -> list[tuple[str, FieldRule]]:
    return [(name, rule) for name, rule in rules_of(part).items() if rule.kept is not Kept.NOT]
