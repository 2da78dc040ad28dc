"""The fields of a command as words: what parser, help pages and shells know of each.

A field may be ``str``, ``int``, ``float`` or ``Path``, one of them or None, a tuple of them, or
``bool`` (there or not) or ``bool | None`` (``--x`` and ``--no-x``).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from inspect import get_annotations
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

_VALUES: dict[type, str] = {Path: "PATH", str: "NAME", float: "NUMBER", int: "N", bool: ""}


@dataclass(frozen=True)
class Flag:
    """One field. type: of one value; bool takes none. several: values may follow each other.

    placed: told by its place. value: what pages call a value. unset: what no value comes to, in
    words. group: the heading of its base class. completes: "data" or "checkpoint", the names that
    it may be. default: MISSING where it must be given.
    """

    name: str
    type: type
    help: str
    default: Any = dataclasses.MISSING
    several: bool = False
    placed: bool = False
    value: str = ""
    choices: tuple[str, ...] = ()
    unset: str = ""
    group: str = ""
    completes: str = ""

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return self.default is dataclasses.MISSING

    @property
    def takes_value(self) -> bool:
        """Whether a word follows it."""
        return self.type is not bool

    @property
    def spelled(self) -> str:
        """How it is written, or what stands in its place: ``--latent-dim``, ``DATA``."""
        return self.value if self.placed else f"--{_dashed(self.name)}"

    @property
    def words(self) -> dict[str, bool]:
        """All spellings, and what each means to one that takes no value."""
        if self.placed:
            return {}
        if self.takes_value or self.default is False:
            return {self.spelled: True}
        off = {f"--no-{_dashed(self.name)}": False}
        return off if self.default is True else {self.spelled: True, **off}


JSON = Flag("json", bool, "Print one JSON object, for programs.", False)


def flags_of(command: type) -> list[Flag]:
    """The flags of a command's fields: its own in their order, then those of its base classes."""
    hints = get_type_hints(command)
    flags = [_flag(f, hints[f.name], command) for f in dataclasses.fields(command)]
    return sorted(flags, key=lambda flag: bool(flag.group))


def _flag(field: dataclasses.Field[Any], hint: Any, command: type) -> Flag:
    several, kind = _shape(hint)
    told = field.metadata
    placed = bool(told.get("positional"))
    value = told.get("metavar") or (field.name.upper() if placed else _VALUES[kind])
    return Flag(
        name=field.name,
        type=kind,
        help=told.get("help", ""),
        default=_default(field),
        several=several,
        placed=placed,
        value=value,
        choices=tuple(told.get("choices", ())),
        unset=told.get("unset", ""),
        group=_group(field.name, command),
        completes=told.get("completes", ""),
    )


def _shape(hint: Any) -> tuple[bool, type]:
    """Whether a type is a tuple, and of what: ``tuple[str, ...]`` and ``str | None`` are of str."""
    if get_origin(hint) is tuple:
        return True, get_args(hint)[0]
    members = [member for member in get_args(hint) if member is not NoneType]
    return False, members[0] if members else hint


def _default(field: dataclasses.Field[Any]) -> Any:
    factory = field.default_factory
    return field.default if factory is dataclasses.MISSING else factory()


def _group(name: str, command: type) -> str:
    """The ``heading`` of the base class that brings a field, "" for the command's own."""
    if name in get_annotations(command):
        return ""
    bases = (base for base in command.__mro__[1:] if name in _field_names(base))
    owner = next(bases)
    summary = (owner.__doc__ or "").strip().partition("\n")[0].rstrip(".").lower()
    return str(getattr(owner, "heading", summary))


def _field_names(kind: type) -> set[str]:
    return {field.name for field in getattr(kind, "__dataclass_fields__", {}).values()}


def _dashed(name: str) -> str:
    return name.rstrip("_").replace("_", "-")  # with_: a word that Python keeps for itself
