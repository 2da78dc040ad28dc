"""Whether a value that comes from a file makes sense beside the data and the model shown.

A field names its test (`explorer.app.parts.rules`); None, where a field may be it, always fits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.latent.paths import LatentPath
from explorer.app.parts.naming import kind_name
from explorer.app.parts.values import Bookmark, Index, LayerAppearance, Mask, Vector, View
from explorer.data.dataset import Dataset, Preparation
from explorer.data.pictures.own import Own
from explorer.errors import SettingsError
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.noises import noises
from explorer.models.pieces import with_settings
from explorer.models.presets import DEFAULT_BODY, Preset, presets


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


class SeenPlane(Protocol):
    """How a plane is looked at (`explorer.app.parts.planes.PlaneState`)."""

    @property
    def axes(self) -> tuple[int, int]:
        """The two shown."""
        ...

    @property
    def view(self) -> View | None:
        """What was chosen to be seen."""
        ...

    @property
    def cursor(self) -> tuple[float, float] | None:
        """Where it was put."""
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


def are_planes(planes: Mapping[str, SeenPlane], of: Subject) -> bool:
    """Each with two axes that there may be, a part of it that can be seen, and a finite cursor."""
    return all(_is_plane(name, plane, of) for name, plane in planes.items())


def are_further(views: Sequence[str], of: Subject) -> bool:
    """Names of further views, each once."""
    return len(set(views)) == len(views) and all(kind_name(name) != name for name in views)


def _is_plane(name: str, plane: SeenPlane, of: Subject) -> bool:
    features = 0 if of.dataset is None else of.dataset.preparation.features
    fits = (
        are_dimensions(plane.axes, of)
        if kind_name(name) == "latent"
        else _are_axes(plane.axes, features)
    )
    first = plane.axes == (0, 1)  # of whatever is shown, a plane of one axis included
    seen = plane.view is None or is_view(plane.view, of)
    return (fits or first) and seen and bool(np.isfinite(plane.cursor or 0.0).all())


def _are_axes(axes: tuple[int, int], count: int) -> bool:
    return all(0 <= axis < count for axis in axes) and axes[0] != axes[1]


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


def is_model(config: ModelConfig, of: Subject) -> bool:
    """Of a preset that there is, and of pieces that it allows, each of its settings in range."""
    if config.preset not in presets:
        return False
    preset = presets[config.preset]
    likelihood = config.likelihood in ("", *preset.likelihoods)
    body = config.body in (DEFAULT_BODY, *preset.all_bodies)
    return body and likelihood and _in_range(preset, config)


def _in_range(preset: Preset, config: ModelConfig) -> bool:
    try:
        for piece in preset.pieces(config):
            with_settings(piece, config.options)
    except SettingsError:
        return False
    return config.options.keys() <= preset.options.keys()


def is_view(view: View, of: Subject) -> bool:
    """A part of a plane that has a width and a height."""
    left, right, bottom, top = view
    return bool(np.isfinite(view).all()) and left < right and bottom < top


def is_share(share: float, of: Subject) -> bool:
    """From 0 to 1."""
    return 0 <= share <= 1


def is_noise(amount: float, of: Subject) -> bool:
    """A finite standard deviation, or share."""
    return 0 <= amount < np.inf


def is_noise_kind(name: str, of: Subject) -> bool:
    """One that there is."""
    return name in noises


def are_opacities(layers: Mapping[str, LayerAppearance], of: Subject) -> bool:
    """Each from 0 to 1."""
    return all(is_share(look.opacity, of) for look in layers.values())


def are_bookmarks(marks: Sequence[Bookmark], of: Subject) -> bool:
    """Vectors, each of whatever space."""
    return all(mark.z.ndim == 1 and len(mark.z) > 0 for mark in marks)
