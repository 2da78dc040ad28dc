"""Trainings of the window whose end nobody has heard of yet.

A mark lies in the folder of a run from its first step until the window has told how it ended. A
window that is closed, killed or gone with the machine leaves it there, and the next one finds it.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from explorer.compute import keeping, runs
from explorer.compute.keeping import TrainRequest
from explorer.compute.runs import Run
from explorer.task import NO_TASK, Task
from explorer.training.history import Trained

MARK = ".unheard"


def train(request: TrainRequest, task: Task) -> Trained:
    """`keeping.train`, with a mark that stays until `forget`; none is left where it never began."""
    from explorer.models.holding import held

    if request.keep is None:
        return keeping.train(request, task)
    with held(request.keep) as hold:
        with suppress(OSError):  # what is wrong is about to be said
            (request.keep / MARK).touch()
        try:
            return keeping.train(request, task, hold)
        except BaseException:
            forget(request.keep)
            raise


def forget(folder: Path) -> None:
    """The end of the training in ``folder`` has been told."""
    with suppress(OSError):
        (folder / MARK).unlink()


def waiting(folder: Path, _task: Task = NO_TASK) -> tuple[Run, ...]:
    """The runs in ``folder`` with a mark and no writer, the newest first."""
    return tuple(run for run in runs.kept(folder) if not run.held and (run.path / MARK).exists())


def prune(folder: Path, spare: Collection[Path], limits: tuple[int, int], _task: Task) -> str:
    """Keep a folder of runs within ``limits``, in number and bytes; what went, in a sentence.

    spare: runs that stay, also by another spelling of their path. What waits to be told stays, too.
    """
    named = {path.resolve().name for path in spare if path.resolve().parent == folder.resolve()}
    named |= {run.path.name for run in waiting(folder)}
    return runs.prune(folder, [folder / name for name in named], *limits)
