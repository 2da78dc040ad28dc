"""The aggregate posterior of posteriors that are no Gaussians: their own draws and densities.

It is asked of what a model says of each sample, and takes d passes through a flow for every pair of
a point and a sample: hundreds of times as long as `aggregate.AggregatePosterior`.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.analysis.passes import Index, batch_of, parts_of
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder
from explorer.models.encoding import device_of
from explorer.models.posteriors import Posterior
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

PASS_PAIRS = 2**17  # pairs of a point and a sample at once


class BentPosteriors:
    """q(z) = 1/n sum_i q(z|x_i) of the samples at ``index``, in that order."""

    def __init__(
        self, model: Autoencoder, dataset: Dataset, index: Index, task: Task = NO_TASK
    ) -> None:
        self.n, self.d = len(index), model.prior.latent_dim
        self._device = device_of(model)
        with torch.no_grad():
            self._parts: list[Posterior] = [
                model.encode(batch_of(model, dataset, index[part]))
                for part in parts_of(index, task, "encoding")
            ]

    @property
    def rows(self) -> int:
        """Points whose densities under every sample's posterior are in memory at once."""
        return max(1, PASS_PAIRS // self.n)

    @torch.no_grad()
    def each(self, z: Doubles) -> Doubles:
        """log q(z|x_i) in nats: (b, d) -> (b, n)."""
        points = torch.from_numpy(z).float().to(self._device)[:, None]  # (b, 1, d)
        found = [
            part.log_prob(points.expand(-1, part.mean.shape[0], -1)).double().cpu().numpy()
            for part in self._parts
        ]
        return np.concatenate(found, axis=1)

    @torch.no_grad()
    def sample(self, n: int, rng: np.random.Generator) -> tuple[Doubles, Doubles, Index]:
        """n draws (n, d), log q(z|x_i) of the x_i each came from (n,), and i (n,)."""
        generator = torch.Generator(self._device).manual_seed(int(rng.integers(2**62)))
        draws = -(-n // self.n)
        found = [part.sample_with_log_prob(generator, draws) for part in self._parts]
        z = torch.cat([one for one, _ in found], 1).reshape(-1, self.d)[:n]
        log_own = torch.cat([own for _, own in found], 1).reshape(-1)[:n]
        own = np.tile(np.arange(self.n), draws)[:n]
        return z.double().cpu().numpy(), log_own.double().cpu().numpy(), own
