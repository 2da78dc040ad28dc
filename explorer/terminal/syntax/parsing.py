"""From words on a command line to a command. What is wrong is said in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar

from explorer.config import check
from explorer.errors import SettingsError
from explorer.terminal.syntax.flags import JSON, Flag, flags_of
from explorer.terminal.syntax.nearest import nearest

C = TypeVar("C")

_FLAG = re.compile(r"--?[A-Za-z]")  # "-1,2" and "-.5" are values
_NOUNS: dict[type, str] = {int: "whole number", float: "number"}


def parse(command: type[C], words: Sequence[str], *, prog: str) -> tuple[C, bool]:
    """The command that ``words`` ask for, and whether its result is wanted as JSON.

    ``--z A B``, ``--z A --z B`` and ``--z=A`` are the same to a flag that takes several values; a
    value ends where a word begins with a dash and a letter. Raises SettingsError with what is wrong
    and what to write instead.
    """
    flags = flags_of(command)
    given = _sorted(words, [*flags, JSON], prog)
    as_json = bool(given.pop(JSON.name, False))
    _require_all(command, flags, given, prog)
    made = command(**given)
    check(made, spelled={flag.name: flag.spelled for flag in flags})
    return made, as_json


def _sorted(words: Sequence[str], flags: list[Flag], prog: str) -> dict[str, Any]:
    """What is given to each field."""
    known = {word: flag for flag in flags for word in flag.words}
    placed = [flag for flag in flags if flag.placed]
    given: dict[str, Any] = {}
    waiting: Flag | None = None
    only_values = False
    for word in words:
        if word == "--" and not only_values:
            waiting, only_values = None, True
        elif _FLAG.match(word) and not only_values:
            _require_value(waiting, given)
            waiting = _opened(word, known, given, prog)
        else:
            flag = waiting or _next(placed, given, word, prog)
            _give(flag, word, given)
            waiting = flag if waiting and flag.several else None
    _require_value(waiting, given)
    return given


def _opened(word: str, known: dict[str, Flag], given: dict[str, Any], prog: str) -> Flag | None:
    """Take note of a flag; returns it if values may follow."""
    written, equals, value = word.partition("=")
    name = written.replace("_", "-")
    if name not in known:
        remedy = nearest(name, known, say=f"see {prog} --help")
        raise SettingsError(f"{prog} has no flag {written}", remedy=remedy)
    flag = known[name]
    if not flag.takes_value:
        if equals:
            raise SettingsError(f"{name} takes no value", remedy=f"write {name} alone")
        if given.setdefault(flag.name, flag.words[name]) != flag.words[name]:
            both = " and ".join(flag.words)
            raise SettingsError(f"{both} are both given", remedy="give one of them")
        return None
    if flag.several:
        given.setdefault(flag.name, ())
    if equals:
        _give(flag, value, given)
        return None
    return flag


def _next(placed: list[Flag], given: dict[str, Any], word: str, prog: str) -> Flag:
    """The flag that the next word without one belongs to."""
    for flag in placed:
        if flag.name not in given:
            return flag
    raise SettingsError(
        f"{word!r} is one word too many for {prog}",
        remedy=f"put quotes around spaces, or see {prog} --help",
    )


def _give(flag: Flag, word: str, given: dict[str, Any]) -> None:
    value = _value(flag, word)
    given[flag.name] = (*given.get(flag.name, ()), value) if flag.several else value


def _value(flag: Flag, word: str) -> Any:
    """One word as what the flag takes."""
    if flag.choices and word not in flag.choices:
        remedy = nearest(word, flag.choices, say=f"choose one of {', '.join(flag.choices)}")
        raise SettingsError(f"{flag.spelled} cannot be {word!r}", remedy=remedy)
    try:
        return flag.type(word)
    except ValueError:
        noun = _NOUNS.get(flag.type, "value")
        raise SettingsError(f"{flag.spelled} {word} is no {noun}", remedy="give one") from None


def _require_value(flag: Flag | None, given: dict[str, Any]) -> None:
    """Raise where a flag that takes one value has been left without."""
    if flag is not None and not flag.several:
        raise SettingsError(
            f"{flag.spelled} needs a value",
            remedy=f"write {flag.spelled} {flag.value}, with = before one that begins with a dash",
        )


def _require_all(command: type, flags: list[Flag], given: dict[str, Any], prog: str) -> None:
    """Raise where something that must be given is not, with the usage line as the remedy."""
    lacking = [flag for flag in flags if flag.required and flag.name not in given]
    wanted = [f.spelled if f.placed else f"{f.spelled} {f.value}" for f in lacking]
    either = [flag for flag in flags if flag.name in getattr(command, "one_of", ())]
    count = sum(bool(given.get(flag.name)) for flag in either)
    names = " or ".join(flag.spelled for flag in either)
    if either and count == 0:
        wanted.append(names)
    elif count > 1:
        raise SettingsError(f"{prog} takes either {names}", remedy="leave one away")
    if wanted:
        from explorer.terminal.syntax.pages import usage

        what = f"{prog} needs {' and '.join(wanted)}"
        eaters = [f.spelled for f in flags if f.several and given.get(f.name)]
        eaten = eaters if any(flag.placed for flag in lacking) else []
        hint = f", {lacking[0].spelled} before {eaten[0]}" if eaten else ""
        raise SettingsError(what, remedy=f"write {usage(command, prog)}{hint}")
