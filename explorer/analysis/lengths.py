"""What nats come to: bits per dimension of values in levels, and the units of the data."""

from __future__ import annotations

from explorer.analysis import units
from explorer.analysis.basis import Values
from explorer.analysis.evidence import bits
from explorer.analysis.evidence.bits import Lengths
from explorer.analysis.evidence.estimate import Evidence
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder
from explorer.models.config import Codes, ModelConfig
from explorer.task import NO_TASK, Task

KEYS = (*bits.KEYS, *units.KEYS)


def of_levels(
    model: Autoencoder,
    config: ModelConfig,
    dataset: Dataset,
    codes: Codes,
    found: Evidence | None,
    task: Task = NO_TASK,
    *,
    seed: int = 0,
) -> Lengths | None:
    """Of each sample, or of some (`bits.lengths`); None where there are no levels or no density.

    dataset: as it is measured. found: the evidence of the samples that ``codes`` are of; None of
    a plain autoencoder.
    """
    if found is None or bits.why_none(config, dataset):
        return None
    return bits.lengths(model, dataset, codes, found, task, seed=seed)


def lengths(
    model: Autoencoder,
    config: ModelConfig,
    dataset: Dataset,
    found: Evidence | None,
    levels: Lengths | None,
) -> Values:
    """Numbers by `KEYS`, None for what there is none of. levels: those of `of_levels`."""
    values: Values = dict.fromkeys(bits.KEYS) if levels is None else levels.values()
    mean = None if found is None else float(found.elbo.mean())
    known = None if found is None or found.log_likelihood is None else found.log_likelihood
    said: Values = {
        "elbo": mean, "log_likelihood": None if known is None else float(known.mean())
    }  # fmt: skip
    is_likelihood = bits.why_none(config, dataset) != bits.NO_LIKELIHOOD
    discrete = is_likelihood and model.likelihood.discrete
    return values | units.in_units(
        dataset.preparation, said, discrete=discrete, is_density=is_likelihood
    )


def warnings_of(values: Values, config: ModelConfig, dataset: Dataset, without: str) -> list[str]:
    """What these numbers are not, and why some are null. without: why there is no log p(x)."""
    of_bits = bits.warnings_of(values, bits.why_none(config, dataset), without)
    return [*of_bits, *units.warnings_of(values, dataset.preparation, without)]
