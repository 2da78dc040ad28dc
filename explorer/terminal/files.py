"""Where a command's result goes: checked before the work, written whole or not at all."""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.errors import EnvironmentFault, SettingsError
from explorer.export.kinds import kinds_for
from explorer.export.things import PICTURE, pictured
from explorer.task import NO_TASK

if TYPE_CHECKING:
    from explorer.export.things import Thing

LEAST = 256  # pixels a side: a digit of 8 x 8 is a speck on a screen
MOST = 2**16  # pixels a side, and
MOST_PIXELS = 2**26  # in all: what readers of PNG open without a warning


def endings(faces: Collection[str]) -> tuple[str, ...]:
    """How the names of the files may end that hold one of the faces of a thing."""
    return tuple(suffix for kind in kinds_for(faces) for suffix in kind.suffixes)


def alternatives(words: Sequence[str]) -> str:
    """a, b or c."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def check_out(out: Path, *suffixes: str) -> Path:
    """``out``, once it is sure that it can be written; its folder is made. Before the work begins.

    Raises SettingsError for another suffix than one of ``suffixes``, EnvironmentFault or OSError
    where nothing can be written.
    """
    if suffixes and out.suffix.lower() not in suffixes:
        wanted = alternatives(suffixes)
        raise SettingsError(
            f"--out {out} does not end in {wanted}", remedy=f"end its name in {wanted}"
        )
    if out.is_dir():
        raise EnvironmentFault("this is a folder, not a file", where=out, remedy="name a file")
    out.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(out.parent, os.W_OK):
        raise EnvironmentFault(
            "this folder cannot be written to", where=out.parent, remedy="choose another folder"
        )
    return out


def write(thing: Thing, out: Path, scale: int = 0) -> dict[str, object]:
    """Write ``thing`` to ``out``; says where it is, and of a picture how large.

    Each pixel of a picture becomes a square of ``scale`` x ``scale``: see `scale_for`.
    """
    from explorer.export.exporting import export

    if out.suffix.lower() not in endings((PICTURE,)) or thing.picture is None:
        return {"out": export(thing, out)}
    picture = thing.picture(NO_TASK)
    height, width = picture.shape[:2]
    factor = scale_for(height, width, scale)
    grown = picture.repeat(factor, axis=0).repeat(factor, axis=1)
    written = export(pictured(thing.name, thing.what, grown), out)
    return {"out": written, "width": width * factor, "height": height * factor, "scale": factor}


def scale_for(height: int, width: int, wanted: int = 0) -> int:
    """``wanted``, as far as a picture may grow; 0: the first that brings both sides to LEAST."""
    factor = wanted or math.ceil(LEAST / min(height, width))
    room = min(MOST // max(height, width), math.isqrt(MOST_PIXELS // (height * width)))
    return max(1, min(factor, room))
