"""Question: how long is a path in pictures, and where does it leave the data?"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.analysis.latent import paths
from explorer.analysis.latent.paths import DataDistance
from explorer.compute.path.pictures import PathPictures, decoded
from explorer.compute.question import Question, questions
from explorer.data.dataset import Floats
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import NO_TASK, Task

FINE = 256  # equal steps that a path is measured at


@dataclass(frozen=True, eq=False)
class PathMeasurements:
    """What is slower to know of a path and its pictures.

    z: (257, d) at equal steps. image_length: sum |x_{i+1} - x_i| of what is decoded there, in units
    of x ([0, 1] for pictures). ground: where z leaves the data.
    """

    path_pictures: PathPictures
    z: Floats
    image_length: float
    ground: DataDistance | None


@questions.register("path survey")
@dataclass(frozen=True, eq=False)
class MeasurePath(Question[PathMeasurements]):
    """Measure the path that ``model`` decoded: against the codes, where they are known."""

    does = "measure the path"
    about = ("path_pictures", "codes")
    quiet = True
    cached = True

    model: ModelSnapshot
    path_pictures: PathPictures
    codes: Codes | None = None

    def answer(self, task: Task = NO_TASK) -> PathMeasurements:
        """How long the way is in pictures, and where it leaves the data."""
        z = paths.resampled(self.path_pictures.route, FINE + 1)
        rows = decoded(self.model, z, task)  # (FINE + 1, D)
        codes = self.codes
        ground = None if codes is None else paths.off_data(z, codes.mean, task)
        return PathMeasurements(self.path_pictures, z, paths.length(rows), ground)
