"""From words on a command line to a command: tyro over the dataclass's fields."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_type_hints

import tyro

from explorer.config import check

C = TypeVar("C")

WORDS = tuple[str, ...]  # the type of a flag that takes several values
_FLAG = re.compile(r"--?[A-Za-z]")
_NAMES: dict[Any, str] = {
    Path: "PATH",
    Path | None: "PATH",
    str: "NAME",
    WORDS: "VALUE",
    float: "NUMBER",
    float | None: "NUMBER",
    int | None: "INT",
}


def parse(command: type[C], words: Sequence[str], *, prog: str) -> tuple[C, bool]:
    """The command that ``words`` ask for, and whether its result is wanted as JSON.

    Raises SystemExit(2) after tyro has said what is wrong, SystemExit(0) after ``--help``, and
    SettingsError where a value lies outside its range.
    """
    flat = _flattened(words, _several(command))
    description = inspect.cleandoc(command.__doc__ or "")
    parsed: Any = tyro.cli(_form_of(command), args=flat, prog=prog, description=description)
    values = {f.name: getattr(parsed, f.name) for f in dataclasses.fields(parsed)}
    as_json = bool(values.pop("json"))
    made = command(**values)
    check(made)
    return made, as_json


def _form_of(command: type) -> type:
    """The same fields with tyro's annotations, and ``--json``."""
    hints = get_type_hints(command)
    fields = dataclasses.fields(command)
    members = [(f.name, _annotated(hints[f.name], f), _default(f)) for f in fields]
    wish = Annotated[bool, _BARE, tyro.conf.arg(help="Print one JSON object, for programs.")]
    members.append(("json", wish, dataclasses.field(default=False)))
    members.sort(key=lambda member: member[2].default is not dataclasses.MISSING)
    return dataclasses.make_dataclass(command.__name__, members, frozen=True)


_BARE: Any = tyro.conf.FlagCreatePairsOff
_PLACED: Any = tyro.conf.Positional
_REPEATED: Any = tyro.conf.UseAppendAction


def _annotated(hint: Any, field: dataclasses.Field[Any]) -> Any:
    """``hint`` as tyro needs it: choices, place, name of the value, repeated flags, help."""
    metadata = field.metadata
    choices = tuple(metadata.get("choices", ()))
    metavar = field.name.upper() if metadata.get("positional") else metadata.get("metavar")
    metavar = metavar or _NAMES.get(hint)
    note = tyro.conf.arg(help=metadata.get("help", ""), metavar=None if choices else metavar)
    shaped: Any = Literal[choices] if choices else hint
    if choices and field.default is None:
        shaped = shaped | None
    if hint == WORDS:
        shaped = _REPEATED[shaped]
    if hint is bool:
        shaped = _BARE[shaped]
    if metadata.get("positional"):
        shaped = _PLACED[shaped]
    return Annotated[shaped, note]


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default is dataclasses.MISSING:
        return dataclasses.field()
    return dataclasses.field(default=field.default)


def _several(command: type) -> set[str]:
    """The flags that take several values."""
    hints = get_type_hints(command)
    names = [f.name for f in dataclasses.fields(command) if hints[f.name] == WORDS]
    return {f"--{name.replace('_', '-')}" for name in names}


def _flattened(words: Sequence[str], several: set[str]) -> list[str]:
    """``--z A B --z C`` as ``--z=A --z=B --z=C``: both spellings work, and values may be negative.

    A value ends where a word begins with a dash and a letter.
    """
    flat: list[str] = []
    open_flag = ""
    for word in words:
        if _FLAG.match(word):
            open_flag = word if word in several else ""
            if not open_flag:
                flat.append(word)
        else:
            flat.append(f"{open_flag}={word}" if open_flag else word)
    return flat
