"""What a string or a path means: the one place that decides it, for the window and for commands."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["checkpoint", "data", "picture"]


@dataclass(frozen=True)
class Meaning:
    """kind: what is opened. source: what opens it, a bundled name, a path or paths joined.

    folder: of the model, where there is one: the checkpoint itself, or the one that comes with
    bundled data.
    """

    kind: Kind
    source: str
    folder: Path | None = None


def meaning(given: str | Path) -> Meaning:
    """A saved model in a folder that is there comes first, then bundled names, then paths.

    A bundled name is that of data, as "digits", or of a trained model, as "digits-vae"; the latter
    gives way to whatever is there under that name. A file that is one picture and no data set is to
    be looked at. All else is data, or becomes the sentence that says why it is none.
    """
    from explorer.data.bundled import BUNDLED
    from explorer.data.files import several
    from explorer.models import checkpoint

    source = str(given)
    if not source or several.parts(source):
        return Meaning("data", source)
    if checkpoint.is_checkpoint(source):
        return Meaning("checkpoint", source, Path(source))
    if source in BUNDLED:
        return Meaning("data", source, checkpoint.bundled().get(source))
    trained = None if os.path.lexists(source) else trained_models().get(source)
    if trained is not None:
        return Meaning("checkpoint", str(trained), trained)
    return Meaning("picture" if _is_picture(source) else "data", source)


def trained_models() -> dict[str, Path]:
    """The models that come with the program by the names of their folders, as ``digits-vae``."""
    from explorer.models import checkpoint

    return {folder.name: folder for folder in checkpoint.bundled().values()}


def _is_picture(path: str) -> bool:
    """Whether a file is one picture, to be looked at, and no data set."""
    from explorer.data.opening import sniff
    from explorer.data.pictures.reading import is_picture_name

    return is_picture_name(path) and Path(path).is_file() and sniff(path) is None
