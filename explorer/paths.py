"""The only place that builds a path: resources, checkpoints, settings, cache."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import platformdirs

NAME = "latent-space-explorer"
_PACKAGE = Path(__file__).resolve().parent


def _bundled(name: str) -> Path:
    installed = _PACKAGE / "_bundled" / name  # where the wheel puts them
    return installed if installed.is_dir() else _PACKAGE.parent / name


def resources() -> Path:
    """The folder of bundled data sets, licences, icons and help texts."""
    return _bundled("resources")


def checkpoints() -> Path:
    """The folder of bundled trained models, one folder each."""
    return _bundled("checkpoints")


def theory() -> Path:
    """The page on formulas, units and sources; there is none where it was not installed."""
    return _bundled("docs") / "theory.md"


def settings() -> Path:
    """The user's settings folder; created on first use, where that can be."""
    return _made(_own(platformdirs.user_config_path))


def cache() -> Path:
    """The user's cache folder; created on first use, where that can be."""
    return _made(_own(platformdirs.user_cache_path))


def unfinished() -> Path:
    """Where long measurements are kept until they are done."""
    return cache() / "unfinished"


def runs() -> Path:
    """Where the window saves models that the user trained; created on first use, where it can."""
    return _made(_own(platformdirs.user_data_path) / "runs")


def _own(folder_of: Callable[[str], Path]) -> Path:
    """The program's own folder of a kind; among the temporary files for a user without a home."""
    try:
        folder = folder_of(NAME)
    except RuntimeError:  # the machine does not know where "~" is
        return _temporary()
    return folder if folder.is_absolute() else _temporary()


def _temporary() -> Path:
    return Path(tempfile.gettempdir()) / NAME


def _made(folder: Path) -> Path:
    """Whoever writes there says what is wrong; whoever only reads can do without."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder
