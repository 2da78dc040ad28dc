"""The latent plane: two dimensions of z, the others held where they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from explorer.app import needs
from explorer.app.parts.planes import Place
from explorer.app.planes import Mover, Plane, Points, Positions, place, plane
from explorer.app.planes.lanes import lanes_of
from explorer.app.snapshot import Index, Snapshot, Vector
from explorer.app.words.spelling import MOST
from explorer.compute.comparing.sample import Comparison
from explorer.compute.decoding.tiles import Slice
from explorer.data.dataset import Floats


@plane("latent")
class LatentPlane(Plane):
    """A sample lies at its code, the mean of q(z|x); a point is z with two dimensions replaced."""

    title, order, numbers = "Latent plane", 0, "the codes"
    tip = "The code of every sample: the mean of q(z|x). Drag: decode z."
    positions_of, cursor_of, projects_of = "codes", "z preview model", "model"
    of_pictures, in_space = False, True

    def choices(self, now: Snapshot) -> Sequence[str]:
        """The dimensions of z."""
        count = 2 if now.model is None else now.model.config.latent_dim
        return [f"z{i + 1}" for i in range(count)]

    def axis_names(self, now: Snapshot) -> tuple[str, str]:
        """Of one dimension the second is how dense the codes lie (`lanes`)."""
        a, b = now.plane(self.name).axes
        if now.model is None or now.model.config.latent_dim > 1:
            return f"z{a + 1}", f"z{b + 1}"
        labelled = now.dataset is not None and now.dataset.labels is not None
        return "z1", "density in each class" if labelled else "density"

    def spelled(self, now: Snapshot, point: Place, z: Vector | None = None) -> str:
        """All of z, as far as there is room."""
        held = self.unproject_z(now, point) if z is None else z
        if held is None:
            return ""
        named = ", ".join(f"{value:.2f}" for value in held[:MOST]).replace("-", "\u2212")
        return f"z = ({named}{', ...' if len(held) > MOST else ''})"

    def axes_of(self, now: Snapshot) -> object:
        """They are chosen for each model as it comes (`explorer.app.followers.going`)."""
        return None

    def view_of(self, now: Snapshot) -> object:
        """Of one space, until a training begins to make another."""
        return (self.points_of(now), now.training == "running" and not now.moments)

    def points_of(self, now: Snapshot) -> object:
        """One space, as a data set has it."""
        return (id(now.dataset), now.space)

    def absence(self, now: Snapshot) -> str:
        """Without a model there is no latent space."""
        return needs.missing(now, "model")

    def positions(self, now: Snapshot) -> Positions | None:
        """The codes that are known; those of one dimension in lanes."""
        codes = now.codes
        if codes is None:
            return None
        if codes.mean.shape[1] == 1:
            xy = np.column_stack([codes.mean[:, 0], lanes_of(now)[1]]).astype(np.float32)
            return Positions(xy, codes.index)
        return Positions(self.project_z(now, codes.mean), codes.index)

    def table(self, now: Snapshot) -> tuple[Index, Floats, Sequence[str]]:
        """All dimensions of the codes."""
        if now.codes is None:
            return super().table(now)
        return now.codes.index, now.codes.mean, self.choices(now)

    def project_z(self, now: Snapshot, z: Floats) -> Points:
        """Two columns; of one dimension, on a line."""
        if z.shape[1] == 1:
            return np.column_stack([z[:, 0], np.zeros(len(z))]).astype(np.float32)
        return np.ascontiguousarray(z[:, list(now.plane(self.name).axes)])

    def of_comparison(self, now: Snapshot, seen: Comparison) -> Points | None:
        """At its code."""
        return None if seen.mean is None else self.project_z(now, seen.mean[None])

    def cursor(self, now: Snapshot) -> Place | None:
        """The z shown; None while it is of another space than the axes."""
        z, axes = now.shown_z, now.plane(self.name).axes
        if z is None or 1 < len(z) <= max(axes):
            return None
        return place(self.project_z(now, z[None]))

    def of_sample(self, now: Snapshot, sample: int) -> Place | None:
        """It follows z, which is the sample's code."""
        return None

    def immovable(self, now: Snapshot) -> str:
        """Where there is a z, it can be moved."""
        return needs.missing(now, "z")

    def unproject_z(self, now: Snapshot, point: Place) -> Vector | None:
        """The held z with the plane's two dimensions at the point."""
        if now.z is None:
            return None
        made = now.z.copy()
        for i, axis in enumerate(now.plane(self.name).axes):
            if axis < len(made):
                made[axis] = point[i]
        return made

    def move(self, now: Snapshot, mover: Mover, point: Place) -> None:
        """Hold the z that the point stands for."""
        z = self.unproject_z(now, point)
        if z is not None:
            mover.move(z)

    @property
    def has_pictures(self) -> bool:
        """A model decodes each of its points."""
        return True

    def slice_of(self, now: Snapshot) -> Slice | None:
        """z with the plane's two dimensions replaced; None of one dimension, which is no plane."""
        model, z, axes = now.model, now.z, now.plane(self.name).axes
        if model is None or z is None or len(z) != model.config.latent_dim or len(z) <= max(axes):
            return None
        held = z.copy()
        held[list(axes)] = 0.0
        key, place = (model, axes, held.tobytes()), (now.space, axes)
        unproject = partial(_replaced, held, axes)
        return Slice(key, place, {"model": model}, model.preparation, unproject, model)


def _replaced(held: Vector, axes: tuple[int, int], points: NDArray[np.float32]) -> Floats:
    """Points (m, 2) as codes (m, d): ``held`` with two dimensions at each of them."""
    codes = np.tile(held, (len(points), 1))
    codes[:, list(axes)] = points
    return codes
