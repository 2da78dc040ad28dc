"""Kinds of files that can be written; one file a kind, found by `discover`."""

from __future__ import annotations

from collections.abc import Collection
from typing import IO, Any, Protocol

from explorer.export.things import ARRAYS, TABLE
from explorer.registry import Registry


class FileKind(Protocol):
    """How one kind of file is written.

    title: what people call it. suffixes: how its name may end, the usual one first. face: what of a
    `explorer.export.things.Thing` it holds: "picture", "film", "table", "drawing",
    "array" or "arrays".
    order: of the kinds that a thing can be written as, the least is proposed.
    """

    title: str
    suffixes: tuple[str, ...]
    face: str
    order: int

    def write(self, value: Any, file: IO[bytes]) -> None:
        """Write that face of a thing, whole."""
        ...


kinds: Registry[FileKind] = Registry("kind of file")


def kinds_for(faces: Collection[str]) -> list[FileKind]:
    """The kinds that something with these faces can be written as, the one to propose first."""
    there = {*faces, ARRAYS} if TABLE in faces else {*faces}
    return sorted((kind for kind in kinds.values() if kind.face in there), key=lambda k: k.order)


kinds.discover(__name__)
