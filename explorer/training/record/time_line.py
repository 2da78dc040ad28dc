"""The moments of a training as it runs: thinned, kept in a folder, and few of them in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.models.config import Codes, ModelSnapshot
from explorer.training.record import moment_file
from explorer.training.record.moment import (
    MOST_IN_FOLDER,
    MOST_IN_MEMORY,
    Moment,
    moment_of,
    most_moments,
    relieved,
    stride,
    thinned,
)


@dataclass(frozen=True, eq=False)
class TimeLine:
    """What can be gone back to by now, rising by epoch; the newest is in memory."""

    moments: tuple[Moment, ...]

    @property
    def newest(self) -> Moment:
        """The present."""
        return self.moments[-1]


class TimeLineWriter:
    """Adds moments. Without a folder, or where it cannot be written, fewer of them stay.

    folder: of the moments. run: their training's. moments: of it so far; other files go.
    """

    def __init__(self, folder: Path | None, run: str, moments: tuple[Moment, ...] = ()) -> None:
        self._folder, self._run = folder, run
        self._moments = moments
        self._next = 1 + max((moment.number for moment in moments), default=-1)
        self.fault = ""  # why moments are not kept any more
        self._tidy()

    def add(self, epoch: float, model: ModelSnapshot, codes: Codes) -> TimeLine:
        """A moment that was not there before."""
        moment = moment_of(self._next, epoch, model, codes)
        self._next += 1
        most = most_moments(moment.nbytes, MOST_IN_FOLDER if self._folder else MOST_IN_MEMORY)
        if self._folder is not None and moment.number % stride(self._next, most) == 0:
            moment = self._written(self._folder, moment)
        filed = [m for m in self._moments if m.path is not None and self._folder is None]
        others = [m for m in self._moments if m not in filed]
        self._moments = relieved((*filed, *thinned((*others, moment), most)))
        self._tidy()
        return TimeLine(self._moments)

    def end(self, epoch: float, model: ModelSnapshot, codes: Codes) -> tuple[Moment, ...]:
        """All moments, ending with the result: it is in the run's own files."""
        last = moment_of(self._next, epoch, model, codes)
        before = tuple(moment for moment in self._moments if moment.epoch < epoch)
        return (*before, last)

    def _written(self, folder: Path, moment: Moment) -> Moment:
        """With its file, as it will stay when the next one comes."""
        try:
            return moment_file.write(folder, self._run, moment)
        except OSError as error:
            self.fault = f"moments are not kept any more: {error.strerror or error}"
            self._folder = None
            return moment

    def _tidy(self) -> None:
        """Take away the files of moments that are not among those that stay."""
        if self._folder is not None:
            stay = {moment.path for moment in self._moments}
            there = moment_file.files(self._folder)
            moment_file.remove(path for path in there if path not in stay)
