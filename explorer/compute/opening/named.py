"""From what was typed, or picked in a list, to a model."""

from __future__ import annotations

from pathlib import Path

from explorer.compute.meaning import meaning
from explorer.errors import CheckpointError
from explorer.models.config import ModelSnapshot


def open_checkpoint(given: str) -> ModelSnapshot:
    """The model in the folder ``given``, or the bundled one of that name.

    Raises CheckpointError.
    """
    from explorer.models import checkpoint

    if not given:
        raise CheckpointError(
            "no checkpoint is named, the path is empty",
            remedy=_choice(tuple(checkpoint.bundled())),
        )
    folder, path = meaning(given).folder, Path(given)
    if folder is None and not path.exists():
        raise CheckpointError(
            "there is no such checkpoint", where=given,
            remedy=_choice(tuple(checkpoint.bundled())),
        )  # fmt: skip
    if folder is None and not path.is_dir():
        raise CheckpointError(
            "a checkpoint is a folder, this is a file", where=given, remedy="name the folder"
        )
    return checkpoint.load(path if folder is None else folder)


def _choice(names: tuple[str, ...]) -> str:
    bundled = f", or one of {', '.join(names)}" if names else ""
    return f"name the folder of a saved model{bundled}"
