"""Where the nats go: between log p(x) and the ELBO, and between the codes and the prior."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.analysis import cautions
from explorer.analysis.basis import Values
from explorer.analysis.evidence import amortisation, together
from explorer.analysis.passes import Index
from explorer.analysis.quality import subsample
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder
from explorer.models.config import ModelSnapshot
from explorer.models.presets import presets
from explorer.task import NO_TASK, Task

MOST_REFINED = 1000
UNREFINED = "only Gaussian posteriors are refined, and this model's are not"
KEYS = ("amortisation_gap", "amortisation_gap_error", "refined_elbo", "refined_n")


def gaps(
    model: Autoencoder,
    dataset: Dataset,
    index: Index,
    task: Task = NO_TASK,
    *,
    seed: int = 0,
) -> Values:
    """Nats per sample, null for what a model does not have.

    dataset: as it is measured. Posteriors of the samples at ``index`` are refined; the aggregate
    posterior is of the training part whatever they are, as `together` says.
    """
    some = index[subsample(len(index), MOST_REFINED)]
    refined = amortisation.refine(model, dataset, some, task=task, seed=seed)
    values: Values = dict.fromkeys(KEYS)
    if refined is not None:
        values = {
            "amortisation_gap": float(refined.gap.mean()),
            "amortisation_gap_error": refined.gap_error,
            "refined_elbo": float(refined.after.mean()),
            "refined_n": len(some),
        }
    return {**values, **together.together(model, dataset, index, task, seed=seed)}


def warnings_of(
    snapshot: ModelSnapshot, values: Mapping[str, object], gap: float | None
) -> list[str]:
    """What `gaps` are not, and why some are null. gap: the mean of log p(x) - elbo."""
    n = number_of_codes(values)
    warnings = [*cautions.of_gaps(gap, values, n), *notes_of(values)]
    known = values.get("aggregate_n") is not None  # then it is said elsewhere why a limit is not
    keys = (*KEYS, *(together.NUMBERS if known else together.ALL_KEYS))
    return [*warnings, *cautions.of_nulls(values, keys, why_null(snapshot))]


def notes_of(values: Mapping[str, object]) -> list[str]:
    """What the numbers of all codes together are of, and what more codes would say."""
    n = number_of_codes(values)
    return [*cautions.of_codes(values, n), *together.said_of(values)]


def number_of_codes(values: Mapping[str, object]) -> int:
    """That q(z) is made of; 0 where there is none."""
    return int(str(values.get("aggregate_n") or 0))


def why_null(snapshot: ModelSnapshot) -> str:
    """Why a model may lack some of them."""
    posterior = presets[snapshot.config.preset].posterior
    return "q(z|x) is a point" if posterior in ("point", "quantised") else UNREFINED


def numbers_of(values: Mapping[str, object]) -> dict[str, float | None]:
    """What has a place of its own on a page; a limit that is known with its standard error."""
    keys = (*KEYS, *together.AGGREGATED, *together.ERRORS, "aggregate_n")
    found = {key: values.get(key) for key in keys}
    numbers = {k: float(v) if isinstance(v, (int, float)) else None for k, v in found.items()}
    return {**numbers, **together.limit_of(values)}
