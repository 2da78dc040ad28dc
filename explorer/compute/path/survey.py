"""Question: how long is a path in pictures, and where does it leave the data?"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.analysis.latent import paths
from explorer.analysis.latent.paths import DataDistance
from explorer.compute.path.film import PathPictures, decoded
from explorer.compute.question import Question, questions
from explorer.data.dataset import Floats
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import NO_TASK, Task

FINE = 256  # equal steps that a path is measured at


@dataclass(frozen=True, eq=False)
class PathMeasurements:
    """What is slower to know of a film.

    z: (257, d) at equal steps. image_length: sum |x_{i+1} - x_i| of what is decoded there, in units
    of x ([0, 1] for pictures). ground: where z leaves the data.
    """

    film: PathPictures
    z: Floats
    image_length: float
    ground: DataDistance | None


@questions.register("path survey")
@dataclass(frozen=True, eq=False)
class MeasurePath(Question[PathMeasurements]):
    """Measure the way of a film of ``model``: against the codes, where they are known."""

    does = "measure the path"
    about = ("film", "codes")
    quiet = True
    cached = True

    model: ModelSnapshot
    film: PathPictures
    codes: Codes | None = None

    def answer(self, task: Task = NO_TASK) -> PathMeasurements:
        """How long the way is in pictures, and where it leaves the data."""
        z = paths.resampled(self.film.route, FINE + 1)
        rows = decoded(self.model, z, task)  # (FINE + 1, D)
        codes = self.codes
        ground = None if codes is None else paths.off_data(z, codes.mean, task)
        return PathMeasurements(self.film, z, paths.length(rows), ground)
