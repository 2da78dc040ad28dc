"""What a model is, as plain values. No torch, so that the window and the state can hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from explorer.config import setting
from explorer.models.groups import NETWORK, OBJECTIVE

if TYPE_CHECKING:  # whoever lists settings, as a help page does, needs no arrays
    import numpy as np
    from numpy.typing import NDArray

    from explorer.data.dataset import Preparation


@dataclass(frozen=True)
class ModelConfig:
    """Everything that decides the shape of a model; with the weights it decides the model.

    The preset names the posterior, prior and objective; ``likelihood`` may be chosen freely among
    those the preset allows ("" takes the preset's default). options: settings of
    the pieces, by name.
    """

    preset: str = setting("vae", "Model", "Which member of the family.", group=NETWORK)
    body: str = setting(
        "mlp", "Body", "The networks around z: dense or convolutions.", group=NETWORK
    )
    likelihood: str = setting(
        "", "Likelihood", "p(x|z): what the decoder's output means.", group=OBJECTIVE
    )
    latent_dim: int = setting(2, "Latent dimensions", "Length of z.", low=1, high=64, group=NETWORK)
    hidden: int = setting(
        512, "Width", "Units of the widest hidden layer.", low=4, high=4096, group=NETWORK
    )
    options: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class ModelSnapshot:
    """A model at one moment: its configuration and its weights, immutable, free of torch.

    This is what crosses lanes and lives in the state; a live module never does.
    id: unique per set of weights. weights: name -> read-only array. preparation: how its data was
    made. metrics, training, data: JSON values as in ``model.json``. path: its folder once saved.
    """

    id: str
    config: ModelConfig
    preparation: Preparation
    weights: Mapping[str, NDArray[np.generic]] = field(repr=False)
    metrics: Mapping[str, object] = field(default_factory=dict)
    training: Mapping[str, object] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)
    path: str | None = None


@dataclass(frozen=True, eq=False)
class Codes:
    """Where a model puts the samples of a data set: q(z|x) of each, read-only.

    mean, std: (m, d) float32 (std is 0 for a point posterior). index: (m,) int64 positions in the
    data set. cov: (m, d, d) float32, where a posterior is tilted; the window has it up to d = 3. A
    shown code is ``mean`` (theory, section 1).
    """

    model_id: str
    mean: NDArray[np.float32]
    std: NDArray[np.float32]
    index: NDArray[np.int64]
    kl_per_dim: NDArray[np.float32] | None = None
    cov: NDArray[np.float32] | None = None
