"""Everything that is said of a model in numbers: the JSON of ``latent-explorer evaluate``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explorer.analysis import cautions, codebook, evidence, pca
from explorer.analysis.evidence import Evidence
from explorer.analysis.passes import Index, split_index
from explorer.analysis.reconstructions import errors_of
from explorer.analysis.unfinished import fingerprint
from explorer.data.binarising import is_binary, settled
from explorer.data.dataset import Dataset
from explorer.models import autoencoder
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.encoding import encode
from explorer.models.presets import presets
from explorer.models.titles import display_name
from explorer.task import NO_TASK, Task

Values = dict[str, object]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What was measured.

    values: the JSON object. index: (m,) the samples. evidence: per sample, None for a plain
    autoencoder. mse: (m,) per feature.
    """

    values: Values
    index: Index
    evidence: Evidence | None
    mse: Doubles

    @property
    def warnings(self) -> tuple[str, ...]:
        """The sentences among the values."""
        said = self.values["warnings"]
        return tuple(said) if isinstance(said, list) else ()

    @property
    def gap(self) -> float | None:
        """The mean of log p(x) - elbo."""
        found = self.evidence
        if found is None or found.log_likelihood is None:
            return None
        return float((found.log_likelihood - found.elbo).mean())

    def columns(self) -> dict[str, Doubles]:
        """What is known of each sample, by name: (m,) each, nats but for the MSE."""
        found = self.evidence
        if found is None:
            return {"mse": self.mse}
        columns = {
            "log_likelihood": found.log_likelihood,
            "elbo": found.elbo,
            "reconstruction": found.reconstruction,
            "kl": found.kl,
            "effective_sample_size": found.effective,
            "mse": self.mse,
        }
        return {name: values for name, values in columns.items() if values is not None}


def evaluate(
    snapshot: ModelSnapshot,
    dataset: Dataset,
    task: Task = NO_TASK,
    *,
    samples: int = 5000,
    split: str = "test",
    seed: int = 0,
) -> Values:
    """The keys of contract section 1. Nats per sample; MSE per feature in [0, 1] units.

    warnings: sentences on what a number is not, and why one is null.
    """
    return evaluation(snapshot, dataset, task, samples=samples, split=split, seed=seed).values


def evaluation(
    snapshot: ModelSnapshot,
    dataset: Dataset,
    task: Task = NO_TASK,
    *,
    samples: int = 5000,
    split: str = "test",
    seed: int = 0,
    unfinished: Path | None = None,
) -> Evaluation:
    """`evaluate` with what it measured of each sample.

    samples: importance samples K. A plain autoencoder has null where a density would be needed.
    unfinished: a folder that long measurements are kept in until done; a run that was stopped or
    killed goes on from there.
    """
    said = described_likelihood(snapshot.config, dataset)
    dataset = measured_on(dataset)
    model = autoencoder.from_snapshot(snapshot)
    index = split_index(dataset, split)
    linear = pca.fit(dataset, snapshot.config.latent_dim, task)
    mse, pca_mse = errors_of(model, dataset, index, linear, task)
    codes = encode(model, dataset, index, task)
    resume = None
    if unfinished is not None:
        name = fingerprint(snapshot, dataset.content_hash, index, samples, seed)
        resume = unfinished / f"{name}.npz"
    found = evidence.measure(model, dataset, index, samples, task, seed=seed, resume=resume)
    values: Values = {
        "n": len(index),
        "split": split,
        **said,
        **_bounds(found),
        "active_units": evidence.active_units(codes.mean),
        "mse": float(mse.mean()),
        "pca_mse": float(pca_mse.mean()),
        "latent_dim": snapshot.config.latent_dim,
        "seed": seed,
    }
    known = None if found is None else found.log_likelihood
    book = codebook.summary(model, dataset, index, task, log_likelihood=known)
    if book is not None:
        values["codebook"] = book
    values["warnings"] = _warnings(values, found, has_book=book is not None)
    return Evaluation(values, index, found, mse)


def _warnings(values: Values, found: Evidence | None, *, has_book: bool) -> list[str]:
    """What loosens these numbers, and why those are null that are."""
    if found is None:
        scale = [SCALE] if values["active_units"] is not None else []
        return [*cautions.of_nulls(values, BOUNDS, POINT), *scale]
    said = cautions.of_draws(found.effective, found.draws)
    if has_book:
        drawn = ("importance_samples", "effective_sample_size", *SPREAD)
        said += cautions.of_nulls(values, ("log_likelihood",), MANY_CODES)
        said += [*cautions.of_nulls(values, drawn, NOT_DRAWN), SCALE]
    return [*said, *cautions.of_nulls(values, ("kl_per_dim",), NO_TERMS)]


def measured_on(dataset: Dataset) -> Dataset:
    """What every number is of: where pixels are drawn anew each epoch, one fixed draw of them."""
    return settled(dataset)


def described_likelihood(config: ModelConfig, dataset: Dataset) -> Values:
    """What the numbers are nats of. A Bernoulli on grey values is no likelihood, and says so."""
    name = presets[config.preset].likelihood_for(config.likelihood, dataset.kind)
    how = dataset.preparation.binarisation
    title = display_name(name, binary=is_binary(dataset))
    honest = title if "not a likelihood" in title else name
    return {"likelihood": honest, "likelihood_title": title, "binarisation": how}


MEANS = ("elbo", "reconstruction", "kl", "kl_per_dim", "log_likelihood")
SPREAD = ("effective_sample_size_median", "share_below_10")
BOUNDS = (*MEANS, "importance_samples", "effective_sample_size", *SPREAD)

POINT = "a plain autoencoder's code is a point: it has no elbo and no log p(x)"
MANY_CODES = "log p(x) is a sum over all grids of codes, and there are too many to visit"
NOT_DRAWN = "z is a code of a book, so that nothing is drawn"
NO_TERMS = "the KL of this model has no closed form that is a sum over dimensions"
SCALE = (
    "active_units counts dimensions with Var(mu) > 0.01, but nothing sets the scale of this model's"
    " codes: it says little"
)


def _bounds(found: Evidence | None) -> Values:
    if found is None:
        return {**dict.fromkeys(BOUNDS), "log_likelihood_exact": False}
    means: Values = {key: _mean(getattr(found, key)) for key in MEANS}
    return {
        **means,
        "importance_samples": found.draws,
        "effective_sample_size": _mean(found.effective),
        "effective_sample_size_median": cautions.median(found.effective),
        "share_below_10": cautions.share_below(found.effective),
        "log_likelihood_exact": found.exact,
    }


def _mean(values: np.ndarray | None) -> object:
    """The mean over samples: a float, a list for (n, d), None for None."""
    return None if values is None else values.mean(axis=0).tolist()
