"""Everything that is said of a model in numbers: the JSON of ``latent-explorer evaluate``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explorer.analysis import cautions, lengths, pca
from explorer.analysis.basis import Values, described_likelihood, measured_on
from explorer.analysis.errors import means
from explorer.analysis.evidence import bracket, estimate, gaps, mesh
from explorer.analysis.evidence.bits import Lengths
from explorer.analysis.evidence.estimate import Evidence
from explorer.analysis.evidence.unfinished import fingerprint
from explorer.analysis.latent import codebook
from explorer.analysis.passes import Index, split_index
from explorer.analysis.reconstructions import errors_of, reconstructed
from explorer.data.dataset import Dataset
from explorer.models import autoencoder
from explorer.models.autoencoder import Autoencoder
from explorer.models.config import Codes, ModelSnapshot
from explorer.models.encoding import encode
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What was measured.

    values: the JSON object. index: (m,) the samples. evidence: per sample, None for a plain
    autoencoder. codes: theirs. mse: (m,) per feature, where errors were asked for. levels: how long
    the codes of levels are, of some samples or all; None where there are none. gaps: those of
    `analysis.gaps`, where they were asked for and are known already.
    """

    values: Values
    index: Index
    evidence: Evidence | None
    codes: Codes
    mse: Doubles | None = None
    levels: Lengths | None = None
    gaps: Values = field(default_factory=dict)

    def warned(self, sentences: Sequence[str]) -> Evaluation:
        """The same with more of them."""
        more = [*self.warnings, *sentences]
        return replace(self, values={**self.values, "warnings": more})

    @property
    def warnings(self) -> tuple[str, ...]:
        """The sentences among the values."""
        said = self.values["warnings"]
        return tuple(said) if isinstance(said, list) else ()

    def columns(self) -> dict[str, Doubles]:
        """What is known of each sample, by name: (m,) each, nats but for the MSE."""
        found = self.evidence
        columns: dict[str, Doubles | None] = {}
        if found is not None:
            columns = {
                "log_likelihood": found.log_likelihood,
                "elbo": found.elbo,
                "reconstruction": found.reconstruction,
                "kl": found.kl,
                "effective_sample_size": found.effective,
            }
        columns["mse"] = self.mse
        return {name: values for name, values in columns.items() if values is not None}


@dataclass(frozen=True)
class Wanted:
    """How much is measured, and of what.

    samples: importance samples K. errors: whether the squared ones are, the model's and PCA's.
    bracket: whether how far log p(x) is known is, on samples of the model. gaps: whether those
    are, last; what is known before them is a partial result. unfinished: a folder that long
    measurements are kept in until done; a run that was stopped or killed goes on from there.
    """

    samples: int = 5000
    split: str = "test"
    seed: int = 0
    errors: bool = True
    bracket: bool = False
    gaps: bool = False
    unfinished: Path | None = None


def evaluate(
    snapshot: ModelSnapshot,
    dataset: Dataset,
    task: Task = NO_TASK,
    *,
    samples: int = Wanted.samples,
    split: str = Wanted.split,
    seed: int = Wanted.seed,
) -> Values:
    """The keys of docs/commands.md. Nats per sample; MSE per feature, of pictures in
    [0, 1] units, of signals and tables in standard deviations.

    warnings: sentences on what a number is not, and why one is null.
    """
    return evaluation(snapshot, dataset, task, Wanted(samples, split, seed)).values


def evaluation(
    snapshot: ModelSnapshot,
    dataset: Dataset,
    task: Task = NO_TASK,
    wanted: Wanted = Wanted(),
    *,
    module: Autoencoder | None = None,
) -> Evaluation:
    """`evaluate` with what it measured of each sample.

    A plain autoencoder has null for densities. module: the live model, where there is one already.
    """
    data = measured_on(dataset)
    model = autoencoder.from_snapshot(snapshot) if module is None else module
    index, d = split_index(data, wanted.split), snapshot.config.latent_dim
    codes, mse, errors = _codes(model, data, index, d, task, wanted.errors)
    measured = _measured(snapshot, model, data, codes, wanted, task)
    bounds = _bounds(measured)
    if wanted.bracket:
        bounds |= _bracket(measured, model, data, wanted.samples, task, wanted.seed)
    config = snapshot.config
    levels = lengths.of_levels(model, config, data, codes, measured, task, seed=wanted.seed)
    bounds |= lengths.lengths(model, config, data, measured, levels)
    bounds |= {"active_units": estimate.active_units(codes.mean)}
    facts = {"n": len(index), "split": wanted.split, **described_likelihood(config, dataset)}
    values = {**facts, **bounds, **errors, "latent_dim": d, "seed": wanted.seed}
    completed = _completed(Evaluation(values, index, measured, codes, mse, levels), model)
    without = POINT if measured is None else MANY_CODES
    completed = completed.warned(lengths.warnings_of(values, config, data, without))
    return _with_gaps(completed, model, snapshot, data, task) if wanted.gaps else completed


def _measured(
    snapshot: ModelSnapshot,
    model: Autoencoder,
    data: Dataset,
    codes: Codes,
    wanted: Wanted,
    task: Task,
) -> Evidence | None:
    """The evidence of the samples that ``codes`` are of."""
    k, seed, folder, index = wanted.samples, wanted.seed, wanted.unfinished, codes.index
    kept = folder and kept_in(folder, snapshot, data, index, k, seed)
    far = mesh.reach_of(codes.mean)
    return estimate.measure(model, data, index, k, task, seed=seed, resume=kept, reach=far)


BRACKET = (
    "bracket_lower", "bracket_upper", "bracket_gap", "bracket_gap_error", "bracket_n",
    "log_likelihood_upper",
)  # fmt: skip


def _bracket(
    found: Evidence | None, model: Autoencoder, data: Dataset, samples: int, task: Task, seed: int
) -> Values:
    """Of samples of the model; log_likelihood_upper is log p(x) and the gap that was seen there.

    An exact log p(x) is its own upper bound.
    """
    nothing: Values = dict.fromkeys(BRACKET)
    if found is None or found.log_likelihood is None:
        return nothing
    mean = float(found.log_likelihood.mean())
    if found.exact:
        return {**nothing, "log_likelihood_upper": mean}
    seen = bracket.bracketed(model, data, samples, task, seed=seed)
    lower, upper = float(seen.lower.mean()), float(seen.upper.mean())
    known = (lower, upper, seen.gap, seen.gap_error, len(seen.lower), mean + max(seen.gap, 0.0))
    return dict(zip(BRACKET, known, strict=True))


def _with_gaps(
    made: Evaluation, model: Autoencoder, snapshot: ModelSnapshot, data: Dataset, task: Task
) -> Evaluation:
    """What is known goes out first: the gaps take as long again."""
    task.partial(made)
    seed = int(str(made.values["seed"]))
    more = gaps.gaps(model, data, made.index, task, seed=seed)
    said = gaps.warnings_of(snapshot, more, made.evidence.gap if made.evidence else None)
    return replace(made, gaps=more).warned(said)


def kept_in(
    folder: Path, snapshot: ModelSnapshot, data: Dataset, index: Index, samples: int, seed: int
) -> Path:
    """The file in ``folder`` that an evidence is kept in until it is done."""
    return folder / f"{fingerprint(snapshot, data.content_hash, index, samples, seed)}.npz"


def _completed(made: Evaluation, model: Autoencoder) -> Evaluation:
    """With what a codebook is used for, and with the warnings."""
    found, values = made.evidence, dict(made.values)
    known = None if found is None else found.log_likelihood
    book = codebook.summary(model, made.codes.mean, log_likelihood=known)
    if book is not None:
        values["codebook"] = book
    values["warnings"] = _warnings(values, found, has_book=book is not None)
    return replace(made, values=values)


def _codes(
    model: Autoencoder, data: Dataset, index: Index, d: int, task: Task, errors: bool
) -> tuple[Codes, Doubles | None, Values]:
    """The codes and, where errors are wanted, the squared ones (m,) and their means."""
    if not errors:
        return encode(model, data, index, task), None, {}
    seen = reconstructed(model, data, index, pca.fit(data, d, task), task)
    return seen.codes, seen.mse, errors_of(seen)


def _warnings(values: Values, found: Evidence | None, *, has_book: bool) -> list[str]:
    """What loosens these numbers, and why those are null that are."""
    if found is None:
        scale = [SCALE] if values["active_units"] is not None else []
        return [
            *cautions.of_nulls(values, (*BOUNDS, *BRACKET), POINT),
            *scale,
            *cautions.of_spreads(values),
        ]
    said = cautions.of_evidence(found)
    if not has_book:
        said += cautions.of_nulls(values, (WAY[2], *SPREAD[2:]), FEW_DRAWS)
    if has_book:
        drawn = ("importance_samples", "effective_sample_size", *SPREAD, *WAY[1:])
        said += cautions.of_nulls(values, ("log_likelihood", ERRORS[-1], WAY[0]), MANY_CODES)
        said += [*cautions.of_nulls(values, drawn, NOT_DRAWN), SCALE]
    said += cautions.of_nulls(values, ("kl_per_dim",), NO_TERMS)
    said += cautions.of_nulls(values, BRACKET, EXACT if found.exact else MANY_CODES)
    return [*said, *cautions.of_spreads(values)]


WAY = ("log_likelihood_way", "log_likelihood_importance", "log_likelihood_tenth")
MEANS = ("elbo", "reconstruction", "kl", "kl_per_dim", "log_likelihood")
SAMPLED = ("elbo", "reconstruction", "kl", "log_likelihood")  # one value for each sample
SPREAD = (
    "effective_sample_size_median", "share_below_10", "pareto_k_median", "share_pareto_above_07",
)  # fmt: skip
ERRORS = tuple(f"{key}_standard_error" for key in SAMPLED)
BOUNDS = (*MEANS, *ERRORS, "importance_samples", "effective_sample_size", *SPREAD, *WAY)

POINT = "a plain autoencoder's code is a point: it has no elbo and no log p(x)"
MANY_CODES = "log p(x) is a sum over all grids of codes, and there are too many to visit"
EXACT = "log p(x) is exact here, so that there is no gap to measure"
FEW_DRAWS = "it takes 100 draws a sample, and weights that are not all equal"
NOT_DRAWN = "z is a code of a book, so that nothing is drawn"
NO_TERMS = "the KL of this model has no closed form that is a sum over dimensions"
SCALE = (
    "active_units counts dimensions with Var(mu) > 0.01, but nothing sets the scale of this model's"
    " codes: it says little"
)


def _bounds(found: Evidence | None) -> Values:
    if found is None:
        nothing = {"log_likelihood_exact": False, "log_likelihood_loose": False}
        return {**dict.fromkeys(BOUNDS), **nothing}
    bounds: Values = {key: _mean(getattr(found, key)) for key in MEANS}
    return {
        **bounds,
        **{f"{key}_standard_error": _error(getattr(found, key)) for key in SAMPLED},
        "importance_samples": found.draws,
        "effective_sample_size": _mean(found.effective),
        "effective_sample_size_median": cautions.median(found.effective),
        "share_below_10": cautions.share_below(found.effective),
        "pareto_k_median": cautions.median_k(found.pareto_k),
        "share_pareto_above_07": cautions.share_unsure(found.pareto_k),
        "log_likelihood_exact": found.exact,
        "log_likelihood_loose": bool(cautions.of_evidence(found)),
        "log_likelihood_way": None if found.log_likelihood is None else found.way,
        "log_likelihood_importance": _mean(found.importance),
        "log_likelihood_tenth": _mean(found.tenth),
    }


def _mean(values: np.ndarray | None) -> object:
    """The mean over samples: a float, a list for (n, d), None for None."""
    return None if values is None else values.mean(axis=0).tolist()


def _error(values: np.ndarray | None) -> float | None:
    """Of the mean over samples; None for None."""
    return None if values is None else means.standard_error(values)
