"""What a model is put together from: body, posterior, likelihood, prior. One piece a file.

A piece is a frozen dataclass: its fields, made by `config.setting`, are its settings, and forms,
flags and help pages are drawn from them. It knows its own words, and makes its network when it is
asked to; so no torch is needed before that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar

from explorer.config import Setting, check, settings_of
from explorer.errors import SettingsError
from explorer.models.groups import NETWORK
from explorer.registry import Registry


@dataclass(frozen=True)
class Piece:
    """name: in its registry. title: in words. help: a sentence. order: where it stands in lists.

    group: what its settings are about, where they do not say it themselves.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    order: ClassVar[int] = 100
    group: ClassVar[str] = NETWORK


P = TypeVar("P", bound=Piece)


def ordered(registry: Registry[type[P]]) -> list[type[P]]:
    """All members as lists show them."""
    return sorted(registry.values(), key=lambda piece: piece.order)


def with_settings(piece: type[P], values: Mapping[str, float]) -> P:
    """The piece with those of ``values`` that are settings of it, the others as they come.

    Raises SettingsError for a value that is out of range, or no whole number where it should be.
    """
    taken: dict[str, Any] = {}
    for one in settings_of(piece):
        given = values.get(one.name, one.default)
        if one.type is int and given == given and abs(given) < float("inf"):
            given = whole(one.name, given)
        taken[one.name] = given
    made = piece(**taken)
    check(made)
    return made


def whole(name: str, value: float) -> int:
    """``value`` as an integer. Raises SettingsError where it is none."""
    if value != int(value):
        raise SettingsError(f"{name} = {value:g} is no whole number", remedy="give one")
    return int(value)


def settings_by_name(pieces: Sequence[type[Piece]]) -> dict[str, Setting]:
    """The settings of several pieces; what two of them share is there once."""
    return {
        one.name: replace(one, group=one.group or piece.group)
        for piece in pieces
        for one in settings_of(piece)
    }
