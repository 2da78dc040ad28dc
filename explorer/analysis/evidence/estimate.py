"""How probable a model finds its data: the ELBO's terms and the importance-sampled evidence.

Nats per sample throughout (theory, sections 1, 4, 5). Threads each take some samples and all of
their draws, in passes small enough that a pass of decoded pictures stays in the cache of its core.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.analysis.evidence import exact
from explorer.analysis.evidence.exact import Asked, Known
from explorer.analysis.evidence.filling import fill
from explorer.analysis.evidence.unfinished import Unfinished
from explorer.analysis.passes import Index, batch_of
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder
from explorer.models.encoding import device_of
from explorer.models.posteriors import Posterior
from explorer.models.threads import cores
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

SAMPLES = 16  # taken together by one thread
SAMPLED = "importance sampling"
PASS_VALUES = {"cpu": 201_000, "cuda": 2**25, "mps": 2**23}  # decoded numbers in one pass


@dataclass(frozen=True, eq=False)
class Evidence:
    """Per-sample estimates for n samples, in nats.

    reconstruction, kl, elbo: (n,) with ``elbo = -reconstruction - kl``. log_likelihood: (n,) what
    is known best of log p(x). importance: (n,) L_K, a lower bound in expectation. effective: (n,)
    effective number of the K draws, in 1..K. kl_per_dim: (n, d), or None where it has no closed
    form. way: how log_likelihood was found, of `SAMPLED` and `exact.WAYS`. unknown: how many
    samples that way failed for, and have L_K in its place.

    Where z is a code of a book there is nothing to draw, so draws, importance and effective are
    None, and so is log_likelihood where there are too many codes to sum over.
    """

    reconstruction: Doubles
    kl: Doubles
    log_likelihood: Doubles | None
    effective: Doubles | None
    kl_per_dim: Doubles | None
    draws: int | None
    importance: Doubles | None = None
    way: str = SAMPLED
    unknown: int = 0

    @property
    def exact(self) -> bool:
        """Whether ``log_likelihood`` is no estimate, of no sample."""
        return self.way != SAMPLED and not self.unknown

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
    exactly: bool = True,
) -> Evidence | None:
    """Evidence of the samples at ``index`` from ``draws`` = K codes each; None without a density.

    ``log w = log p(x|z) + log p(z) - log q(z|x)``, ``L_K = logsumexp(log w) - log K`` (Burda et al.
    2015, equation 8). The same draws give E_q[log p(x|z)], and the KL where it has no closed form.
    The result depends on ``seed`` and not on ``workers``.

    resume: a file that what is finished is kept in until all is (`unfinished.fingerprint` gives it
    a name that belongs to this model and data); a run that was stopped or killed goes on there.
    exactly: whether log p(x) itself is wanted where it can be had (`exact`), and not L_K only.
    """
    first = _posterior_of_blank(model, dataset)
    if not first.has_density:
        return None
    stamp = f"{draws} {seed} {hashlib.sha256(index.tobytes()).hexdigest()}"
    found = Unfinished(resume, stamp, len(index), _columns(model, first))
    taken = 1 if first.discrete else draws  # all draws of a posterior on one code are that code

    def work(part: slice) -> Doubles:
        x = batch_of(model, dataset, index[part])
        return _measure_some(model, x, taken, seed + part.start, task)

    at_once = workers or (cores() if device_of(model).type == "cpu" else 1)
    fill(found, SAMPLES, work, task, _text(draws), at_once)
    beside = resume and resume.with_suffix(".exact.npz")
    asked = Asked(model, dataset, index, beside, stamp)
    known = exact.known(asked, task, workers) if exactly else None
    found.discard()
    task.progress(1.0, _text(draws))
    return _settled(_evidence(found.values, draws), known, discrete=first.discrete)


def _settled(sampled: Evidence, known: Known | None, *, discrete: bool) -> Evidence:
    """What was sampled, with what is known exactly in its place."""
    if discrete:
        unsampled = replace(sampled, importance=None, effective=None, draws=None)
        if known is None:
            return replace(unsampled, log_likelihood=None)
        return replace(unsampled, log_likelihood=known.log_likelihood, way=known.way)
    if known is None or sampled.importance is None:
        return sampled
    unknown = np.isnan(known.log_likelihood)
    best = np.where(unknown, sampled.importance, known.log_likelihood)
    return replace(sampled, log_likelihood=best, way=known.way, unknown=int(unknown.sum()))


def _columns(model: Autoencoder, posterior: Posterior) -> int:
    """How many numbers `_measure_some` gives of a sample."""
    per_dim = posterior.kl_per_dim(model.prior)
    return 4 + (0 if per_dim is None else per_dim.shape[1])


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
    return Evidence(
        reconstruction, kl, log_likelihood, effective, per_dim, draws, importance=log_likelihood
    )
