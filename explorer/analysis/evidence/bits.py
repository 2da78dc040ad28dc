"""How many bits a feature takes: -log2 of the probability of its level (theory, section 5).

Only a probability has a length in bits. A likelihood of levels has one, and so has a Bernoulli of
black and white. Of a density of values in levels the mass in each level's bin, given z, makes a
model of levels with the same encoder, decoder and prior, and its evidence is measured as any other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.analysis import cautions
from explorer.analysis.basis import Values
from explorer.analysis.errors import means
from explorer.analysis.evidence import estimate, mesh
from explorer.analysis.evidence.estimate import Evidence
from explorer.analysis.passes import Index, batch_of, parts_of
from explorer.analysis.quality import subsample
from explorer.data.binarising import is_binary
from explorer.data.dataset import Dataset, Floats
from explorer.data.kinds import kind_of
from explorer.models.autoencoder import Autoencoder
from explorer.models.config import Codes, ModelConfig
from explorer.models.likelihoods import Likelihood
from explorer.models.pieces.likelihoods import likelihood_pieces
from explorer.models.presets import presets
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

MOST = 100  # samples that masses are measured of,
DRAWS = 500  # and codes drawn for each: their error is far below that over samples
SEEN = 0.001  # share of features beyond the ceiling that is worth a word

PROBABILITY, MASS, BOUND = "probability", "mass of levels", "uniform dequantisation"
NUMBERS = (
    "bits_per_dim", "bits_per_dim_standard_error", "bits_per_dim_bound",
    "bits_per_dim_bound_standard_error",
)  # fmt: skip
OF_DENSITY = ("bits_per_dim_of_density",)
FACTS = ("bits_per_dim_way", "bits_per_dim_n", "levels", "log_likelihood_ceiling")
KEYS = (*NUMBERS, *OF_DENSITY, "share_beyond_ceiling", *FACTS)

NO_LEVELS = "these values come in no levels, and a density has no length in bits"
NO_LIKELIHOOD = "a cross-entropy of grey values is no likelihood and has no length in bits"
NO_DENSITY = "the likelihood is a probability already"
POINT = "a plain autoencoder's code is a point: it has no elbo and no log p(x)"


class Masses(Likelihood):
    """The probability of each level that a density has mass for in its bin, given z."""

    discrete = True
    tabled = False

    def __init__(self, of: Likelihood) -> None:
        super().__init__(of.link)
        self.of, self.outputs, self.levels = of, of.outputs, of.levels
        self.mass_is_exact = of.mass_is_exact

    def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
        """log P(the levels of x | z)."""
        return self.of.log_mass(raw, x)

    def mean(self, raw: Tensor) -> Tensor:
        """That of the density."""
        return self.of.mean(raw)

    def sample(self, raw: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """What the density draws."""
        return self.of.sample(raw, generator)


def of_masses(model: Autoencoder) -> Autoencoder:
    """The model of levels that has all pieces of ``model`` but its likelihood: same weights."""
    made = Autoencoder(
        model.encoder, model.posterior, model.decoder, Masses(model.likelihood), model.prior
    )
    return made.train(model.training)


@dataclass(frozen=True, eq=False)
class Lengths:
    """Nats of the levels of m samples, which are n / m of those that are measured.

    log_p: (m,), None where it is not known; elbo: (m,) its bound. levels: L, one less than there
    are. beyond: the share of features whose density is above L, 0 of a probability. density: the
    mean log p(x) of all n, None of a probability.
    """

    log_p: Doubles | None
    elbo: Doubles
    way: str
    levels: int
    features: int
    beyond: float = 0.0
    density: float | None = None

    @property
    def bits(self) -> Doubles | None:
        """(m,) per feature; None where only a bound of them is known."""
        return None if self.log_p is None else _in_bits(self.log_p, self.features)

    def values(self) -> Values:
        """Bits per feature, and the facts beside them."""
        known, bound = _told(self.bits), _told(_in_bits(self.elbo, self.features))
        dense = self.density is not None
        ceiling = self.features * math.log(self.levels) if dense else 0.0
        away = None if self.density is None else ceiling - self.density
        numbers = (*known, *bound, None if away is None else away / (self.features * math.log(2)))
        facts = (self.beyond, self.way, len(self.elbo), self.levels + 1, ceiling)
        return dict(zip(KEYS, (*numbers, *facts), strict=True))


def _in_bits(log_p: Doubles, features: int) -> Doubles:
    return -log_p / (features * math.log(2.0))


def _told(bits: Doubles | None) -> tuple[float | None, float | None]:
    """The mean over samples and its standard error."""
    if bits is None:
        return None, None
    return float(bits.mean()), means.standard_error(bits)


def lengths(
    model: Autoencoder,
    dataset: Dataset,
    codes: Codes,
    found: Evidence,
    task: Task = NO_TASK,
    *,
    seed: int = 0,
) -> Lengths:
    """Of the samples that ``codes`` are of, whose evidence is ``found``; the data come in levels.

    Of a density it is measured anew, with masses in its place, on at most MOST samples.
    """
    likelihood, features = model.likelihood, dataset.preparation.features
    levels = likelihood.levels
    if likelihood.discrete:
        return Lengths(found.log_likelihood, found.elbo, PROBABILITY, levels, features)
    of = subsample(len(codes.index), MOST)
    some, mean = codes.index[of], codes.mean[of]
    masses = of_masses(model)
    measured = estimate.measure(
        masses, dataset, some, DRAWS, task, seed=seed, reach=mesh.reach_of(mean)
    )
    assert measured is not None  # it has a posterior, as `found` tells
    known, way = measured.log_likelihood, MASS if likelihood.mass_is_exact else BOUND
    density = found.elbo if found.log_likelihood is None else found.log_likelihood
    beyond = share_beyond(model, dataset, some, mean, task)
    return Lengths(known, measured.elbo, way, levels, features, beyond, float(density.mean()))


@torch.inference_mode()
def share_beyond(
    model: Autoencoder, dataset: Dataset, index: Index, mean: Floats, task: Task = NO_TASK
) -> float:
    """Of the features of samples, decoded at codes (m, d): whose density is above that of levels.

    A level's bin is 1 / levels wide: a density above ``levels`` there would be more than sure.
    """
    ceiling, count = math.log(model.likelihood.levels), 0
    for part in parts_of(index, task, "the ceiling of levels"):
        x = batch_of(model, dataset, index[part])
        z = torch.tensor(mean[part], device=x.device)
        log_p = per_feature(model.likelihood, model.raw(z), x)
        count += int((log_p > ceiling).sum())
    return count / (len(index) * dataset.preparation.features)


def per_feature(likelihood: Likelihood, raw: Tensor, x: Tensor) -> Tensor:
    """log p(x_i|z) of each feature: (B, outputs * C, H, W), (B, C, H, W) -> (B, C, H, W).

    Each is scored as a picture of its own: features are independent given z.
    """
    alone = raw.view(len(x), likelihood.outputs, *x.shape[1:]).movedim(1, -1)
    alone = alone.reshape(1, x.numel(), likelihood.outputs, 1, 1)
    return likelihood.log_prob(alone, x.reshape(-1, 1, 1, 1))[0].view(x.shape)


def why_none(config: ModelConfig, dataset: Dataset) -> str:
    """Why there are no bits of what a model of ``config`` says of such data; "" where there are."""
    name = presets[config.preset].likelihood_for(config.likelihood, dataset.kind)
    if kind_of(dataset).standardised:
        return NO_LEVELS
    grey = bool(likelihood_pieces[name].grey_title) and not is_binary(dataset)
    return NO_LIKELIHOOD if grey else ""


def warnings_of(values: Values, why: str, without: str = POINT) -> list[str]:
    """Why there are no bits, or what the density is not.

    why: that of `why_none`. without: why bits are null where there are levels.
    """
    if why or values["levels"] is None:
        return cautions.of_nulls(values, KEYS, why or without)
    said = cautions.of_nulls(values, NUMBERS, without)
    if values["bits_per_dim_way"] == PROBABILITY:
        return [*said, *cautions.of_nulls(values, OF_DENSITY, NO_DENSITY)]
    return [*said, *of_ceiling(values)]


def of_ceiling(values: Values) -> list[str]:
    """Whether a density is what no model of its levels can be; nothing where there is none."""
    if values[OF_DENSITY[0]] is None:
        return []
    share, read = (float(str(values[key])) for key in ("share_beyond_ceiling", *OF_DENSITY))
    if share < SEEN and read >= 0.0:
        return []
    negative = f"; read as bits it would be {read:.2f} per dimension" if read < 0.0 else ""
    above = f"the density of {share:.1%} of the features is above the ceiling of any model of"
    why = "values sit on points, so that log p(x) is no length of a code"
    return [f"{above} {values['levels']} levels{negative}: {why}"]
