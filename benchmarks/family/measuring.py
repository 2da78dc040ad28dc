"""What is known of a trained model on the whole test part, and of each of its samples."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.family.jobs import Job, Values
from benchmarks.family.training import data_of, trained
from explorer.analysis.comparing.with_pca import compare
from explorer.analysis.errors import means
from explorer.analysis.evaluating import Evaluation, Wanted, evaluation

MEASURED = (  # of `evaluate`, as they are
    "n", "likelihood", "elbo", "elbo_standard_error", "kl", "log_likelihood",
    "log_likelihood_standard_error", "log_likelihood_exact", "log_likelihood_loose",
    "log_likelihood_way", "log_likelihood_upper", "bracket_gap", "bracket_gap_error",
    "importance_samples", "share_below_10", "share_pareto_above_07",
    "active_units", "mse", "mse_standard_error", "pca_mse",
)  # fmt: skip
LENGTHS = (
    "bits_per_dim", "bits_per_dim_standard_error", "bits_per_dim_bound",
    "bits_per_dim_bound_standard_error", "bits_per_dim_of_density", "bits_per_dim_way",
    "bits_per_dim_n", "share_beyond_ceiling", "levels",
)  # fmt: skip
HELD = ("knn_accuracy", "trustworthiness")  # of `compare`, with their intervals and PCA's


def work(job: Job, folder: Path, draws: int) -> Values:
    """Train, unless ``folder`` has the model, and measure; one thread.

    What is known of each sample is kept in ``folder``, for `pairing`.
    """
    import torch

    torch.set_num_threads(1)
    data = data_of(job)
    snapshot, seconds = trained(job, data, folder)
    found = evaluation(snapshot, data, wanted=Wanted(draws, bracket=True, unfinished=folder))
    keep(folder / f"{job.name}.npz", found)
    held = compare(snapshot, data)
    return {
        **asdict(job),
        "data": Path(job.data).stem,
        "training": dict(job.training),
        "epochs": snapshot.training["epochs"],
        "n_train": len(data.train_index),
        "seconds": seconds,
        "train_elbo": snapshot.metrics.get("train_elbo"),
        **{key: found.values.get(key) for key in (*MEASURED, *LENGTHS)},
        **_gap(found),
        **{key: value for key, value in held.items() if key.endswith(_ends())},
    }


def keep(path: Path, found: Evaluation) -> None:
    """Each sample's numbers by name, and ``index``: which sample it is.

    Bits are of `quality.subsample` of them, the same for all models of the same samples.
    """
    bits = None if found.levels is None else found.levels.bits
    some = {} if bits is None else {"bits_per_dim": bits}
    np.savez_compressed(path, index=found.index, **found.columns(), **some)


def _ends() -> tuple[str, ...]:
    return (*HELD, *(f"{name}_interval" for name in HELD))


def _gap(found: Evaluation) -> Values:
    """log p(x) - elbo, the mean over samples and its error."""
    seen = found.evidence
    if seen is None or seen.log_likelihood is None:
        return {"gap": None, "gap_standard_error": None}
    away, error = means.difference(seen.log_likelihood, seen.elbo)
    return {"gap": away, "gap_standard_error": error}
