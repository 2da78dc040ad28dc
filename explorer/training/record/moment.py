"""Moments of a training, to go back to: each its weights, and the codes of some samples. No torch.

Which of them stay follows from the moments alone, so that two who keep the same list agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from explorer.models.config import Codes, ModelSnapshot

MOST_MOMENTS = 80
LEAST = 8  # stay, however heavy they are
MOST_IN_MEMORY = 64 * 2**20  # bytes of weights
MOST_IN_FOLDER = 256 * 2**20


@dataclass(frozen=True, eq=False)
class Moment:
    """A training at one moment, immutable.

    number: of all that were shown since it began. epoch: passes done. model, codes: of a fixed
    stratified subset; where they lie in the file ``path`` only, the model has no weights and the
    codes are None. nbytes: of the weights.
    """

    number: int
    epoch: float
    model: ModelSnapshot
    codes: Codes | None
    nbytes: int
    path: Path | None = None

    @property
    def held(self) -> bool:
        """Whether it is in memory."""
        return self.codes is not None

    def released(self) -> Moment:
        """The same without what lies in its file."""
        return replace(self, model=without_weights(self.model), codes=None)


def moment_of(number: int, epoch: float, model: ModelSnapshot, codes: Codes) -> Moment:
    """A moment that is in memory."""
    return Moment(number, epoch, model, codes, sum(w.nbytes for w in model.weights.values()))


def without_weights(model: ModelSnapshot) -> ModelSnapshot:
    """All that is said of a model beside its weights."""
    return replace(model, weights={})


def most_moments(nbytes: int, room: int) -> int:
    """How many moments of a size stay where there is so much room for their weights."""
    return min(MOST_MOMENTS, max(LEAST, room // max(nbytes, 1)))


def stride(newest: int, most: int) -> int:
    """Every how many-th moment stays once there is one of number ``newest``: a power of two."""
    every = 1
    while newest // every + 2 > most:  # the first, every n-th, and the newest
        every *= 2
    return every


def thinned(moments: Sequence[Moment], most: int) -> tuple[Moment, ...]:
    """Those that stay: the newest, and every n-th by number, so that the first one always does."""
    newest = moments[-1]
    step = stride(newest.number, most)
    return tuple(m for m in moments if m.number % step == 0 or m is newest)


def relieved(moments: Sequence[Moment]) -> tuple[Moment, ...]:
    """The same moments; of those with a file the newest are in memory, as many as have room."""
    room, found = MOST_IN_MEMORY, []
    for moment in reversed(moments):
        room -= moment.nbytes if moment.held else 0
        newest = moment is moments[-1]
        stays = newest or room >= 0 or moment.path is None or not moment.held
        found.append(moment if stays else moment.released())
    return tuple(reversed(found))
