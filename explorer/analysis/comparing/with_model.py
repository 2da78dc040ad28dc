"""Two models on the same samples: the JSON of ``latent-explorer compare --with``.

What is hard about a sample is hard for both, so that differences are taken sample by sample
(theory, section 5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.analysis import cautions, quality
from explorer.analysis.basis import Values, described_likelihood, measured_on
from explorer.analysis.comparing import neighbourhoods
from explorer.analysis.errors import means
from explorer.analysis.evaluating import (
    MANY_CODES,
    NOT_DRAWN,
    POINT,
    Evaluation,
    Wanted,
    evaluation,
)
from explorer.data.binarising import is_binary
from explorer.data.dataset import Dataset
from explorer.data.kinds import kind_of
from explorer.errors import ModelError
from explorer.models import autoencoder
from explorer.models.config import ModelSnapshot
from explorer.models.encoding import encode
from explorer.models.pieces.likelihoods import likelihood_pieces
from explorer.models.presets import presets
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

NATS = ("elbo", "log_likelihood")  # what the likelihood sets the scale of
ENDS = ("", "_standard_error", "_interval")
OTHER = "other_"
OF_EACH = (  # of `evaluate`
    "likelihood", "likelihood_title", "latent_dim", "importance_samples",
    "log_likelihood_exact", "log_likelihood_loose", "log_likelihood_way",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Side:
    """What was measured of one of the two. codes: of the training part, and of the samples."""

    made: Evaluation
    codes: quality.Codes


def compare_models(
    ours: ModelSnapshot,
    theirs: ModelSnapshot,
    dataset: Dataset,
    task: Task = NO_TASK,
    wanted: Wanted | None = None,
) -> Values:
    """The keys of docs/commands.md: of ours, of theirs as other_, and ours - theirs as difference_.

    elbo and log p(x) have no difference where one is a density of another kind; the warnings say
    so. Raises ModelError where the models were trained on other data.
    """
    require_same_data(ours, theirs)
    data, wanted = measured_on(dataset), wanted or Wanted()
    one, other = (_seen(model, data, task, wanted) for model in (ours, theirs))
    why, index = incomparable(ours, theirs, data), one.made.index
    found: Values = {
        "n": len(index),
        "split": wanted.split,
        "seed": wanted.seed,
        "binarisation": one.made.values["binarisation"],
        **{key: one.made.values[key] for key in OF_EACH},
        **{f"{OTHER}{key}": other.made.values[key] for key in OF_EACH},
        **_differences(one.made, other.made, comparable=not why),
        **neighbourhoods.measured(data, index, one.codes, other.codes, "other"),
    }
    return {**found, "warnings": _warnings(found, data, one.made, other.made, why)}


def require_same_data(ours: ModelSnapshot, theirs: ModelSnapshot) -> None:
    """Raise ModelError where one may have learned from what the other is tested on.

    One that came from elsewhere does not know its data; it must be prepared alike at least.
    """
    known = [model.data.get("hash") for model in (ours, theirs)]
    if ours.preparation == theirs.preparation and (None in known or known[0] == known[1]):
        return
    one, other = (str(model.data.get("name") or "data without a name") for model in (ours, theirs))
    what = f"{one} and {other}" if one != other else f"{one}, but not the same or not made alike"
    raise ModelError(
        f"the two models saw other data: {what}", remedy="compare models trained on the same data"
    )


def incomparable(ours: ModelSnapshot, theirs: ModelSnapshot, dataset: Dataset) -> str:
    """Why nats of the one are not nats of the other, or ""."""
    kinds = [_kind(model, dataset) for model in (ours, theirs)]
    if kinds[0] == kinds[1]:
        return ""
    return f"{_named(ours, dataset)} and {_named(theirs, dataset)} are densities of another kind"


def _kind(model: ModelSnapshot, dataset: Dataset) -> str:
    """Of p(x|z): a density, a probability, or the name of what is no likelihood."""
    piece = likelihood_pieces[
        presets[model.config.preset].likelihood_for(model.config.likelihood, dataset.kind)
    ]
    unlike = piece.grey_title if not is_binary(dataset) else ""
    return unlike or piece.measure


def _named(model: ModelSnapshot, dataset: Dataset) -> str:
    return str(described_likelihood(model.config, dataset)["likelihood"])


def _seen(model: ModelSnapshot, data: Dataset, task: Task, wanted: Wanted) -> Side:
    module = autoencoder.from_snapshot(model)
    made = evaluation(model, data, task, wanted, module=module)
    train = encode(module, data, data.train_index, task).mean
    return Side(made, (train, made.codes.mean))


def _differences(one: Evaluation, other: Evaluation, *, comparable: bool) -> Values:
    """Means of both with their errors, and of what one is ahead by, sample by sample."""
    found: Values = {}
    ours, theirs = one.columns(), other.columns()
    for name in (*NATS, "mse"):
        found |= _mean(name, ours.get(name)) | _mean(f"{OTHER}{name}", theirs.get(name))
        both = name in ours and name in theirs and (comparable or name not in NATS)
        away = ours[name] - theirs[name] if both else None
        found |= _mean(f"difference_{name}", away)
        found[f"difference_{name}_interval"] = None if away is None else means.interval(away)
    return found


def _mean(name: str, values: Doubles | None) -> Values:
    """The mean over samples and its standard error, None where there are none."""
    if values is None:
        return {name: None, f"{name}_standard_error": None}
    return {name: float(values.mean()), f"{name}_standard_error": means.standard_error(values)}


def _warnings(
    found: Values, data: Dataset, one: Evaluation, other: Evaluation, why: str
) -> list[str]:
    """What loosens these numbers, and why those are null that are."""
    apart = [
        f"difference_{name}{end}"
        for name in NATS
        for end in ENDS
        if found[f"difference_{name}"] is None
    ]
    reason = why or (POINT if None in (one.evidence, other.evidence) else MANY_CODES)
    return [
        *_of_one(one, found, ""),
        *_of_one(other, found, OTHER),
        *cautions.of_nulls(found, apart, reason),
        *_of_intervals(found),
        *_of_levels(found, data),
        *neighbourhoods.warnings_of(found, data, "other"),
        *cautions.of_spreads(found),
    ]


def _of_one(made: Evaluation, found: Values, of: str) -> list[str]:
    """How loose its log p(x) is, and what it does not have."""
    keys = [f"{of}{name}{end}" for name in NATS for end in ENDS]
    drawn = [f"{of}importance_samples"]
    if made.evidence is None:
        return cautions.of_nulls(found, [*keys, f"{of}log_likelihood_way", *drawn], POINT)
    whose = "of the other model, " if of else ""
    loose = [f"{whose}{said}" for said in cautions.of_evidence(made.evidence)]
    nulls = cautions.of_nulls(found, [*keys, f"{of}log_likelihood_way"], MANY_CODES)
    return [*loose, *nulls, *cautions.of_nulls(found, drawn, NOT_DRAWN)]


def _of_intervals(found: Values) -> list[str]:
    """Why differences have no interval that there are."""
    there = [name for name in (*NATS, "mse") if found[f"difference_{name}"] is not None]
    missing = [f"difference_{name}_interval" for name in there]
    return cautions.of_nulls(found, missing, "one sample has no spread")


def _of_levels(found: Values, data: Dataset) -> list[str]:
    """What a difference of densities of whole levels may be, where they are of two forms."""
    one, other = found["likelihood"], found[f"{OTHER}likelihood"]
    if one == other or found["difference_elbo"] is None or not kind_of(data).bounded:
        return []
    if likelihood_pieces[str(one)].measure != "density":
        return []
    levels = "of values in whole levels a density is as high as it is narrow"
    return [f"{one} and {other} are both densities, but {levels}: their nats hardly compare"]
