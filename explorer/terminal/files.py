"""Where a command's result goes: checked before the work, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from explorer.data.dataset import Bytes
from explorer.errors import EnvironmentFault, SettingsError
from explorer.writing import written

__all__ = ["check_out", "write_picture", "written"]


def check_out(out: Path, *suffixes: str) -> Path:
    """``out``, once it is sure that it can be written; its folder is made. Before the work begins.

    Raises SettingsError for another suffix than one of ``suffixes``, EnvironmentFault or OSError
    where nothing can be written.
    """
    if suffixes and out.suffix.lower() not in suffixes:
        wanted = " or ".join(suffixes)
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


def write_picture(out: Path, picture: Bytes) -> None:
    """An (H, W, C) uint8 picture as PNG, grey where C is 1."""
    from PIL import Image

    with written(out) as file:
        Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture).save(file, "PNG")
