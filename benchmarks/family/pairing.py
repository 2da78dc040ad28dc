"""How far a model is from the vae on the same test samples, with the error of that.

What is hard about a sample is hard for both, so that the error of a difference is a fraction of
that of either mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.family.jobs import BURDA, Job, Values
from explorer.analysis.errors import means

PAIRED = ("log_likelihood", "elbo", "mse", "bits_per_dim")

Kept = Mapping[str, np.ndarray]


def paired(jobs: Sequence[Job], folder: Path) -> dict[str, Values]:
    """Of each job by its key: what it differs by from the base row of its data, size and seed."""
    bases = {_table(job): job for job in jobs if job.row == job.base}
    known = {job.name: _kept(folder / f"{job.name}.npz") for job in jobs}
    found = {}
    for job in jobs:
        base = bases.get(_table(job))
        if base is not None and base != job:
            found[job.key] = differences(known[job.name], known[base.name])
    return found


def differences(ours: Kept, theirs: Kept) -> Values:
    """`PAIRED` of both, less theirs, each with its standard error; null where one has none.

    So it is where one has bits of fewer samples.
    """
    if "index" not in ours or not np.array_equal(ours["index"], theirs.get("index", ())):
        return {}
    found: Values = {}
    for name in PAIRED:
        both = name in ours and name in theirs and len(ours[name]) == len(theirs[name])
        away, error = means.difference(ours[name], theirs[name]) if both else (None, None)
        found |= {f"difference_{name}": away, f"difference_{name}_standard_error": error}
    return found


def _table(job: Job) -> tuple[object, ...]:
    """What two jobs share that may be held against each other."""
    passes = job.epochs if BURDA in job.row else 0  # there is one row for each number of them
    data = Path(job.data).stem, job.n_train, job.binarisation
    return *data, job.latent_dim, job.seed, job.base, passes


def _kept(path: Path) -> dict[str, np.ndarray]:
    if not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as kept:
        return dict(kept)
