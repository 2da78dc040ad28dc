"""Question: what do new samples look like? Codes from a sampler, decoded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from explorer import config
from explorer.compute.analysis import Analysis, Report, seed_setting
from explorer.compute.question import questions
from explorer.errors import DataError
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from explorer.analysis.latent.mixtures import FittedMixture
    from explorer.analysis.latent.samplers import SamplerSource
    from explorer.data.dataset import Bytes, Dataset, Floats
    from explorer.models.autoencoder import Autoencoder

SAMPLERS = {  # what a form calls each, and what it does
    "mixture": (
        "From the codes",
        (
            "z from a mixture of Gaussians fitted to the codes by EM, as many as have the least BIC"
            " (Ghosh et al. 2020): for every model, plain autoencoders included"
        ),
    ),
    "prior": ("From the prior", "z ~ p(z), the model's own prior"),
    "around": (
        "Around the selected",
        "z ~ q(z|x) of the selected sample, its \u03c3 times the temperature",
    ),
    "truncated": (
        "Without the tails",
        (
            "Standard normal numbers no larger than the cut: fewer odd samples, less variety"
            " (Brock et al. 2019)"
        ),
    ),
}
_mixtures: WeakKeyDictionary[Codes, FittedMixture] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Sampled:
    """z: (n, d). rows: (n, D) in the model's units. pictures: (n, H, W, C) uint8 of them.

    components: of the mixture, where one was drawn from.
    """

    sampler: str
    seed: int
    z: Floats
    rows: Floats
    pictures: Bytes
    components: int | None


@questions.register("generate")
@dataclass(frozen=True, eq=False)
class DrawSamples(Analysis[Sampled]):
    """Draw new samples: codes at random, decoded.

    Every model can, plain autoencoders included. mixture fits Gaussians to the codes of DATA; prior
    is the model's own; around stays near one sample; truncated leaves the tails of the prior (or
    the mixture) away.
    """

    does = "draw samples"
    about = ("model", "dataset", "sample")
    topic = "pictures"
    examples = ("sample digits digits --out samples.png",)
    writes = ("picture", "arrays")
    out = "A picture of them, or arrays z (n, d) and x (n, H, W, C)"

    model: ModelSnapshot
    dataset: Dataset
    sampler: str = config.setting(
        "mixture", "New codes", "Where codes come from.", choices=SAMPLERS
    )
    n: int = config.setting(64, "Samples", "How many samples.", low=1, high=10_000)
    sample: int = config.setting(
        0, "Around", "Number of the sample that around stays near.", low=0, high=2**31, flag="about"
    )
    temperature: float = config.setting(
        1.0,
        "Temperature",
        "How far around goes, in the posterior's sigmas.",
        low=0,
        high=100,
        step=0.1,
    )
    cut: float = config.setting(
        1.0, "Cut", "How far truncated goes, in sigmas.", low=0.01, high=100, step=0.1
    )
    seed: int = seed_setting("samples")
    pixels: bool = config.setting(False, "Sample x", "Draw x from p(x|z), not its mean.")
    codes: Codes | None = None

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
        """Raises ModelError where the model has no prior to draw from, DataError for no sample.

        codes: those of all samples, where they are known already.
        """
        import numpy as np

        from explorer.analysis.latent.samplers import SampleSettings, samplers
        from explorer.compute.live import live
        from explorer.data.pictures.drawing import drawn

        module = live(self.model)
        source, row = self._source(module, task)
        settings = SampleSettings(self.n, self.seed, row, self.temperature, self.cut)
        z = samplers[self.sampler](source, settings)
        mixture = source.used
        if mixture is not None and self.codes is not None:
            _mixtures[self.codes] = mixture
        rows = self._decoded(module, z, task)
        pictures = np.stack([drawn(one, self.model.preparation) for one in rows])
        components = None if mixture is None else len(mixture)
        return Sampled(self.sampler, self.seed, z, rows, pictures, components)

    def report(self, answer: Sampled) -> Report:
        """What was drawn from, and the samples."""
        from explorer.analysis.sheets import sheet
        from explorer.export.things import Thing

        preparation = self.model.preparation
        unscaled = preparation.original(answer.rows).reshape(-1, *preparation.shape)
        thing = Thing(
            "samples", "the samples", picture=lambda _: sheet(answer.pictures),
            arrays=lambda _: {"z": answer.z, "x": unscaled},
        )  # fmt: skip
        values: dict[str, object] = {"n": self.n, "sampler": self.sampler, "seed": self.seed}
        if answer.components is not None:
            values["components"] = answer.components
        return Report(values, thing=thing)

    def _source(self, module: Autoencoder, task: Task) -> tuple[SamplerSource, int]:
        """What is drawn from, and the row of the codes that it is drawn around."""
        from explorer.analysis.latent.samplers import SamplerSource
        from explorer.data.binarising import fixed_draw

        data = fixed_draw(self.dataset)
        codes, row = self._codes(module, data, task)
        fitted = None if self.codes is None else _mixtures.get(self.codes)
        return SamplerSource(module, codes, task, data, fitted), row

    def _codes(self, module: Autoencoder, data: Dataset, task: Task) -> tuple[Codes, int]:
        """Those of the training part, which is what a mixture is fitted to; around needs its own.

        Raises DataError where there is no such sample.
        """
        import numpy as np

        from explorer.models.encoding import encode

        if not self.sample < len(data):
            raise DataError(
                f"there is no sample {self.sample}",
                where=data.name,
                remedy=f"give --about 0 to {len(data) - 1}",
            )
        around, codes = self.sampler == "around", self.codes
        if codes is None:
            index = np.append(self.sample, data.train_index)
            return encode(module, data, index if around else index[1:], task), 0
        if around:
            rows = np.flatnonzero(codes.index == self.sample)
            return codes, int(rows[0]) if len(rows) else -1
        return _some(codes, ~data.test[codes.index]), 0

    def _decoded(self, module: Autoencoder, z: Floats, task: Task) -> Floats:
        """Means of p(x|z), or draws from it where ``pixels`` are wished for: (n, D)."""
        import numpy as np
        import torch

        from explorer.analysis import passes
        from explorer.models.batches import to_numpy

        if not self.pixels:
            return passes.decoded(module, z, task)
        generator, drawn = torch.Generator().manual_seed(self.seed), []
        with torch.inference_mode():
            for part in passes.parts_of(np.arange(len(z)), task, "decoding"):
                raw = module.raw(torch.from_numpy(np.array(z[part], np.float32)))
                drawn.append(to_numpy(module.likelihood.sample(raw, generator)))
        return np.concatenate(drawn)


def _some(codes: Codes, kept: NDArray[np.bool_]) -> Codes:
    """The codes that are kept, or all where none is."""
    if not kept.any():
        return codes
    cov = None if codes.cov is None else codes.cov[kept]
    return replace(
        codes, mean=codes.mean[kept], std=codes.std[kept], index=codes.index[kept], cov=cov
    )
