"""The runs that were kept in a folder: what there is, and which go when there are too many."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer.errors import ExplorerError
from explorer.models import checkpoint
from explorer.models.files.holding import is_held
from explorer.models.presets import presets
from explorer.training.record import moment_file

MOST_RUNS = 50
MOST_BYTES = 2 * 2**30
PRUNED = ".pruned-"  # what a folder's name begins with while it goes
ABANDONED = 3600.0  # seconds after which a folder without a model is no training about to begin


@dataclass(frozen=True)
class RunRecord:
    """A kept model in a few words. date: of its last save, in seconds since 1970.

    epochs: done, of ``asked``. test_elbo: None where it is no bound or not known. state: running,
    stopped, finished or ran away; "" where it is not known. A run that says running and is not held
    by anybody was cut off.
    """

    path: Path
    data: str
    preset: str
    latent_dim: int
    epochs: float
    asked: int
    test_elbo: float | None
    date: float
    bytes: int
    state: str = ""
    held: bool = False

    @property
    def name(self) -> str:
        """Its folder's name."""
        return self.path.name

    @property
    def unfinished(self) -> bool:
        """Whether its training was cut off: killed, or gone with the machine."""
        return self.state == "running" and not self.held


def kept(folder: Path) -> tuple[RunRecord, ...]:
    """The runs in ``folder``, the newest first; what cannot be read is left out."""
    runs = [run for path in _folders(folder) if (run := _read(path)) is not None]
    return tuple(sorted(runs, key=lambda run: (-run.date, run.name)))


def beyond(
    runs: Sequence[RunRecord],
    spare: Collection[Path] = (),
    most_runs: int = MOST_RUNS,
    most_bytes: int = MOST_BYTES,
) -> tuple[RunRecord, ...]:
    """Those of ``runs`` (the newest first) that have to go, the oldest first.

    Never the newest, nor one of ``spare``, nor one that is written to or was cut off.
    """
    count, size, going = len(runs), sum(run.bytes for run in runs), []
    for run in reversed(runs[1:]):
        if count <= most_runs and size <= most_bytes:
            break
        if run.held or run.unfinished or run.path in spare:
            continue
        count, size = count - 1, size - run.bytes
        going.append(run)
    return tuple(going)


def prune(
    folder: Path,
    spare: Collection[Path] = (),
    most_runs: int = MOST_RUNS,
    most_bytes: int = MOST_BYTES,
) -> str:
    """Take away what is oldest until the rest is within the limits; a sentence on it, or "".

    First moments of older runs, whose models stay, and then whole runs.
    """
    _clear(folder)
    lighter = _forget_moments(kept(folder), spare, most_bytes)
    gone = [run for run in beyond(kept(folder), spare, most_runs, most_bytes) if _remove(run.path)]
    limits = f"up to {most_runs} runs and {most_bytes / 2**20:.0f} MB are kept"
    return " and ".join(filter(None, [_gone(gone), _lighter(lighter)])) + (
        f": {limits}" if gone or lighter else ""
    )


def _gone(runs: Sequence[RunRecord]) -> str:
    """What to say of runs that went."""
    if not runs:
        return ""
    size = sum(run.bytes for run in runs) / 2**20
    what = f"oldest run ({runs[0].name}, " if len(runs) == 1 else f"{len(runs)} oldest runs ("
    return f"the {what}{size:.0f} MB) went"


def _lighter(sizes: Sequence[int]) -> str:
    """What to say of runs that have no moments any more."""
    whose = "an older run" if len(sizes) == 1 else f"{len(sizes)} older runs"
    return f"the time line of {whose} ({sum(sizes) / 2**20:.0f} MB) went" if sizes else ""


def _forget_moments(
    runs: Sequence[RunRecord], spare: Collection[Path], most_bytes: int
) -> tuple[int, ...]:
    """Take moments away, the oldest run's first, where all is too large; the bytes of each run."""
    size, gone = sum(run.bytes for run in runs), []
    for run in reversed(runs[1:]):
        own = moment_file.size(run.path)
        if size > most_bytes and own and not run.held and run.path not in spare:
            moment_file.remove(moment_file.files(run.path / moment_file.MOMENTS))
            gone.append(own)
            size -= own
    return tuple(gone)


def _folders(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_dir() and path.name[0] != "."]
    except OSError:
        return []


def _read(path: Path) -> RunRecord | None:
    try:
        card = checkpoint.card(path)
        files = [file.stat() for file in path.iterdir() if file.is_file()]
    except (ExplorerError, OSError):
        return None
    config, training = _part(card, "config"), _part(card, "training")
    elbo, preset = _part(card, "metrics").get("test_elbo"), str(config.get("preset", ""))
    bounded = preset not in presets or presets[preset].has_elbo
    return RunRecord(
        path=path,
        data=str(_part(card, "data").get("name", "")),
        preset=preset,
        latent_dim=int(_number(config.get("latent_dim"))),
        epochs=_number(training.get("epoch")),
        asked=int(_number(training.get("epochs"))),
        test_elbo=elbo if isinstance(elbo, float) and bounded else None,
        date=max((file.st_mtime for file in files), default=0.0),
        bytes=sum(file.st_size for file in files) + moment_file.size(path),
        state=str(training.get("state", "")),
        held=is_held(path),
    )


def _passing(member: Path) -> bool:
    """Whether it lies in the folder of a run before anything is saved there."""
    return member.name.startswith(".") or member.name == moment_file.MOMENTS


def _part(card: dict[str, Any], name: str) -> dict[str, Any]:
    part = card.get(name)
    return part if isinstance(part, dict) else {}


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _remove(path: Path) -> bool:
    """Rename first, so that a kill half-way leaves no half a run under its name."""
    if is_held(path):
        return False
    try:
        going = path.rename(path.with_name(PRUNED + path.name))
    except OSError:
        return False
    _delete(going)
    return True


def _delete(path: Path) -> None:
    """As much of a folder as can go; the rest goes another time."""
    shutil.rmtree(path, ignore_errors=True)


def _clear(folder: Path) -> None:
    """Take away what an earlier call left half-way, and places of trainings that saved nothing."""
    with suppress(OSError):
        for path in folder.glob(f"{PRUNED}*"):
            _delete(path)
        for path in _folders(folder):
            old = time.time() - path.stat().st_mtime > ABANDONED
            hidden = all(_passing(member) for member in path.iterdir())
            if old and hidden and not checkpoint.is_checkpoint(path) and not is_held(path):
                _delete(path)
