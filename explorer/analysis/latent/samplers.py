"""Where new codes come from, for every model, plain autoencoders included. One sampler a function.

A sampler is handed a `SamplerSource` and a `SampleSettings` and gives codes z (n, d) float32.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch

from explorer.analysis.latent import mixtures
from explorer.analysis.latent.aggregate import cholesky
from explorer.analysis.latent.mixtures import FittedMixture
from explorer.analysis.passes import Index, batch_of
from explorer.data.dataset import Dataset, Floats
from explorer.errors import ModelError
from explorer.models.autoencoder import Autoencoder
from explorer.models.config import Codes
from explorer.models.encoding import device_of
from explorer.models.posteriors.point import PointLayer
from explorer.models.priors.standard import StandardNormal
from explorer.registry import Registry
from explorer.task import NO_TASK, Task

NEIGHBOURS = 10  # of a code without a width of its own


@dataclass(frozen=True)
class SampleSettings:
    """What is asked for.

    about: position in the codes of the sample to stay around. temperature: times the posterior's
    standard deviation. cut: no standard normal number beyond this.
    """

    n: int
    seed: int = 0
    about: int = 0
    temperature: float = 1.0
    cut: float = 1.0


@dataclass(frozen=True, eq=False)
class SamplerSource:
    """A model and the codes of its training samples; the mixture is fitted when first needed.

    dataset: what ``codes.index`` counts in; with it "around" draws from q(z|x) itself, without it
    from the Gaussian that the codes hold. fitted: the mixture, where it was fitted before.
    """

    model: Autoencoder
    codes: Codes
    task: Task = NO_TASK
    dataset: Dataset | None = None
    fitted: FittedMixture | None = None

    @cached_property
    def mixture(self) -> FittedMixture:
        """Fitted to the mean codes."""
        return self.fitted or mixtures.fit(self.codes.mean, self.task)

    @property
    def used(self) -> FittedMixture | None:
        """The mixture, if a sampler has drawn from it."""
        found: FittedMixture | None = vars(self).get("mixture")
        return found

    @property
    def has_prior(self) -> bool:
        """Whether the model was trained to put its codes where a prior expects them."""
        return not isinstance(self.model.posterior, PointLayer)


Sampler = Callable[[SamplerSource, SampleSettings], Floats]
samplers: Registry[Sampler] = Registry("sampler")


@samplers.register("prior")
def from_prior(source: SamplerSource, wish: SampleSettings) -> Floats:
    """z ~ p(z). Raises ModelError for a plain autoencoder: it has none."""
    if not source.has_prior:
        raise ModelError(
            "a plain autoencoder has no prior to sample from",
            remedy="sample from a mixture fitted to its codes",
        )
    generator = torch.Generator(device_of(source.model)).manual_seed(wish.seed)
    with torch.inference_mode():
        z: Floats = source.model.prior.sample(wish.n, generator).float().cpu().numpy()
    return z


@samplers.register("mixture")
def from_mixture(source: SamplerSource, wish: SampleSettings) -> Floats:
    """z from the mixture fitted to the codes (Ghosh et al. 2020)."""
    return source.mixture.sample(wish.n, np.random.default_rng(wish.seed)).astype(np.float32)


@samplers.register("around")
def around(source: SamplerSource, wish: SampleSettings) -> Floats:
    """z = mu + temperature * sigma eps of one sample's q(z|x).

    Where codes are points, the spread of the nearest codes around it stands in for sigma.
    """
    codes, i = source.codes, wish.about
    if not 0 <= i < len(codes.mean):
        raise ModelError(f"there is no sample {i}", remedy=f"choose 0 to {len(codes.mean) - 1}")
    if source.dataset is not None and codes.std[i].any():
        return _drawn_around(source.model, source.dataset, codes.index[[i]], wish)
    eps = np.random.default_rng(wish.seed).standard_normal((wish.n, codes.mean.shape[1]))
    if codes.cov is not None:
        away = eps @ cholesky(codes.cov[[i]])[0].T
    else:
        std = codes.std[i] if codes.std[i].any() else _spread(codes.mean, i)
        away = eps * std
    z: Floats = (codes.mean[i] + wish.temperature * away).astype(np.float32)
    return z


@samplers.register("truncated")
def truncated(source: SamplerSource, wish: SampleSettings) -> Floats:
    """Standard normal numbers of magnitude up to ``cut``: fewer odd samples, less variety.

    They are z itself where the prior is N(0, I), else they move the components of the mixture
    (Brock et al. 2019, section 3.1).
    """
    d = source.codes.mean.shape[1]
    rng = np.random.default_rng(wish.seed)
    eps = rng.standard_normal((wish.n, d))
    for _ in range(1000):
        beyond = np.abs(eps) > wish.cut
        if not beyond.any():
            break
        eps[beyond] = rng.standard_normal(int(beyond.sum()))
    eps = eps.clip(-wish.cut, wish.cut)
    if source.has_prior and isinstance(source.model.prior, StandardNormal):
        z: Floats = eps.astype(np.float32)
        return z
    return source.mixture.sample(wish.n, rng, eps).astype(np.float32)


@torch.inference_mode()
def _drawn_around(
    model: Autoencoder, dataset: Dataset, index: Index, wish: SampleSettings
) -> Floats:
    """q(z|x) as it is, tilted or bent: draws, ``temperature`` times as far from the mean."""
    posterior = model.encode(batch_of(model, dataset, index))
    generator = torch.Generator(device_of(model)).manual_seed(wish.seed)
    drawn = posterior.sample(generator, wish.n)[:, 0]
    z: Floats = (posterior.mean + wish.temperature * (drawn - posterior.mean)).cpu().numpy()
    return z


def _spread(mean: Floats, i: int) -> Floats:
    """Root mean square distance in each dimension to the nearest codes: (d,)."""
    away = mean - mean[i]
    nearest = np.argsort((away**2).sum(axis=1))[1 : NEIGHBOURS + 1]
    spread: Floats = np.sqrt((away[nearest] ** 2).mean(axis=0)) if len(nearest) else away[i]
    return spread
