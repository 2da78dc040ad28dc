"""What the state is made of: frozen values, replaced, never edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.paths import LatentPath
from explorer.analysis.pca import Pca
from explorer.compute import Comparison, Decoded, LinearDecoded
from explorer.compute.looking import Usual
from explorer.compute.paths import Film, Survey
from explorer.data.dataset import Dataset, Preparation
from explorer.data.own import Own
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.clock import Standing
from explorer.training.config import TrainingConfig
from explorer.training.history import TrainingSnapshot

Vector = NDArray[np.float32]
Index = NDArray[np.int64]
Mask = NDArray[np.bool_]
View = tuple[float, float, float, float]  # left, right, bottom, top

NOTHING = np.zeros(0, dtype=np.int64)
NOTHING.flags.writeable = False


@dataclass(frozen=True)
class Action:
    """What the user may do about a message. text: a verb, as on a button."""

    text: str
    act: Callable[[], object]


@dataclass(frozen=True)
class Message:
    """A sentence for the message bar. tone: "hint", "done", "warn" or "bad".

    actions: one to three things to do about it, the likeliest first; such a message stays until it
    is answered or put away (`explorer.app.asking`). seen: what follows from either. holds: whether
    it is true still; one that is not does not come back.
    """

    text: str
    tone: str = "hint"
    details: str = ""
    actions: tuple[Action, ...] = ()
    seen: Callable[[], object] | None = None
    holds: Callable[[], bool] | None = None


@dataclass(frozen=True)
class LayerLook:
    """How a layer of the latent plane is shown. opacity: 0 to 1."""

    visible: bool = True
    opacity: float = 1.0


@dataclass(frozen=True, eq=False)
class Bookmark:
    """A named z: (d,). space: the `space_of` the model it was set in."""

    name: str
    z: Vector
    space: str


def space_of(model: ModelSnapshot) -> str:
    """The same for two models whose z mean alike: one configuration on one data set."""
    return f"{model.data.get('hash', '')} {model.config!r}"


def preparation_of(dataset: Dataset | None, model: ModelSnapshot | None) -> Preparation | None:
    """What a picture must be made like to stand beside them."""
    if dataset is not None:
        return dataset.preparation
    return None if model is None else model.preparation


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything on screen follows from this value.

    codes: of ``model`` and ``dataset``, whatever was asked for: `State.update` drops all others.
    z: (d,) the held latent vector; preview: (d,) what the pointer shows in passing, or None.
    decoded: the newest answer for the shown z. pca_scores: (n, k) of every sample.
    pca_point: (2,) the cursor of the PCA plane in ``pca_axes``; pca_decoded: its picture.
    lead: "latent" or "pca", the plane the hand moves in; the other one's cursor follows. "sample":
    each plane's cursor is at the sample that was gone to.
    hover: a sample, or None.
    plane_axes: the two latent dimensions that the plane shows. muted: classes shown faintly.
    follow: whether the picture follows the pointer. smooth: whether pictures are smoothed.
    selection: (m,) sample positions; the first one is the sample that is compared.
    own: pictures of the user's own that are looked at instead: `State.update` keeps one of the two.
    usual: what the errors of samples stay below under ``model``, while own pictures are looked at.
    epoch: of the model shown. history: what the time line replays.
    training: "idle", "running", "paused" or "stopping". standing: how far it is, once it says so.
    layers: the looks that differ from what their layers usually have, by the layers' names.
    path: a way through latent space; film: its pictures, survey: where it leaves the data, as far
    as they are known; path_at: how far along it the moving dot is, 0 to 1.
    mark_a, mark_b: (d,) the two ends that a path may join. bookmarks: of all models.
    view, pca_view: what the hand chose to see of the two planes; None for all points.
    noise: sigma of what "Remove noise" adds. brushed: (H, W) False where the brush has been, None
    where it has been nowhere.
    """

    dataset: Dataset | None = None
    model: ModelSnapshot | None = None
    codes: Codes | None = None
    z: Vector | None = None
    preview: Vector | None = None
    decoded: Decoded | None = None
    pca: Pca | None = None
    pca_scores: Vector | None = None
    pca_axes: tuple[int, int] = (0, 1)
    pca_point: Vector | None = None
    pca_decoded: LinearDecoded | None = None
    lead: str = "latent"
    comparison: Comparison | None = None
    hover: int | None = None
    selection: Index = field(default_factory=lambda: NOTHING)
    own: Own | None = None
    usual: Usual | None = None
    muted: frozenset[int] = frozenset()
    plane_axes: tuple[int, int] = (0, 1)
    tool: str = "probe"
    follow: bool = False
    smooth: bool = False
    epoch: float | None = None
    history: tuple[TrainingSnapshot, ...] = ()
    training: str = "idle"
    standing: Standing | None = None
    model_config: ModelConfig = field(default_factory=ModelConfig)
    training_config: TrainingConfig = field(default_factory=TrainingConfig)
    message: Message | None = None
    layers: Mapping[str, LayerLook] = field(default_factory=dict)
    path: LatentPath | None = None
    film: Film | None = None
    survey: Survey | None = None
    path_at: float = 0.0
    mark_a: Vector | None = None
    mark_b: Vector | None = None
    bookmarks: tuple[Bookmark, ...] = ()
    view: View | None = None
    pca_view: View | None = None
    noise: float = 0.5
    brushed: Mask | None = None

    @property
    def bookmarks_here(self) -> tuple[Bookmark, ...]:
        """Those of the model shown."""
        if self.model is None:
            return ()
        space = space_of(self.model)
        return tuple(mark for mark in self.bookmarks if mark.space == space)

    @property
    def sample(self) -> int | None:
        """The sample that is compared: the first one selected."""
        return int(self.selection[0]) if len(self.selection) else None

    @property
    def space(self) -> str | None:
        """What z means (`space_of`)."""
        return None if self.model is None else space_of(self.model)

    @property
    def whole_codes(self) -> Codes | None:
        """The codes, where they are of every sample and not of some as while training."""
        whole = self.codes is not None and len(self.codes.index) == len(self.dataset or ())
        return self.codes if whole else None

    @property
    def preparation(self) -> Preparation | None:
        """Of the data shown, or of the model's where there is no data."""
        return preparation_of(self.dataset, self.model)

    @property
    def own_comparison(self) -> Comparison | None:
        """The comparison, where it is of the own picture that is looked at."""
        seen = self.comparison
        if self.own is None or seen is None or seen.own is not self.own.picture:
            return None
        return seen

    @property
    def shown_z(self) -> Vector | None:
        """What the image shows: the preview while there is one, else the held z."""
        return self.z if self.preview is None else self.preview


DERIVED = {"sample": "selection", "space": "model"}
"""What follows from a field, and can be watched and be a subject as if it were one itself."""
