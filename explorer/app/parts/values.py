"""The small values that parts of the state are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.data.dataset import Dataset, Preparation
from explorer.models.config import ModelSnapshot

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
    is answered or put away (`app.words.asking`). seen: what follows from either. holds: whether
    it is true still; one that is not does not come back.
    """

    text: str
    tone: str = "hint"
    details: str = ""
    actions: tuple[Action, ...] = ()
    seen: Callable[[], object] | None = None
    holds: Callable[[], bool] | None = None


@dataclass(frozen=True)
class LayerAppearance:
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
