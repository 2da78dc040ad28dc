"""What the codes of the training part tell together, and what more of them would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.analysis.basis import Values
from explorer.analysis.errors import Z
from explorer.analysis.latent import aggregate, growth
from explorer.analysis.latent.bent import BentPosteriors
from explorer.analysis.latent.limits import Limit, limit
from explorer.analysis.passes import Index, batch_of
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder
from explorer.models.encoding import ALL, device_of, encode
from explorer.models.posteriors import Posterior
from explorer.models.priors import Prior
from explorer.models.priors.standard import StandardNormal
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

MOST = 20_000  # codes
MOST_VALUES = 2**24  # of their covariances
MOST_BENT = 500  # codes whose densities take passes through a flow
DRAWS = 10_000
PRIOR_SETS = 4  # draws of the prior for each code
AGGREGATED = ("mutual_information", "kl_to_prior", "holes")
ERRORS = tuple(f"{key}_error" for key in AGGREGATED)
MORE = ("kl_to_prior_least", "aggregate_kl", "aggregate_kl_error")
FACTS = ("aggregate_n", "aggregate_part")
NUMBERS = (*AGGREGATED, *ERRORS, *MORE, *FACTS)  # null together
LIMITS = tuple(
    f"{key}_limit{end}"
    for key in ("kl_to_prior", "mutual_information")
    for end in ("", "_interval")
)
ALL_KEYS = (*NUMBERS, "aggregate_curve", *LIMITS, "limit_way")


def together(
    model: Autoencoder, dataset: Dataset, index: Index, task: Task = NO_TASK, *, seed: int = 0
) -> Values:
    """Nats, null where a posterior is a point. ``index`` is of use where no sample is for training.

    "aggregate_curve" is a list of objects, one for each number of codes. Posteriors are taken as
    they are: full covariances in any dimension, flows by their own draws and densities.
    """
    part = "train" if len(dataset.train_index) else "test"
    index = dataset.train_index if len(dataset.train_index) else index
    first = _posterior(model, dataset, index[:1])
    most = _most(first, model.prior.latent_dim)
    index = np.random.default_rng(seed).permutation(index)[:most]
    q = _mixture(model, dataset, index, first, task)
    if q is None:
        return dict.fromkeys(ALL_KEYS)
    draws = len(index) if _bent(first) else max(DRAWS, len(index))
    log_prior, points = prior_of(model, max(draws, PRIOR_SETS * len(index)), seed)
    grown = growth.grow(q, log_prior, points[:draws], task, draws=draws, seed=seed)
    return {**_values(grown.curve()), "aggregate_part": part, **_limits(limit(grown, points))}


def said_of(values: Mapping[str, object]) -> list[str]:
    """The curve and where it leads, in words; nothing where there is none."""
    curve, interval = values.get("aggregate_curve"), values.get("kl_to_prior_limit_interval")
    if not isinstance(curve, list) or not isinstance(interval, list):
        return []
    shown = [curve[i] for i in sorted({0, len(curve) // 2, len(curve) - 1})]
    points = ", ".join(f"{at['kl_to_prior']:.2f} ({at['n']:,})" for at in shown)
    low, high = interval
    value = values.get("kl_to_prior_limit")
    known = f"{value:.2f} ({low:.2f} to {high:.2f})" if isinstance(value, float) else ""
    ends = known or f"at least {low:.2f} and at most {high:.2f}: more is not known"
    return [
        f"KL(q(z) \u2016 p(z)) by the number of codes: {points}; of ever more codes it is {ends}"
    ]


def limit_of(values: Mapping[str, object]) -> dict[str, float | None]:
    """KL(q(z) || p(z)) of ever more codes and its standard error; empty where it is not known."""
    key = "kl_to_prior_limit"
    value, interval = values.get(key), values.get(f"{key}_interval")
    if not isinstance(value, float) or not isinstance(interval, list):
        return {}
    return {key: value, f"{key}_error": (interval[1] - interval[0]) / (2.0 * Z)}


def _values(curve: list[growth.Aggregate]) -> Values:
    whole = asdict(curve[-1])
    named = {key: whole[key] for key in (*AGGREGATED, *ERRORS, MORE[0])}
    facts = {"aggregate_kl": whole["kl"], "aggregate_kl_error": whole["kl_error"]}
    return {**named, **facts, "aggregate_n": whole["n"], "aggregate_curve": [*map(asdict, curve)]}


def _limits(found: Limit) -> Values:
    return {
        "kl_to_prior_limit": found.kl_to_prior,
        "kl_to_prior_limit_interval": [*found.kl_to_prior_interval],
        "mutual_information_limit": found.mutual_information,
        "mutual_information_limit_interval": [*found.mutual_information_interval],
        "limit_way": found.way,
    }


@torch.no_grad()
def _posterior(model: Autoencoder, dataset: Dataset, index: Index) -> Posterior:
    return model.encode(batch_of(model, dataset, index))


def _bent(posterior: Posterior) -> bool:
    """Whether it is more than its mean and covariance."""
    return posterior.tilted and posterior.scale_tril is None


def _most(posterior: Posterior, d: int) -> int:
    if _bent(posterior):
        return MOST_BENT
    return min(MOST, MOST_VALUES // d**2) if posterior.tilted else MOST


def _mixture(
    model: Autoencoder, dataset: Dataset, index: Index, first: Posterior, task: Task
) -> growth.Mixture | None:
    if _bent(first):
        return BentPosteriors(model, dataset, index, task)
    codes = encode(model, dataset, index, task, tilts=ALL)
    if codes.cov is None and not (codes.std > 0.0).all():
        return None
    return aggregate.AggregatePosterior(codes)


def prior_of(
    model: Autoencoder, n: int, seed: int = 0
) -> tuple[Callable[[Doubles], Doubles], Doubles]:
    """The model's log p(z), numpy to numpy, and n draws of it (n, d) float64."""
    prior = model.prior
    if isinstance(prior, StandardNormal):
        rng = np.random.default_rng(seed + 1)  # other draws than those of q(z)
        return aggregate.standard_normal, rng.standard_normal((n, prior.latent_dim))
    generator = torch.Generator(device_of(model)).manual_seed(seed)
    with torch.inference_mode():
        draws = prior.sample(n, generator).cpu().double().numpy()
    return lambda z: _log_prob(prior, device_of(model), z), draws


@torch.inference_mode()
def _log_prob(prior: Prior, device: torch.device, z: Doubles) -> Doubles:
    density: Doubles = prior.log_prob(torch.from_numpy(z).float().to(device)).double().cpu().numpy()
    return density
