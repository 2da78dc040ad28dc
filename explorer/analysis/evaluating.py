"""Everything that is said of a model in numbers: the JSON of ``latent-explorer evaluate``."""

from __future__ import annotations

import numpy as np

from explorer.analysis import evidence, pca
from explorer.analysis.evidence import Evidence
from explorer.analysis.passes import split_index
from explorer.analysis.reconstructions import mean_errors
from explorer.data.dataset import Dataset
from explorer.models import autoencoder
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.encoding import encode
from explorer.models.presets import presets
from explorer.models.titles import display_name
from explorer.task import NO_TASK, Task

Values = dict[str, object]


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

    samples: importance samples K. A plain autoencoder has null where a density would be needed.
    """
    model = autoencoder.from_snapshot(snapshot)
    index = split_index(dataset, split)
    linear = pca.fit(dataset, snapshot.config.latent_dim, task)
    mse, pca_mse = mean_errors(model, dataset, index, linear, task)
    codes = encode(model, dataset, index, task)
    found = evidence.measure(model, dataset, index, samples, task, seed=seed)
    return {
        "n": len(index),
        "split": split,
        **described_likelihood(snapshot.config, dataset),
        **_bounds(found),
        "active_units": evidence.active_units(codes.mean),
        "mse": mse,
        "pca_mse": pca_mse,
        "latent_dim": snapshot.config.latent_dim,
        "seed": seed,
    }


def described_likelihood(config: ModelConfig, dataset: Dataset) -> Values:
    """What the numbers are nats of. A Bernoulli on grey values is no likelihood, and says so."""
    name = config.likelihood or presets[config.preset].likelihoods[0]
    title = display_name(name, binary=is_binary(dataset))
    honest = title if "not a likelihood" in title else name
    return {"likelihood": honest, "likelihood_title": title, "binarisation": "none"}


def is_binary(dataset: Dataset) -> bool:
    """Whether every value is the lowest or the highest there is."""
    levels = dataset.preparation.levels
    chunks = (dataset.x[start : start + 500] for start in range(0, len(dataset), 500))
    return all(bool(np.all((chunk == 0) | (chunk == levels))) for chunk in chunks)


def _bounds(found: Evidence | None) -> Values:
    keys = ("elbo", "reconstruction", "kl", "kl_per_dim", "log_likelihood")
    if found is None:
        return {**dict.fromkeys(keys), "importance_samples": None, "effective_sample_size": None}
    means: Values = {key: _mean(getattr(found, key)) for key in keys}
    return {
        **means,
        "importance_samples": found.draws,
        "effective_sample_size": _mean(found.effective),
    }


def _mean(values: np.ndarray | None) -> object:
    """The mean over samples: a float, a list for (n, d), None for None."""
    return None if values is None else values.mean(axis=0).tolist()
