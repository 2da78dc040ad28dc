"""Dataclasses that are at once JSON, command-line flags and forms.

A field made by `setting` carries its label, help and range; whoever shows or checks it reads them
from there. Validation is msgspec's: strict, with the path of the offending field in the error.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from inspect import get_annotations
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from explorer.errors import SettingsError

C = TypeVar("C")


@dataclass(frozen=True)
class Setting:
    """What a form or a command line needs to know of one field.

    words: of each choice the value, what a form calls it, and a sentence on it; none where it is
    called as it is. step: what an arrow or the wheel changes; 0 for 1, or for a number that is
    written. group: what it is about, one of several that a form has. of_data: whether its value is
    in the units of the data, so that it means nothing for other data.
    """

    name: str
    type: Any
    default: Any
    label: str
    help: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    words: tuple[tuple[str, str, str], ...] = ()
    step: float = 0.0
    group: str = ""
    of_data: bool = False


def setting(
    default: Any,
    label: str,
    help: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: Sequence[str] | Mapping[str, tuple[str, str]] = (),
    step: float = 0.0,
    group: str = "",
    of_data: bool = False,
    **more: str,
) -> Any:
    """A dataclass field with a label, a sentence of help and the range of its values.

    choices: the values, or each with what a form calls it and a sentence on it. step, group,
    of_data: as in `Setting`. more: what only a command line tells of it, as ``metavar``,
    ``unset``, and ``flag``, its name there.
    """
    named = choices if isinstance(choices, Mapping) else {}
    words = tuple((value, *told) for value, told in named.items())
    meta: dict[str, Any] = {"label": label, "help": help, "low": low, "high": high}
    meta |= {"choices": tuple(choices), "words": words}
    meta |= {"step": step, "group": group, "of_data": of_data}
    return dataclasses.field(default=default, metadata={**meta, **more})


def settings_of(cls: type) -> list[Setting]:
    """The fields of ``cls`` that were made by `setting`, in order."""
    known = {f.name for f in dataclasses.fields(Setting)}
    return [
        Setting(
            f.name,
            _type_of(cls, f.name),
            f.default,
            **{k: v for k, v in f.metadata.items() if k in known},
        )
        for f in dataclasses.fields(cls)
        if "label" in f.metadata
    ]


@functools.cache  # a hint takes 0.2 ms, and forms ask for all of them in one turn
def _type_of(cls: type, name: str) -> Any:
    """The type of one field. Those of fields beside it may be known to type checkers only."""
    owner = next(base for base in cls.__mro__ if name in get_annotations(base))
    told = {name: get_annotations(owner)[name]}
    alone = type(owner.__name__, (), {"__annotations__": told, "__module__": owner.__module__})
    return get_type_hints(alone)[name]


def to_json(value: Any) -> Any:
    """Plain lists, dicts, numbers and strings that `from_json` turns back into an equal value."""
    return msgspec.to_builtins(value, enc_hook=_plain)


def from_json(cls: type[C], data: Any, *, where: str | None = None) -> C:
    """A checked ``cls`` from parsed JSON; raises SettingsError with the path of what is wrong."""
    value: C = value_from_json(cls, data, where=where)
    return value


def value_from_json(hint: Any, data: Any, *, where: str | None = None) -> Any:
    """A checked value of any type hint, ``NDArray[...] | None`` too. Raises SettingsError."""
    try:
        value = msgspec.convert(data, hint, strict=True, dec_hook=_array)
    except msgspec.ValidationError as error:
        raise SettingsError(
            f"the settings do not fit: {_plainly(error)}", where=where, remedy="correct that field"
        ) from error
    except UnicodeError as error:  # JSON may hold halves of letters
        raise SettingsError(
            "the settings do not fit: they hold text that is none", where=where, details=str(error)
        ) from error
    if dataclasses.is_dataclass(value):
        check(value, where=where)
    return value


def _plain(value: Any) -> Any:
    """An array as nested lists."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is no JSON")


def _array(hint: Any, data: Any) -> Any:
    """Nested lists as the array of finite numbers that ``hint``, an NDArray[...], asks for."""
    import numpy as np  # here, so that whoever reads plain settings needs no arrays

    (dtype,) = get_args(get_args(hint)[1])
    found = np.asarray(data)
    if found.size and not np.can_cast(found.dtype, dtype, "same_kind"):
        raise ValueError(f"it is no list of {np.dtype(dtype).name} numbers")
    with np.errstate(over="ignore"):  # which is found here
        array = found.astype(dtype)
    if not np.isfinite(array).all():
        raise ValueError("it holds a number that is not finite")
    array.flags.writeable = False
    return array


def _plainly(error: msgspec.ValidationError) -> str:
    """msgspec's sentence in words that are not Python's: ``heat is text, not a number``."""
    mismatch = _MISMATCH.fullmatch(str(error))
    if mismatch is None:
        return str(error).replace("`", "").replace("$.", "")
    wanted, got, path = mismatch.groups()
    nouns = " or ".join(_NOUNS.get(name, name) for name in wanted.split(" | "))
    return f"{path or 'all of it'} is {_NOUNS.get(got, got)}, not {nouns}"


_MISMATCH = re.compile(r"Expected `(.+?)`, got `(.+?)`(?: - at `\$\.?(.*)`)?")
_NOUNS = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "a group of settings",
    "null": "nothing",
}


def check(
    value: Any, *, where: str | None = None, spelled: Mapping[str, str] | None = None
) -> None:
    """Raise SettingsError where a field of a dataclass lies outside its range or choices.

    spelled: the flag that each field was given with.
    """
    for field in settings_of(type(value)):
        given = getattr(value, field.name)
        if given is None and field.default is None:  # the setting is left open
            continue
        if field.choices and given not in (*field.choices, field.default):
            remedy = f"choose one of {', '.join(field.choices)}"
        elif not isinstance(given, (int, float)):
            continue
        elif not math.isfinite(given) or (field.low is not None and given < field.low):
            remedy = f"give {field.low:g} or more" if field.low is not None else "give a number"
        elif field.high is not None and given > field.high:
            remedy = f"give {field.high:g} or less"
        else:
            continue
        said = f"{spelled[field.name]} {given}" if spelled else f"{field.name} = {given!r}"
        raise SettingsError(f"{said} is out of range", where=where, remedy=remedy)


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
            f"a setting does not fit: {_plainly(error)}", remedy="correct its value"
        ) from error
    check(merged)
    return merged
