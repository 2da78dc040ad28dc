"""Where the nats go: between log p(x) and the ELBO, and between the codes and the prior."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.analysis import cautions
from explorer.analysis.basis import Values
from explorer.analysis.evidence import amortisation
from explorer.analysis.latent import aggregate
from explorer.analysis.passes import Index
from explorer.analysis.quality import subsample
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder
from explorer.models.config import Codes, ModelSnapshot
from explorer.models.encoding import device_of
from explorer.models.presets import presets
from explorer.models.priors import Prior
from explorer.models.priors.standard import StandardNormal
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

MOST_REFINED = 1000
AGGREGATED = ("mutual_information", "kl_to_prior", "holes")
ERRORS = tuple(f"{key}_error" for key in AGGREGATED)
UNREFINED = "only Gaussian posteriors are refined, and this model's are not"
BENT = (
    "I(x; z), KL(q(z) \u2016 p(z)) and holes take each q(z|x), which a flow has bent, for the"
    " Gaussian with its mean and covariance"
)
KEYS = ("amortisation_gap", "amortisation_gap_error", "refined_elbo", "refined_n")


def gaps(
    model: Autoencoder,
    dataset: Dataset,
    index: Index,
    codes: Codes,
    task: Task = NO_TASK,
    *,
    seed: int = 0,
) -> Values:
    """Nats per sample, null for what a model does not have.

    dataset: as it is measured. The aggregate posterior is of the Gaussian moments of q(z|x) in
    ``codes``, those of the samples at ``index``, of which there are "aggregate_n"; they need their
    covariances whatever the dimension (``tilts=ALL``).
    """
    some = index[subsample(len(index), MOST_REFINED)]
    refined = amortisation.refine(model, dataset, some, task=task, seed=seed)
    values: Values = dict.fromkeys(KEYS)
    if refined is not None:
        means = float(refined.gap.mean()), refined.gap_error, float(refined.after.mean())
        values = dict(zip(KEYS, (*means, len(some)), strict=True))
    together = _aggregated(model, codes, task, seed)
    n = None if together["holes"] is None else len(index)
    return {**values, **together, "aggregate_n": n}


def warnings_of(
    snapshot: ModelSnapshot, values: Mapping[str, object], gap: float | None
) -> list[str]:
    """What `gaps` are not, and why some are null. gap: the mean of log p(x) - elbo."""
    n = int(str(values["aggregate_n"] or 0))
    warnings = [*cautions.of_gaps(gap, values, n), *notes_of(snapshot, values)]
    keys = [key for key in values if key in (*KEYS, *AGGREGATED, *ERRORS, "aggregate_n")]
    return [*warnings, *cautions.of_nulls(values, keys, why_null(snapshot))]


def notes_of(snapshot: ModelSnapshot, values: Mapping[str, object]) -> list[str]:
    """What the numbers of all codes together are of."""
    bent = presets[snapshot.config.preset].posterior == "flow"
    return [
        *cautions.of_codes(values, int(str(values["aggregate_n"] or 0))),
        *([BENT] if bent else []),
    ]


def why_null(snapshot: ModelSnapshot) -> str:
    """Why a model may lack some of them."""
    posterior = presets[snapshot.config.preset].posterior
    return "q(z|x) is a point" if posterior in ("point", "quantised") else UNREFINED


def _aggregated(model: Autoencoder, codes: Codes, task: Task, seed: int) -> Values:
    if codes.cov is None and not (codes.std > 0.0).all():
        return dict.fromkeys((*AGGREGATED, *ERRORS))
    log_prior, draws = prior_of(model, 10_000, seed)
    aggregated = aggregate.aggregate(codes, task, seed=seed, log_prior=log_prior, prior_draws=draws)
    values = asdict(aggregated)
    return {key: values[key] for key in (*AGGREGATED, *ERRORS)}


def prior_of(
    model: Autoencoder, n: int, seed: int = 0
) -> tuple[Callable[[Doubles], Doubles], Doubles]:
    """The model's log p(z), numpy to numpy, and n draws of it (n, d) float64."""
    prior = model.prior
    if isinstance(prior, StandardNormal):
        rng = np.random.default_rng(seed)
        return aggregate.standard_normal, rng.standard_normal((n, prior.latent_dim))
    generator = torch.Generator(device_of(model)).manual_seed(seed)
    with torch.inference_mode():
        draws = prior.sample(n, generator).cpu().double().numpy()
    return lambda z: _log_prob(prior, device_of(model), z), draws


@torch.inference_mode()
def _log_prob(prior: Prior, device: torch.device, z: Doubles) -> Doubles:
    density: Doubles = prior.log_prob(torch.from_numpy(z).float().to(device)).double().cpu().numpy()
    return density
