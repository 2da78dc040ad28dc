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
    "importance_samples", "share_below_10", "share_pareto_above_07", "bits_per_dim",
    "active_units", "mse", "mse_standard_error", "pca_mse",
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
        **{key: found.values.get(key) for key in MEASURED},
        **_gap(found),
        **{key: value for key, value in held.items() if key.endswith(_ends())},
    }


def keep(path: Path, found: Evaluation) -> None:
    """Each sample's numbers by name, and ``index``: which sample it is."""
    np.savez_compressed(path, index=found.index, **found.columns())


def _ends() -> tuple[str, ...]:
    return (*HELD, *(f"{name}_interval" for name in HELD))


def _gap(found: Evaluation) -> Values:
    """log p(x) - elbo, the mean over samples and its error."""
    seen = found.evidence
    if seen is None or seen.log_likelihood is None:
        return {"gap": None, "gap_standard_error": None}
    away, error = means.difference(seen.log_likelihood, seen.elbo)
    return {"gap": away, "gap_standard_error": error}
