"""Folders to save in: which one is meant, what lies there, and which one is free. No Qt."""

from __future__ import annotations

from pathlib import Path

from explorer.models import checkpoint


def meant(chosen: Path) -> Path:
    """The folder to save in: whoever chooses a place within a model's folder means that model.

    A dialog for saving goes into a folder that is named, so a model can be chosen only from within.
    """
    return chosen.parent if checkpoint.is_checkpoint(chosen.parent) else chosen


def held_by(folder: Path) -> str:
    """What a save into ``folder`` would meet: a "model", other "things", or "" for nothing."""
    if checkpoint.is_checkpoint(folder):
        return "model"
    try:
        return "things" if folder.is_file() or (folder.is_dir() and any(folder.iterdir())) else ""
    except OSError:  # the save will say what is wrong
        return ""


def free(folder: Path) -> Path:
    """``folder``, or with a number where another training of this second has it."""
    names = (folder.name, *(f"{folder.name}-{i}" for i in range(2, 1000)))
    return next(one for name in names if not (one := folder.with_name(name)).exists())
