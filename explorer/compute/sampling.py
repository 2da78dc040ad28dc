"""New samples: codes from a sampler, decoded, as pictures."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explorer.compute import live
from explorer.data.binarising import settled
from explorer.data.dataset import Bytes, Dataset, Floats
from explorer.data.drawing import drawn
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import Task

if TYPE_CHECKING:
    from explorer.analysis.samplers import Source

SAMPLERS = ("prior", "mixture", "around", "truncated")
_thread = threading.local()


@dataclass(frozen=True, eq=False)
class SampleRequest:
    """Draw ``n`` codes by ``sampler``, one of SAMPLERS, and decode them.

    about: a sample of the data set, for "around". pixels: draw x ~ p(x|z), not its mean.
    """

    model: ModelSnapshot
    dataset: Dataset
    codes: Codes
    sampler: str
    n: int = 60
    seed: int = 0
    about: int = 0
    temperature: float = 1.0
    cut: float = 1.0
    pixels: bool = False


@dataclass(frozen=True, eq=False)
class Sampled:
    """z: (n, d). pictures: (n, H, W, C) uint8. components: of the mixture, if one was fitted."""

    model_id: str
    sampler: str
    seed: int
    z: Floats
    pictures: Bytes
    components: int | None


def sample(request: SampleRequest, task: Task) -> Sampled:
    """Draw and decode. Raises ModelError where the model has no prior to draw from."""
    import torch

    from explorer.analysis.samplers import Source, Wish, samplers
    from explorer.models.priors.standard import StandardNormal

    model, codes, about = live(request.model), request.codes, request.about
    if request.sampler == "around":
        rows = np.flatnonzero(codes.index == about)
        about = int(rows[0]) if len(rows) else -1
    else:  # what is fitted to codes is fitted to those of the training part
        codes = _some(codes, ~request.dataset.test[codes.index])
    source = _source(Source(model, codes, task, settled(request.dataset)), request.model.id)
    wish = Wish(request.n, request.seed, about, request.temperature, request.cut)
    z = samplers[request.sampler](source, wish)
    with torch.inference_mode():
        raw = model.raw(torch.from_numpy(np.array(z, np.float32)))
        generator = torch.Generator().manual_seed(request.seed)
        likelihood = model.likelihood
        x = likelihood.sample(raw, generator) if request.pixels else likelihood.mean(raw)
    pictures = _pictures(x, request.model)
    mixture = source.__dict__.get("mixture")
    plain = source.has_prior and isinstance(model.prior, StandardNormal)  # then N(0, I) is cut
    used = request.sampler == "mixture" or (request.sampler == "truncated" and not plain)
    components = len(mixture) if used and mixture is not None else None
    return Sampled(request.model.id, request.sampler, request.seed, z, pictures, components)


def _some(codes: Codes, kept: NDArray[np.bool_]) -> Codes:
    if not kept.any():
        return codes
    cov = None if codes.cov is None else codes.cov[kept]
    return replace(
        codes, mean=codes.mean[kept], std=codes.std[kept], index=codes.index[kept], cov=cov
    )


def _source(source: Source, model_id: str) -> Source:
    """The same source with the mixture that was fitted for it before, if one was.

    The fit is kept with its model's id, one a thread.
    """
    kept = getattr(_thread, "mixture_of", None)
    if kept is not None and kept[0] == model_id and "mixture" in kept[1].__dict__:
        source.__dict__["mixture"] = kept[1].__dict__["mixture"]
    _thread.mixture_of = (model_id, source)
    return source


def _pictures(x: object, model: ModelSnapshot) -> Bytes:
    from explorer.models.batches import to_numpy

    rows = to_numpy(x)  # type: ignore[arg-type]
    return np.stack([drawn(row, model.preparation) for row in rows])
