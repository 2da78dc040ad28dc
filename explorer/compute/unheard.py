"""Trainings of the window whose end nobody has heard of yet.

A mark lies in the folder of a run from its first step until the window has told how it ended. A
window that is closed, killed or gone with the machine leaves it there, and the next one finds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from explorer.compute import runs
from explorer.compute.runs import RunRecord

MARK = ".unheard"


@contextmanager
def marked(folder: Path) -> Iterator[None]:
    """A mark in ``folder`` that stays until `forget`; none is left where the block fails."""
    with suppress(OSError):  # what is wrong is about to be said
        (folder / MARK).touch()
    try:
        yield
    except BaseException:
        forget(folder)
        raise


def forget(folder: Path) -> None:
    """The end of the training in ``folder`` has been told."""
    with suppress(OSError):
        (folder / MARK).unlink()


def waiting(folder: Path) -> tuple[RunRecord, ...]:
    """The runs in ``folder`` with a mark and no writer, the newest first."""
    return tuple(run for run in runs.kept(folder) if not run.held and (run.path / MARK).exists())
