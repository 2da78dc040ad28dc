"""How probable a model finds its data: the ELBO's terms and the importance-sampled evidence.

Nats per sample throughout (theory, sections 1, 4, 5). Threads each take some samples and all of
their draws, in passes small enough that a pass of decoded pictures stays in the cache of its core.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.analysis.evidence.unfinished import Unfinished
from explorer.analysis.latent import codebook
from explorer.analysis.passes import Index, batch_of
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder
from explorer.models.encoding import device_of
from explorer.models.posteriors import Posterior
from explorer.models.threads import cores
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

SAMPLES = 16  # taken together by one thread
PASS_VALUES = {"cpu": 201_000, "cuda": 2**25, "mps": 2**23}  # decoded numbers in one pass


@dataclass(frozen=True, eq=False)
class Evidence:
    """Per-sample estimates for n samples, in nats.

    reconstruction, kl, elbo: (n,) with ``elbo = -reconstruction - kl``. log_likelihood: (n,) L_K, a
    lower bound in expectation. effective: (n,) effective number of the K draws, in 1..K.
    kl_per_dim: (n, d), or None where it has no closed form.

    Where z is a code of a book there is nothing to draw, so draws and effective are None, and
    log_likelihood is log p(x) itself; None where there are too many codes to sum over.
    """

    reconstruction: Doubles
    kl: Doubles
    log_likelihood: Doubles | None
    effective: Doubles | None
    kl_per_dim: Doubles | None
    draws: int | None

    @property
    def exact(self) -> bool:
        """Whether ``log_likelihood`` is no estimate."""
        return self.log_likelihood is not None and self.draws is None

    @property
    def elbo(self) -> Doubles:
        """(n,)."""
        return -self.reconstruction - self.kl

    @property
    def gap(self) -> float | None:
        """The mean of log p(x) - elbo; None where log p(x) is not known."""
        return (
            None if self.log_likelihood is None else float((self.log_likelihood - self.elbo).mean())
        )


def measure(
    model: Autoencoder,
    dataset: Dataset,
    index: Index,
    draws: int = 5000,
    task: Task = NO_TASK,
    *,
    seed: int = 0,
    workers: int | None = None,
    resume: Path | None = None,
    summed: bool = True,
) -> Evidence | None:
    """Evidence of the samples at ``index`` from ``draws`` = K codes each; None without a density.

    ``log w = log p(x|z) + log p(z) - log q(z|x)``, ``L_K = logsumexp(log w) - log K`` (Burda et al.
    2015, equation 8). The same draws give E_q[log p(x|z)], and the KL where it has no closed form.
    The result depends on ``seed`` and not on ``workers``.

    resume: a file that what is finished is kept in until all is (`unfinished.fingerprint` gives it
    a name that belongs to this model and data); a run that was stopped or killed goes on there.
    summed: whether log p(x) is wanted where it is a sum over all codes of a book.
    """
    first = _posterior_of_blank(model, dataset)
    if not first.has_density:
        return None
    stamp = f"{draws} {seed} {hashlib.sha256(index.tobytes()).hexdigest()}"
    found = Unfinished(resume, stamp, len(index), _columns(model, first))
    taken = 1 if first.discrete else draws  # all draws of a posterior on one code are that code
    _fill(found, model, dataset, index, taken, task, seed, workers)
    task.progress(1.0, _text(draws))
    rows = _evidence(found.values, draws)
    if not first.discrete:
        return rows
    known = codebook.known_log_likelihood(model, dataset, index, task) if summed else None
    return replace(rows, log_likelihood=known, effective=None, draws=None)


def _columns(model: Autoencoder, posterior: Posterior) -> int:
    """How many numbers `_measure_some` gives of a sample."""
    per_dim = posterior.kl_per_dim(model.prior)
    return 4 + (0 if per_dim is None else per_dim.shape[1])


def _fill(
    found: Unfinished,
    model: Autoencoder,
    dataset: Dataset,
    index: Index,
    draws: int,
    task: Task,
    seed: int,
    workers: int | None,
) -> None:
    """Measure what is not measured yet, some samples a thread; what is finished is kept."""
    parts = [slice(s, min(s + SAMPLES, len(index))) for s in range(0, len(index), SAMPLES)]

    def work(part: slice) -> tuple[slice, Doubles]:
        x = batch_of(model, dataset, index[part])
        return part, _measure_some(model, x, draws, seed + part.start, task)

    at_once = workers or (cores() if device_of(model).type == "cpu" else 1)
    with ThreadPoolExecutor(at_once, initializer=_one_thread) as pool:
        futures = [pool.submit(work, part) for part in parts if not found.done[part].all()]
        try:
            for future in as_completed(futures):
                found.add(*future.result())
                task.progress(float(found.done.mean()), _text(draws))
                task.check()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            found.save()
            raise
    found.discard()


def _text(draws: int) -> str:
    return f"log-likelihood from {draws} draws a sample"


@torch.inference_mode()
def _posterior_of_blank(model: Autoencoder, dataset: Dataset) -> Posterior:
    """What all posteriors of the model have, as told by that of an empty sample."""
    preparation = dataset.preparation
    blank = torch.zeros(
        1, preparation.channels, preparation.height, preparation.width, device=device_of(model)
    )
    return model.encode(blank)


def active_units(mean: NDArray[np.float32], threshold: float = 0.01) -> int:
    """Dimensions whose mean code moves with x: ``Var_x(mu_j) > 0.01``; mean is (n, d).

    Burda et al. 2015, section 5.2.
    """
    return int((mean.var(axis=0, dtype=np.float64) > threshold).sum())


def _one_thread() -> None:
    torch.set_num_threads(1)  # acts on this thread only: the others have cores of their own


@torch.inference_mode()
def _measure_some(model: Autoencoder, x: Tensor, draws: int, seed: int, task: Task) -> Doubles:
    """A row per sample: reconstruction, KL, L_K, effective draws, and KL per dimension if closed.

    (B, C, H, W) -> (B, 4) or (B, 4 + d).
    """
    generator = torch.Generator(x.device).manual_seed(seed)
    posterior = model.encode(x)
    likelihood = torch.zeros(len(x), dtype=torch.float64)
    log_ratio, log_weight = [], []
    for some in _passes(x, draws):
        task.check()
        z, log_qz = posterior.sample_with_log_prob(generator, some)  # (L, B, d), (L, B)
        log_px = model.likelihood.log_prob(model.raw(z), x)  # (L, B)
        ratio = log_qz - model.prior.log_prob(z)
        likelihood += log_px.cpu().double().sum(0)
        log_ratio.append(ratio.cpu())
        log_weight.append((log_px - ratio).cpu())
    weights = torch.cat(log_weight).double()  # (K, B)
    total = weights.logsumexp(0)
    closed, per_dim = posterior.kl(model.prior), posterior.kl_per_dim(model.prior)
    columns = [
        -likelihood / draws,
        torch.cat(log_ratio).double().mean(0) if closed is None else closed.cpu().double(),
        total - math.log(draws),
        (2.0 * total - (2.0 * weights).logsumexp(0)).exp(),  # (sum w)^2 / sum w^2
    ]
    if per_dim is not None:
        columns.extend(per_dim.cpu().double().T)
    rows: Doubles = torch.stack(columns, 1).numpy()
    return rows


def _passes(x: Tensor, draws: int) -> Iterator[int]:
    """How many draws of each sample a pass takes."""
    most = max(1, PASS_VALUES.get(x.device.type, 201_000) // x.numel())
    for start in range(0, draws, most):
        yield min(most, draws - start)


def _evidence(rows: Doubles, draws: int) -> Evidence:
    """The columns of `_measure_some` under their names."""
    reconstruction, kl, log_likelihood, effective = rows[:, :4].T
    per_dim = rows[:, 4:] if rows.shape[1] > 4 else None
    return Evidence(reconstruction, kl, log_likelihood, effective, per_dim, draws)
