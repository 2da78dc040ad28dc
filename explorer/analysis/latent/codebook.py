"""What a vector-quantised model does with its K codes: use, perplexity, draws, exact evidence.

Numpy only when imported; what needs a live model imports torch itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explorer.data.dataset import Dataset, Floats
from explorer.errors import ModelError
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    import torch

    from explorer.models.autoencoder import Autoencoder

Index = NDArray[np.int64]
Doubles = NDArray[np.float64]

CHUNK = 4096  # rows whose distances to all codes are in memory together
MOST_GRIDS = 2**16  # that are enumerated one by one
SAMPLES, PASS_VALUES = 64, 2_000_000  # scored together, and decoded numbers times samples in a pass
WAYS = ("positions", "grids")


@dataclass(frozen=True, eq=False)
class CodeUse:
    """Which codes the samples of a data set hold.

    codes: (K, c) the book, in the units of z. index: (n, positions) the grid of each sample.
    """

    codes: Floats
    index: Index

    @property
    def counts(self) -> Index:
        """How often each code is held, all positions together: (K,)."""
        return np.bincount(self.index.ravel(), minlength=len(self.codes))

    @property
    def shares(self) -> Doubles:
        """The counts over their sum: (K,)."""
        return self.counts / max(self.index.size, 1)

    @property
    def by_position(self) -> Index:
        """How often each code is held at each position: (positions, K)."""
        k = len(self.codes)
        return np.stack([np.bincount(column, minlength=k) for column in self.index.T])

    @property
    def used(self) -> int:
        """How many codes are held at all."""
        return int((self.counts > 0).sum())

    @property
    def perplexity(self) -> float:
        """exp(-sum p log p) of the shares: from 1 to K (theory, section 2.1)."""
        return perplexity(self.shares)


def perplexity(shares: Doubles) -> float:
    """exp(-sum p log p), 0 log 0 = 0: how many equally used codes would be as uncertain."""
    p = shares[shares > 0]
    return float(np.exp(-np.sum(p * np.log(p))))


def nearest(z: Floats, codes: Floats) -> Index:
    """The number of the nearest code at each position: (..., d), (K, c) -> (..., d / c)."""
    c = codes.shape[1]
    places = z.reshape(-1, c)
    index = np.empty(len(places), np.int64)
    for start in range(0, len(places), CHUNK):
        some = places[start : start + CHUNK, None, :]
        index[start : start + CHUNK] = np.square(some - codes).sum(-1).argmin(-1)
    return index.reshape(*z.shape[:-1], z.shape[-1] // c)


def placed(index: Index, codes: Floats) -> Floats:
    """The z that holds these codes: (..., positions) -> (..., d)."""
    return codes[index].reshape(*index.shape[:-1], index.shape[-1] * codes.shape[1])


def of_codes(mean: Floats, codes: Floats) -> CodeUse:
    """From codes that are known already: mean (n, d), the book (K, c)."""
    return CodeUse(codes, nearest(mean, codes))


def book_of(model: Autoencoder) -> Floats | None:
    """The code vectors (K, c) in the units of z; None for a model without a codebook."""
    from explorer.models.autoencoder import frozen
    from explorer.models.posteriors.quantised import QuantisedLayer

    layer = model.posterior
    return frozen(layer.codebook()) if isinstance(layer, QuantisedLayer) else None


def measure(
    model: Autoencoder, dataset: Dataset, index: Index | None = None, task: Task = NO_TASK
) -> CodeUse:
    """The codes of the samples at ``index`` (all by default). Raises ModelError without a book."""
    from explorer.models.encoding import encode

    return of_codes(encode(model, dataset, index, task).mean, _book(model))


def draw(use: CodeUse, n: int, *, how: str = "positions", seed: int = 0) -> Floats:
    """z drawn from the empirical distribution of codes: (n, d).

    "positions": each position by itself, from the counts at that position: the product of the
    marginals, new grids that no sample need have. "grids": the whole grid of a sample drawn at
    random, the joint distribution itself, which holds nothing new. With one position they are one.
    """
    random = np.random.default_rng(seed)
    if not len(use.index):
        raise ModelError("no sample has been encoded", remedy="open data first")
    if how == "grids":
        return placed(use.index[random.integers(len(use.index), size=n)], use.codes)
    if how != "positions":
        raise ModelError(f"codes cannot be drawn by {how!r}", remedy=f"choose one of {WAYS}")
    rows = random.integers(len(use.index), size=(n, use.index.shape[1]))
    return placed(np.take_along_axis(use.index, rows, axis=0), use.codes)


def can_enumerate(codes: int, positions: int) -> bool:
    """Whether the K^positions grids are few enough to visit each."""
    return bool(codes**positions <= MOST_GRIDS)


def exact_log_likelihood(
    model: Autoencoder, dataset: Dataset, index: Index, task: Task = NO_TASK
) -> Doubles:
    """log p(x) = logsumexp over all grids of log p(x|z) - positions log K, nats: (n,).

    No bound and no estimate, since z is discrete; one position needs K decoded pictures. Raises
    ModelError where there are more than 65,536 grids.
    """
    from explorer.analysis.passes import batch_of, parts_of

    codes = _book(model)
    positions = model.prior.latent_dim // codes.shape[1]
    if not can_enumerate(len(codes), positions):
        raise ModelError(
            f"{len(codes)}^{positions} grids of codes are too many to visit each",
            remedy="use the ELBO, a lower bound",
        )
    grids = list(_grids(codes, positions))
    totals = []
    for part in parts_of(index, task, "log-likelihood over all codes", SAMPLES):
        x = batch_of(model, dataset, index[part])
        totals.append(_log_evidence(model, x, grids, task))
    return np.concatenate(totals) if totals else np.zeros(0)


def known_log_likelihood(
    model: Autoencoder, dataset: Dataset, index: Index, task: Task = NO_TASK
) -> Doubles | None:
    """`exact_log_likelihood` where all grids can be visited, else None."""
    codes = _book(model)
    if not can_enumerate(len(codes), model.prior.latent_dim // codes.shape[1]):
        return None
    return exact_log_likelihood(model, dataset, index, task)


def summary(
    model: Autoencoder, mean: Floats, *, log_likelihood: Doubles | None = None
) -> dict[str, object] | None:
    """What `evaluate` adds for a model with a codebook; None for others.

    codes K, positions, used and perplexity over the samples whose codes are ``mean`` (m, d).
    log_likelihood: the mean of what `known_log_likelihood` has given of them.
    """
    codes = book_of(model)
    if codes is None:
        return None
    use = of_codes(mean, codes)
    return {
        "codes": len(codes),
        "positions": use.index.shape[1],
        "used": use.used,
        "perplexity": use.perplexity,
        "log_likelihood": None if log_likelihood is None else float(log_likelihood.mean()),
    }


def _book(model: Autoencoder) -> Floats:
    codes = book_of(model)
    if codes is None:
        raise ModelError("this model has no codebook", remedy="use a vq-vae")
    return codes


def _grids(codes: Floats, positions: int) -> Iterator[Floats]:
    """Every z there is, some hundred at a time: (m, d)."""
    shape, total = (len(codes),) * positions, len(codes) ** positions
    for start in range(0, total, 512):
        numbers = np.arange(start, min(start + 512, total))
        yield placed(np.stack(np.unravel_index(numbers, shape), axis=-1), codes)


def _log_evidence(model: Autoencoder, x: torch.Tensor, grids: list[Floats], task: Task) -> Doubles:
    """log p(x) of some samples, with all of z visited in passes that fit the memory: (b,)."""
    import torch

    some = max(1, PASS_VALUES // max(x.numel(), 1))
    total = torch.full((len(x),), -math.inf, dtype=torch.float64)
    with torch.inference_mode():
        for grid in grids:
            for start in range(0, len(grid), some):
                task.check()
                z = torch.from_numpy(grid[start : start + some]).to(x.device, x.dtype)
                raw = model.raw(z)[:, None].expand(-1, len(x), -1, -1, -1)  # (m, b, C, H, W)
                joint = model.likelihood.log_prob(raw, x) + model.prior.log_prob(z)[:, None]
                total = torch.logaddexp(total, joint.cpu().double().logsumexp(0))
    values: Doubles = total.numpy()
    return values
