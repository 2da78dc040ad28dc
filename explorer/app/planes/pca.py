"""The PCA plane: the scores of every sample on two principal components."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.analysis.pca import on_axes
from explorer.app import needs
from explorer.app.parts.planes import Place
from explorer.app.planes import Plane, Points, Positions, place, plane
from explorer.app.snapshot import Index, Snapshot
from explorer.compute.comparing.sample import Comparison
from explorer.compute.encoding.principal import MOST_SCORES
from explorer.data.dataset import Floats

ONLY_ONE = "none"  # what the second axis of data of one column is called
FINDING = "Finding the principal components..."


@plane("pca")
class PcaPlane(Plane):
    """A point is decoded linearly, the other scores held at 0; z is where that is encoded."""

    title, order, numbers = "PCA plane", 10, "the scores"
    coordinates = "the scores"
    tip = "Scores Z = (X - mean) V of every sample. Drag: decode linearly."
    positions_of, cursor_of = "pca pca_scores dataset", "pca pca_decoded decoded"
    projects_of, pictured = "model pca", True

    def choices(self, now: Snapshot) -> Sequence[str]:
        """The first components, "none" for a second one where there is but one."""
        count = 0 if now.pca is None else min(MOST_SCORES, len(now.pca))
        return [ONLY_ONE if count == i == 1 else f"PC{i + 1}" for i in range(max(count, 2))]

    def absence(self, now: Snapshot) -> str:
        """Of data, once its components are found."""
        return needs.missing(now, "data") or ("" if now.pca is not None else FINDING)

    def positions(self, now: Snapshot) -> Positions | None:
        """Every sample."""
        scores = now.pca_scores
        if scores is None or now.dataset is None:
            return None
        return Positions(on_axes(scores, now.plane(self.name).axes), np.arange(len(scores)))

    def table(self, now: Snapshot) -> tuple[Index, Floats, Sequence[str]]:
        """All scores."""
        scores = now.pca_scores
        if scores is None:
            return super().table(now)
        return np.arange(len(scores)), scores, [f"PC{i + 1}" for i in range(scores.shape[1])]

    def project_rows(self, now: Snapshot, rows: Floats) -> Points | None:
        """Their scores."""
        return None if now.pca is None else on_axes(now.pca.project(rows), self._axes(now))

    def of_comparison(self, now: Snapshot, seen: Comparison) -> Points | None:
        """At its scores."""
        return None if seen.scores is None else on_axes(seen.scores[None], self._axes(now))

    def cursor(self, now: Snapshot) -> Place | None:
        """Where it was put, or else where the picture decoded at z lies."""
        seen, put = now.pca_decoded, self.put(now)
        if now.pca is None or put is not None or seen is None:
            return put if now.pca is not None else None
        own = seen.axes == self._axes(now)  # else those of another view
        return place(seen.point[None]) if own else super().cursor(now)

    def of_sample(self, now: Snapshot, sample: int) -> Place | None:
        """Its scores."""
        scores = now.pca_scores
        if scores is None or max(self._axes(now)) >= scores.shape[1]:
            return None
        return place(on_axes(scores[sample][None], self._axes(now)))

    def immovable(self, now: Snapshot) -> str:
        """Where there are components, it can be moved."""
        return "" if now.pca is not None else "There are no components yet"

    def unproject_rows(self, now: Snapshot, points: Points) -> Floats | None:
        """The mean and the two components, in the model's units."""
        if now.pca is None:
            return None
        rows: Floats = now.pca.reconstruct(points, axes=self._axes(now))
        return rows.astype(np.float32)

    def _axes(self, now: Snapshot) -> tuple[int, int]:
        return now.plane(self.name).axes
