"""How probable a model finds its data: the ELBO's terms and the importance-sampled evidence.

Nats per sample throughout (theory, sections 1, 4, 5). Threads each take some samples and all of
their draws, in passes small enough that a pass of decoded pictures stays in the cache of its core.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.analysis.evidence import annealed, exact
from explorer.analysis.evidence.exact import Asked, Known
from explorer.analysis.evidence.modes import Bank, bank_of, modes_of
from explorer.analysis.evidence.pareto import of_weights
from explorer.analysis.evidence.proposals import ENCODER, Alone, Proposal, pattern, shares_of
from explorer.analysis.evidence.unfinished import Unfinished, fill
from explorer.analysis.passes import Index, batch_of
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder
from explorer.models.encoding import device_of
from explorer.models.posteriors import Posterior
from explorer.models.threads import at_once
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

SAMPLES = 32  # taken together by one thread
PASSED = 16  # of them that are decoded for in one pass
DRAWN = 1000  # codes of a sample that are drawn together, whole patterns of proposals
OWN = 6  # numbers that are measured of every sample
ENOUGH = 1000  # draws that tell which samples are hard
SAMPLED = "importance sampling"
PASS_VALUES = {"cpu": 402_000, "cuda": 2**25, "mps": 2**23}  # decoded numbers in one pass


@dataclass(frozen=True, eq=False)
class Evidence:
    """Per-sample estimates for n samples, in nats.

    reconstruction, kl, elbo: (n,) with ``elbo = -reconstruction - kl``. log_likelihood: (n,) what
    is known best of log p(x). importance: (n,) L_K, a lower bound in expectation. effective: (n,)
    effective number of the K draws, in 1..K. kl_per_dim: (n, d), or None where it has no closed
    form. way: how log_likelihood was found, of `SAMPLED` and `exact.WAYS`. unknown: how many
    samples that way failed for, and have L_K in its place. annealed: how many hard samples have
    an annealed estimate in the place of L_K (`annealed`). tenth: (n,) L_{K/10}, the mean of ten;
    None below K = 100. pareto_k: (n,) of the weights (`pareto`), NaN where all are
    equal; None where all are NaN, and below K = 100.

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
    annealed: int = 0
    tenth: Doubles | None = None
    pareto_k: Doubles | None = None

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
    draws: int,
    task: Task = NO_TASK,
    *,
    seed: int = 0,
    workers: int | None = None,
    resume: Path | None = None,
    exactly: bool = True,
    reach: float | None = None,
) -> Evidence | None:
    """Evidence of the samples at ``index`` from ``draws`` = K codes each; None without a density.

    The result depends on ``seed`` and not on ``workers``. resume: a file that what is finished is
    kept in until all is (`unfinished.fingerprint` names it); a run that was killed goes on there.
    exactly: whether log p(x) itself is wanted where it can be had (`exact`), and not L_K only.
    reach: how far from 0 the codes of these samples lie, where it is known already.
    """
    first = _posterior_of_blank(model, dataset)
    if not first.has_density:
        return None
    stamp = f"{draws} {seed} {hashlib.sha256(index.tobytes()).hexdigest()}"
    asked = Asked(model, dataset, index, resume and resume.with_suffix(".exact.npz"), stamp, reach)
    known = exact.known(asked, task, workers) if exactly else None
    bank = bank_of(model, dataset, seed) if _covers(first, known, exactly) else None
    sampled = _Sampling(asked, first, draws, seed, bank).evidence(resume, task, workers)
    asked.forget()
    return _settled(sampled, known, discrete=first.discrete)


def _covers(first: Posterior, known: Known | None, exactly: bool) -> bool:
    """Whether draws are to cover all modes: nothing better is known of log p(x)."""
    return exactly and known is None and not first.discrete


@dataclass(frozen=True, eq=False)
class _Sampling:
    """The samples that are ``asked`` for, from ``draws`` codes each: the sampled part of `measure`.

    ``log w = log p(x|z) + log p(z) - log q(z)``, ``L_K = logsumexp(log w) - log K`` (Burda et al.
    2015, equation 8). q is the encoder's posterior where there is no ``bank``, else a mixture that
    it is a fifth of (`proposals`). Its draws give E_q[log p(x|z)], and the KL where that has no
    closed form. blank: the posterior of an empty sample.
    """

    asked: Asked
    blank: Posterior
    draws: int
    seed: int
    bank: Bank | None

    def evidence(self, resume: Path | None, task: Task, workers: int | None) -> Evidence:
        """By as many threads as there are cores if ``workers`` is None."""
        asked, model = self.asked, self.asked.model
        stamp = f"{asked.stamp} {self.bank is not None}"
        kept = Unfinished(resume, stamp, len(asked.index), _columns(model, self.blank))
        text = f"log-likelihood from {self.draws} draws a sample"
        side_by_side = at_once(device_of(model), workers)
        fill(kept, SAMPLES, partial(self._rows, task), task, text, side_by_side)
        kept.discard()
        found = self._with_annealed(_evidence(kept.values, self.draws), task)
        task.progress(1.0, text)
        return found

    def _with_annealed(self, sampled: Evidence, task: Task) -> Evidence:
        """Where few draws count log p(x) is found by chains: L_K stays what it is."""
        if self.bank is None or self.draws < ENOUGH:
            return sampled
        assert sampled.importance is not None and sampled.effective is not None
        hard, found = annealed.of_hard(self.asked, sampled.effective, self.bank, self.seed, task)
        best = sampled.importance.copy()
        best[hard] = np.where(np.isfinite(found), found, best[hard])
        return replace(sampled, log_likelihood=best, annealed=len(hard))

    def _rows(self, task: Task, part: slice) -> Doubles:
        """What `_measure_some` gives of a part of the samples."""
        draws = 1 if self.blank.discrete else self.draws  # on one code all draws are that code
        x = batch_of(self.asked.model, self.asked.dataset, self.asked.index[part])
        return _measure_some(self.asked.model, x, draws, self.seed + part.start, task, self.bank)


def _settled(sampled: Evidence, known: Known | None, *, discrete: bool) -> Evidence:
    """What was sampled, with what is known exactly in its place."""
    if discrete:
        unsampled = replace(
            sampled, importance=None, effective=None, draws=None, tenth=None, pareto_k=None
        )
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
    return OWN + (0 if per_dim is None else per_dim.shape[1])


@torch.inference_mode()
def _posterior_of_blank(model: Autoencoder, dataset: Dataset) -> Posterior:
    """What all posteriors of the model have, as told by that of an empty sample."""
    preparation = dataset.preparation
    blank = torch.zeros(
        1, preparation.channels, preparation.height, preparation.width, device=device_of(model)
    )
    return model.encode(blank)


def are_active(mean: NDArray[np.float32], threshold: float = 0.01) -> NDArray[np.bool_]:
    """Which dimensions' mean codes move with x: ``Var_x(mu_j) > 0.01``; (n, d) -> (d,).

    Burda et al. 2015, section 5.2.
    """
    active: NDArray[np.bool_] = mean.var(axis=0, dtype=np.float64) > threshold
    return active


def active_units(mean: NDArray[np.float32]) -> int:
    """How many dimensions are active."""
    return int(are_active(mean).sum())


@torch.no_grad()
def _measure_some(
    model: Autoencoder, x: Tensor, draws: int, seed: int, task: Task, bank: Bank | None = None
) -> Doubles:
    """A row per sample: reconstruction, KL, what `of_weights` gives, KL per dimension if closed.

    (B, C, H, W) -> (B, 6) or (B, 6 + d). bank: draw from a mixture of proposals, found by it.
    """
    generator = torch.Generator(x.device).manual_seed(seed)
    posterior = model.encode(x)
    source, parts = _source(model, x, posterior, pattern(draws), bank, task)
    terms, log_ratio, log_weight = [], [], []
    for some in torch.split(parts, DRAWN):
        z, log_q = source.sample(some, generator)  # (L, B, d), (L, B)
        log_px, log_pz = _decoded(model, x, z, task), model.prior.log_prob(z)
        own = (some == ENCODER).to(x.device)
        terms.append(log_px[own].cpu().double())
        log_qzx = log_q[own] if bank is None else posterior.log_prob(z[own])
        log_ratio.append((log_qzx - log_pz[own]).cpu().double())
        log_weight.append((log_px + log_pz - log_q).cpu().double())
    closed, per_dim = posterior.kl(model.prior), posterior.kl_per_dim(model.prior)
    kl = torch.cat(log_ratio).mean(0) if closed is None else closed.cpu().double()
    columns = [-torch.cat(terms).mean(0), kl, *of_weights(torch.cat(log_weight))]
    if per_dim is not None:
        columns.extend(per_dim.cpu().double().T)
    rows: Doubles = torch.stack(columns, 1).numpy()
    return rows


def _decoded(model: Autoencoder, x: Tensor, z: Tensor, task: Task) -> Tensor:
    """log p(x|z) in passes that stay in the cache: (B, C, H, W), (L, B, d) -> (L, B)."""
    values = PASS_VALUES.get(x.device.type, PASS_VALUES["cpu"])
    columns = []
    for here, codes in zip(torch.split(x, PASSED), torch.split(z, PASSED, 1), strict=True):
        found = []
        for some in torch.split(codes, max(1, values // here.numel())):
            task.check()
            found.append(model.likelihood.log_prob_(model.raw(some), here))
        columns.append(torch.cat(found))
    return torch.cat(columns, 1)


def _source(
    model: Autoencoder,
    x: Tensor,
    posterior: Posterior,
    parts: Tensor,
    bank: Bank | None,
    task: Task,
) -> tuple[Alone | Proposal, Tensor]:
    """What codes are drawn from, and which part of it each is: (K,), of no bank the encoder's."""
    if bank is None:
        return Alone(posterior), torch.zeros_like(parts)
    found = modes_of(model, x, posterior, bank, task)
    return Proposal.at(found, posterior, model.prior, shares_of(parts)), parts


def _evidence(rows: Doubles, draws: int) -> Evidence:
    """The columns of `_measure_some` under their names."""
    reconstruction, kl, log_likelihood, effective, tenth, k = rows[:, :OWN].T
    return Evidence(
        reconstruction=reconstruction,
        kl=kl,
        log_likelihood=log_likelihood,
        effective=effective,
        kl_per_dim=rows[:, OWN:] if rows.shape[1] > OWN else None,
        draws=draws,
        importance=log_likelihood,
        tenth=None if np.isnan(tenth).any() else tenth,
        pareto_k=None if np.isnan(k).all() else k,
    )
