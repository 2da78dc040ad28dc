"""Whether a value that comes from a file makes sense beside the data and the model shown.

A field names its test (`explorer.app.parts.rules`); None, where a field may be it, always fits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.paths import LatentPath
from explorer.app.parts.values import Bookmark, Index, LayerLook, Mask, Vector, View
from explorer.data.dataset import Dataset, Preparation
from explorer.data.own import Own
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.presets import presets

COMPONENTS = 64  # of PCA, at most


class Subject(Protocol):
    """What values have to fit: the part of the state that says what is looked at."""

    @property
    def dataset(self) -> Dataset | None:
        """The data shown."""
        ...

    @property
    def model(self) -> ModelSnapshot | None:
        """The model shown."""
        ...

    @property
    def preparation(self) -> Preparation | None:
        """Of the data, or else of the model's."""
        ...


def is_code(z: Vector, of: Subject) -> bool:
    """A vector of the model's latent space."""
    return of.model is not None and z.shape == (of.model.config.latent_dim,)


def is_path(path: LatentPath, of: Subject) -> bool:
    """A way through the model's latent space, with a beginning and an end."""
    points = path.points
    return points.ndim == 2 and len(points) > 1 and is_code(points[0], of)


def are_dimensions(axes: tuple[int, int], of: Subject) -> bool:
    """Two of the model's latent dimensions; of a line, the only one beside nothing."""
    return of.model is not None and _are_axes(axes, max(of.model.config.latent_dim, 2))


def are_components(axes: tuple[int, int], of: Subject) -> bool:
    """Two principal components of the data."""
    if of.dataset is None:
        return False
    return _are_axes(axes, min(COMPONENTS, len(of.dataset), of.dataset.preparation.features))


def _are_axes(axes: tuple[int, int], count: int) -> bool:
    return all(0 <= axis < count for axis in axes) and axes[0] != axes[1]


def is_point(point: Vector, of: Subject) -> bool:
    """A place on a plane of the data."""
    return of.dataset is not None and point.shape == (2,)


def are_samples(index: Index, of: Subject) -> bool:
    """Positions in the data set."""
    return index.ndim == 1 and _within(index, 0 if of.dataset is None else len(of.dataset))


def are_classes(classes: frozenset[int], of: Subject) -> bool:
    """Classes of the data set."""
    return _within(
        np.array([*classes], np.int64), 0 if of.dataset is None else len(of.dataset.classes)
    )


def _within(index: NDArray[np.int64], count: int) -> bool:
    return bool(((index >= 0) & (index < count)).all())


def is_mask(mask: Mask, of: Subject) -> bool:
    """As high and as wide as a sample."""
    return of.dataset is not None and mask.shape == of.dataset.preparation.shape[:2]


def is_sample_like(own: Own, of: Subject) -> bool:
    """Pictures made like the samples."""
    return own.picture.fits(of.preparation)


def is_epoch(epoch: float, of: Subject) -> bool:
    """A moment of the model's training."""
    return of.model is not None and 0 <= epoch < np.inf


def is_known(config: ModelConfig, of: Subject) -> bool:
    """Of a preset that there is."""
    return config.preset in presets


def is_view(view: View, of: Subject) -> bool:
    """A part of a plane that has a width and a height."""
    left, right, bottom, top = view
    return bool(np.isfinite(view).all()) and left < right and bottom < top


def is_lead(lead: str, of: Subject) -> bool:
    """A plane whose cursor can be moved, or the sample that both are at."""
    return lead in ("latent", "pca", "sample")


def is_share(share: float, of: Subject) -> bool:
    """From 0 to 1."""
    return 0 <= share <= 1


def is_noise(sigma: float, of: Subject) -> bool:
    """A finite standard deviation."""
    return 0 <= sigma < np.inf


def are_opacities(layers: Mapping[str, LayerLook], of: Subject) -> bool:
    """Each from 0 to 1."""
    return all(is_share(look.opacity, of) for look in layers.values())


def are_bookmarks(marks: Sequence[Bookmark], of: Subject) -> bool:
    """Vectors, each of whatever space."""
    return all(mark.z.ndim == 1 and len(mark.z) > 0 for mark in marks)
