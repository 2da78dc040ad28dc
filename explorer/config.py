"""Dataclasses that are at once JSON, command-line flags and forms.

A field made by `setting` carries its label, help and range; whoever shows or checks it reads them
from there. Validation is msgspec's: strict, with the path of the offending field in the error.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_type_hints

import msgspec

from explorer.errors import SettingsError

C = TypeVar("C")


@dataclass(frozen=True)
class Setting:
    """What a form or a command line needs to know of one field."""

    name: str
    type: Any
    default: Any
    label: str
    help: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


def setting(
    default: Any,
    label: str,
    help: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: Sequence[str] = (),
) -> Any:
    """A dataclass field with a label, a sentence of help and the range of its values."""
    meta = {"label": label, "help": help, "low": low, "high": high, "choices": tuple(choices)}
    return dataclasses.field(default=default, metadata=meta)


def settings_of(cls: type) -> list[Setting]:
    """The fields of ``cls`` that were made by `setting`, in order."""
    hints = get_type_hints(cls)
    return [
        Setting(name=f.name, type=hints[f.name], default=f.default, **f.metadata)
        for f in dataclasses.fields(cls)
        if "label" in f.metadata
    ]


def to_json(value: Any) -> Any:
    """Plain lists, dicts, numbers and strings that `from_json` turns back into an equal value."""
    return msgspec.to_builtins(value)


def from_json(cls: type[C], data: Any, *, where: str | None = None) -> C:
    """A checked ``cls`` from parsed JSON; raises SettingsError with the path of what is wrong."""
    try:
        value = msgspec.convert(data, cls, strict=True)
    except msgspec.ValidationError as error:
        raise SettingsError(
            f"the settings do not fit: {error}", where=where, remedy="correct that field"
        ) from error
    check(value, where=where)
    return value


def check(value: Any, *, where: str | None = None) -> None:
    """Raise SettingsError where a field of a dataclass lies outside its range or choices."""
    for field in settings_of(type(value)):
        given = getattr(value, field.name)
        if field.choices and given is not None and given not in field.choices:
            remedy = f"choose one of {', '.join(field.choices)}"
        elif not isinstance(given, (int, float)):
            continue
        elif given != given or (field.low is not None and given < field.low):
            remedy = f"give {field.low:g} or more" if field.low is not None else "give a number"
        elif field.high is not None and given > field.high:
            remedy = f"give {field.high:g} or less"
        else:
            continue
        raise SettingsError(f"{field.name} = {given!r} is out of range", where=where, remedy=remedy)


def with_overrides(value: C, overrides: Mapping[str, str]) -> C:
    """A copy with fields set from text (``--set name=value``); raises SettingsError."""
    names = {f.name for f in dataclasses.fields(value)}  # type: ignore[arg-type]
    for name in overrides:
        if name not in names:
            raise SettingsError(
                f"there is no setting called {name!r}",
                remedy=f"choose one of {', '.join(sorted(names))}",
            )
    try:
        merged = msgspec.convert({**to_json(value), **overrides}, type(value), strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(
            f"a setting does not fit: {error}", remedy="correct its value"
        ) from error
    check(merged)
    return merged
