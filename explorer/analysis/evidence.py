"""How probable a model finds its data: the ELBO's terms and the importance-sampled evidence.

Nats per sample throughout (math sections 1, 4, 5). Threads each take some samples and all of their
draws, in passes small enough that a pass of decoded pictures stays in the cache of its core.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.analysis.passes import Index, batch_of
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder
from explorer.models.encoding import device_of
from explorer.models.posteriors.point import PointMass
from explorer.models.threads import cores
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

SAMPLES = 16  # taken together by one thread
PASS_VALUES = {"cpu": 100_000, "cuda": 2**25, "mps": 2**23}  # decoded numbers in one pass


@dataclass(frozen=True, eq=False)
class Evidence:
    """Per-sample estimates for n samples, in nats.

    reconstruction, kl, elbo: (n,) with ``elbo = -reconstruction - kl``. log_likelihood: (n,) L_K, a
    lower bound in expectation. effective: (n,) effective number of the K draws, in 1..K.
    kl_per_dim: (n, d), or None where it has no closed form.
    """

    reconstruction: Doubles
    kl: Doubles
    log_likelihood: Doubles
    effective: Doubles
    kl_per_dim: Doubles | None
    draws: int

    @property
    def elbo(self) -> Doubles:
        """(n,)."""
        return -self.reconstruction - self.kl


def measure(
    model: Autoencoder,
    dataset: Dataset,
    index: Index,
    draws: int = 5000,
    task: Task = NO_TASK,
    *,
    seed: int = 0,
    workers: int | None = None,
) -> Evidence | None:
    """Evidence of the samples at ``index`` from ``draws`` = K codes each; None without a density.

    ``log w = log p(x|z) + log p(z) - log q(z|x)``, ``L_K = logsumexp(log w) - log K`` (Burda et al.
    2015, equation 8). The same draws give E_q[log p(x|z)], and the KL where it has no closed form.
    The result depends on ``seed`` and not on ``workers``.
    """
    if not has_density(model, dataset, index):
        return None
    cpu = device_of(model).type == "cpu"
    starts = range(0, len(index), SAMPLES)

    def work(start: int) -> _Part:
        part = index[start : start + SAMPLES]
        return _measure_some(model, batch_of(model, dataset, part), draws, seed + start, task)

    parts = []
    with ThreadPoolExecutor(workers or (cores() if cpu else 1), initializer=_one_thread) as pool:
        try:
            for done, part in enumerate(pool.map(work, starts)):
                task.progress(done / len(starts), f"log-likelihood from {draws} draws a sample")
                parts.append(part)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return _joined(parts, draws)


def has_density(model: Autoencoder, dataset: Dataset, index: Index) -> bool:
    """Whether q(z|x) is a distribution; a plain autoencoder's is a point."""
    with torch.inference_mode():
        return not isinstance(model.encode(batch_of(model, dataset, index[:1])), PointMass)


def active_units(mean: NDArray[np.float32], threshold: float = 0.01) -> int:
    """Dimensions whose mean code moves with x: ``Var_x(mu_j) > 0.01``; mean is (n, d).

    Burda et al. 2015, section 5.2.
    """
    return int((mean.var(axis=0, dtype=np.float64) > threshold).sum())


@dataclass(frozen=True, eq=False)
class _Part:
    reconstruction: Tensor  # (b,)
    kl: Tensor  # (b,)
    log_likelihood: Tensor  # (b,)
    effective: Tensor  # (b,)
    kl_per_dim: Tensor | None  # (b, d)


def _one_thread() -> None:
    torch.set_num_threads(1)  # acts on this thread only: the others have cores of their own


@torch.inference_mode()
def _measure_some(model: Autoencoder, x: Tensor, draws: int, seed: int, task: Task) -> _Part:
    generator = torch.Generator(x.device).manual_seed(seed)
    posterior = model.encode(x)
    likelihood = torch.zeros(len(x), dtype=torch.float64)
    log_ratio, log_weight = [], []
    for some in _passes(x, draws):
        task.check()
        z = posterior.sample(generator, some)  # (L, b, d)
        log_px = model.likelihood.log_prob(model.raw(z), x)  # (L, b)
        ratio = posterior.log_prob(z) - model.prior.log_prob(z)
        likelihood += log_px.cpu().double().sum(0)
        log_ratio.append(ratio.cpu())
        log_weight.append((log_px - ratio).cpu())
    weights = torch.cat(log_weight).double()  # (K, b)
    total = weights.logsumexp(0)
    per_dim = posterior.kl_per_dim(model.prior)
    closed = posterior.kl(model.prior)
    kl = torch.cat(log_ratio).double().mean(0) if closed is None else closed.cpu().double()
    return _Part(
        reconstruction=-likelihood / draws,
        kl=kl,
        log_likelihood=total - math.log(draws),
        effective=(2.0 * total - (2.0 * weights).logsumexp(0)).exp(),  # (sum w)^2 / sum w^2
        kl_per_dim=None if per_dim is None else per_dim.cpu().double(),
    )


def _passes(x: Tensor, draws: int) -> Iterator[int]:
    """How many draws of each sample a pass takes."""
    most = max(1, PASS_VALUES.get(x.device.type, 100_000) // x.numel())
    for start in range(0, draws, most):
        yield min(most, draws - start)


def _joined(parts: list[_Part], draws: int) -> Evidence:
    def column(name: str) -> Doubles:
        joined: Doubles = torch.cat([getattr(part, name) for part in parts]).numpy()
        return joined

    closed = parts[0].kl_per_dim is not None
    return Evidence(
        column("reconstruction"),
        column("kl"),
        column("log_likelihood"),
        column("effective"),
        column("kl_per_dim") if closed else None,
        draws,
    )
