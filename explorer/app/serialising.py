"""The state as JSON and back: the file of a session is this, and what its references name.

A part is an object of its fields. A field is kept as a value, as a reference to what is opened
again, or not at all where it is found anew; which of them, the field says
(`explorer.app.parts.rules`).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from explorer.app.parts.naming import kind_name
from explorer.app.parts.rules import FieldRule, Kept, Named, rules_of
from explorer.app.parts.subject import SubjectPart
from explorer.app.snapshot import PARTS, Snapshot
from explorer.compute.references import Library
from explorer.config import from_json, to_json, value_from_json
from explorer.errors import Cancelled, ExplorerError, SettingsError

VERSION = 1
LOOKED_AT = ("dataset", "model")  # where one of them is lost, what was of it goes without a word
Json = dict[str, Any]
Names = Mapping[str, Collection[str]]  # by kind: "tool" -> those that there are
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


def field_from_text(name: str, text: str, names: Names) -> Any:
    """What `field_text` wrote, of its keys or items those that `names` knows.

    Raises SettingsError for what is no such field, and for a word that is none of the names.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise SettingsError(f"what was remembered of {name} is no JSON") from error
    value, rule = value_from_json(_HINTS[name], data), _RULES[name]
    if not _fits(name, rule, value, SubjectPart()):
        raise SettingsError(f"what was remembered of {name} does not fit")
    missing = [] if rule.names is None else unknown_names(rule.names, value, names)
    if missing and isinstance(value, str):
        raise SettingsError(f"what was remembered of {name} is no more")
    return _without(missing, value)


def from_file(data: Any, library: Library, names: Names) -> Reopened:
    """What `to_file` wrote, with what its references name. Raises SettingsError for another file.

    What cannot be read, found or shown beside the rest is left at its default, and named; what only
    a later version knows is passed over. names: for every kind that a rule names.
    """
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise SettingsError("this is no session of this version", remedy="open another file")
    reading = _Reading(library, names)
    for name, rule, hint, given in _given(data):
        reading.take(name, rule, hint, given)
    return Reopened(reading.fields, reading.lost)


class _Reading:
    """Takes field by field, data and model first, and knows what is lost."""

    def __init__(self, library: Library, names: Names) -> None:
        self.fields, self.lost = Json(), dict[str, str]()
        self._library, self._names, self._subject = library, names, SubjectPart()

    def take(self, name: str, rule: FieldRule, hint: Any, given: Any) -> None:
        """The value, or why there is none."""
        try:
            value = _value(rule, hint, given, self._library)
            value = self._with_known_names(name, rule.names, value)
        except Cancelled:
            raise
        except ExplorerError as error:
            self.lost[name] = str(error)
            return
        if _fits(name, rule, value, self._subject):
            self.fields[name] = value
            if name in LOOKED_AT:
                self._subject = dataclasses.replace(self._subject, **{name: value})
        elif self.lost.keys().isdisjoint(LOOKED_AT):
            self.lost[name] = "it does not fit what is shown"

    def _with_known_names(self, name: str, rule: Named | None, value: Any) -> Any:
        """The value; of an object those keys that are known. Raises SettingsError for a word."""
        missing = [] if rule is None else unknown_names(rule, value, self._names)
        if not missing or rule is None:
            return value
        said = f"there is no {rule.kind} called {', '.join(map(repr, missing))}"
        if isinstance(value, str):
            raise SettingsError(said)
        self.lost[name] = said
        return _without(missing, value)


def unknown_names(rule: Named, value: Any, names: Names) -> list[str]:
    """Those names in a value that nothing has: the word that it is, its keys, or its items."""
    there = {*names[rule.kind], *rule.also}
    given = [value] if isinstance(value, str) else value
    return [name for name in given if (kind_name(name) if rule.views else name) not in there]


def _without(missing: Collection[str], value: Any) -> Any:
    """The keys of a value, or its items, but for those that are missing."""
    if isinstance(value, Mapping):
        return {key: part for key, part in value.items() if key not in missing}
    return type(value)(name for name in value if name not in missing) if missing else value


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
