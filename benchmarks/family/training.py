"""From a job to its trained model, which stays in a folder: measuring again trains nothing."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.family.jobs import SETTINGS, Job
from explorer.analysis.quality import subsample
from explorer.data.dataset import Dataset
from explorer.data.opening import open_dataset
from explorer.models import checkpoint
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.presets import presets
from explorer.training import loop
from explorer.training.config import TrainingConfig, config_for_preset


def data_of(job: Job) -> Dataset:
    """What it trains on and is measured on: ``n_train`` of the training part, drawn by a seed.

    Files have their classes one after the other.
    """
    data = open_dataset(job.data, binarisation=job.binarisation)
    if not job.n_train:
        return data
    learned = data.train_index[subsample(len(data.train_index), job.n_train)]
    kept = np.sort(np.concatenate([learned, data.test_index]))
    labels = None if data.labels is None else data.labels[kept]
    return replace(data, x=data.x[kept], test=data.test[kept], labels=labels, names=None)


def trained(job: Job, data: Dataset, folder: Path) -> tuple[ModelSnapshot, float]:
    """The model, from ``folder`` where it is there, and the processor's seconds that it took."""
    where, note = folder / job.name, folder / f"{job.name}.json"
    if note.exists():
        return checkpoint.load(where), float(json.loads(note.read_text())["seconds"])
    began = time.process_time()
    made = loop.train(*_settings(job), data, publish=False)
    if made.message:
        raise RuntimeError(made.message)
    seconds = time.process_time() - began
    checkpoint.save(where, made.snapshot)
    note.write_text(json.dumps({"seconds": seconds}))
    return made.snapshot, seconds


def _settings(job: Job) -> tuple[ModelConfig, TrainingConfig]:
    """On one thread; a preset that has epochs of its own keeps all of its own."""
    preset = presets[job.preset]
    options = {"dropout": 0.0} if "dropout" in preset.options and job.published else {}
    config = ModelConfig(
        preset=job.preset, body=job.body, likelihood=job.likelihood,
        latent_dim=job.latent_dim, hidden=job.hidden, options=options,
    )  # fmt: skip
    training = config_for_preset(TrainingConfig(threads=1, device="cpu"), preset)
    own = {} if "epochs" in preset.training else {"epochs": job.epochs, **SETTINGS}
    return config, replace(training, seed=job.seed, **{**own, **dict(job.training)})
