"""Question: what do new samples look like? Codes from a sampler, decoded, as pictures."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explorer import config
from explorer.compute.live import live
from explorer.compute.question import Question, questions
from explorer.data.binarising import fixed_draw
from explorer.data.dataset import Bytes, Dataset, Floats
from explorer.data.drawing import drawn
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    from explorer.analysis.samplers import SamplerSource

SAMPLERS = ("prior", "mixture", "around", "truncated")
_thread = threading.local()


@dataclass(frozen=True, eq=False)
class Sampled:
    """z: (n, d). pictures: (n, H, W, C) uint8. components: of the mixture, if one was fitted."""

    sampler: str
    seed: int
    z: Floats
    pictures: Bytes
    components: int | None


@questions.register("generate")
@dataclass(frozen=True, eq=False)
class DrawSamples(Question[Sampled]):
    """Draw ``n`` codes by ``sampler`` and decode them.

    sample: of the data set, for "around". pixels: draw x ~ p(x|z), not its mean.
    """

    does = "draw samples"
    about = ("model", "dataset", "sample")

    model: ModelSnapshot
    dataset: Dataset
    codes: Codes
    sampler: str = config.setting("prior", "From", "Where new codes come from", choices=SAMPLERS)
    n: int = config.setting(60, "Samples", "How many", low=1)
    seed: int = config.setting(0, "Seed", "Same seed, same samples", low=0)
    sample: int | None = None
    temperature: float = config.setting(1.0, "Temperature", "Times sigma of q(z|x)", low=0.0)
    cut: float = config.setting(1.0, "Cut", "No standard normal number beyond this", low=0.0)
    pixels: bool = config.setting(False, "Sample pixels", "Draw x ~ p(x|z), not its mean")

    @property
    def quiet(self) -> bool:
        """A mixture has to be fitted first."""
        return self.sampler != "mixture"

    @property
    def subject(self) -> dict[str, object]:
        """The sample only where codes are drawn around it."""
        names = self.about if self.sampler == "around" else self.about[:2]
        return {name: getattr(self, name) for name in names}

    def answer(self, task: Task = NO_TASK) -> Sampled:
        """Raises ModelError where the model has no prior to draw from."""
        import torch

        from explorer.analysis.samplers import SampleSettings, samplers
        from explorer.models.priors.standard import StandardNormal

        model, (source, row) = live(self.model), self._source(task)
        z = samplers[self.sampler](
            source, SampleSettings(self.n, self.seed, row, self.temperature, self.cut)
        )
        with torch.inference_mode():
            raw = model.raw(torch.from_numpy(np.array(z, np.float32)))
            generator = torch.Generator().manual_seed(self.seed)
            likelihood = model.likelihood
            x = likelihood.sample(raw, generator) if self.pixels else likelihood.mean(raw)
        mixture = source.__dict__.get("mixture")
        plain = source.has_prior and isinstance(model.prior, StandardNormal)  # then N(0, I) is cut
        used = self.sampler == "mixture" or (self.sampler == "truncated" and not plain)
        components = len(mixture) if used and mixture is not None else None
        return Sampled(self.sampler, self.seed, z, _pictures(x, self.model), components)

    def _source(self, task: Task) -> tuple[SamplerSource, int]:
        """What is drawn from, and the row of the codes that it is drawn around."""
        from explorer.analysis.samplers import SamplerSource

        codes, row = self.codes, 0
        if self.sampler == "around":
            rows = np.flatnonzero(codes.index == self.sample)
            row = int(rows[0]) if len(rows) else -1
        else:  # what is fitted to codes is fitted to those of the training part
            codes = _some(codes, ~self.dataset.test[codes.index])
        source = SamplerSource(live(self.model), codes, task, fixed_draw(self.dataset))
        return _with_mixture(source, self.model.id), row


def _some(codes: Codes, kept: NDArray[np.bool_]) -> Codes:
    if not kept.any():
        return codes
    cov = None if codes.cov is None else codes.cov[kept]
    return replace(
        codes, mean=codes.mean[kept], std=codes.std[kept], index=codes.index[kept], cov=cov
    )


def _with_mixture(source: SamplerSource, model_id: str) -> SamplerSource:
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
