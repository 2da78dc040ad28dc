"""Noise removed and holes filled in: models against PCA, as many components, and the mean image.

    python -m benchmarks.restoring [--data fashion digits] [--dims 16 2] [--seeds 3] [--scale 1.0]
                                   [--json] [--keep]

The same data, body, latent dimensions and epochs for each model, the presets' own settings but for
a learning rate of 2e-3 that falls by a cosine; PCA is fitted to the clean training part. Test
images get Gaussian noise of 0.5, or lose a quarter. ``--keep`` writes benchmarks/uses.md.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.page import keep
from benchmarks.reporting import Row, report, say
from explorer.analysis import pca
from explorer.analysis.applications import holes, restoring
from explorer.analysis.pca import Pca
from explorer.analysis.quality import subsample
from explorer.data.dataset import Dataset, Floats
from explorer.data.opening import open_dataset
from explorer.models import checkpoint
from explorer.models.autoencoder import Autoencoder, from_snapshot
from explorer.models.config import ModelConfig
from explorer.models.encoding import encode
from explorer.models.presets import presets
from explorer.training.config import TrainingConfig, config_for_preset
from explorer.training.loop import train

EPOCHS = {"fashion": 30, "digits": 100}
START = TrainingConfig(lr=2e-3, schedule="cosine", device="cpu", threads=1)
PRESETS = ("denoising-ae", "ae", "vae")
FILLS = "vae"  # the preset whose holes are filled in: it has a p(z) to weigh what fits
NOISE, HOLE = 0.5, "quarter"
MOST, STARTS, STEPS = 150, 100, 60  # images with a hole, codes to start from, steps of the search
TOLD = "pca, told the noise"
DENOISED = f"noise {NOISE}"
Figures = dict[str, dict[str, list[float]]]  # what restores -> column -> MSE of each seed


@dataclass(frozen=True)
class Setting:
    """One block of the table: what the models and PCA of it share."""

    data: str
    latent_dim: int
    seeds: int
    epochs: int


def learned(preset: str, dataset: Dataset, setting: Setting, seed: int) -> Autoencoder:
    """A model of the preset's own settings."""
    training = replace(START, epochs=setting.epochs, seed=seed)
    config = ModelConfig(preset, latent_dim=setting.latent_dim)
    training = config_for_preset(training, presets[preset])
    return from_snapshot(train(config, training, dataset, publish=False).snapshot)


def denoised(
    model: Autoencoder | Pca, dataset: Dataset, seed: int, *, told: bool = False
) -> tuple[float, float]:
    """MSE against the clean test images, of noisy ones restored and of clean ones.

    told: PCA's scores are drawn to 0 by variance / (variance + noise variance), the best a linear
    map of them can do.
    """
    clean = dataset.unit(dataset.test_index)
    eps = np.random.default_rng(seed).standard_normal(clean.shape)
    noisy = (clean + NOISE * eps).astype(np.float32)

    def error(rows: Floats) -> float:
        if isinstance(model, Pca):
            kept = model.variance / (model.variance + NOISE**2) if told else np.ones(len(model))
            restored = model.reconstruct(model.project(rows) * kept.astype(np.float32))
        else:
            restored = restoring.denoise(model, rows, dataset.preparation)
        return float(((restored - clean).astype(np.float64) ** 2).mean())

    return error(noisy), error(clean)


def filled(model: Autoencoder | Pca, dataset: Dataset, seed: int) -> float:
    """MSE in the hole of test images."""
    kept = dataset.preparation
    known = holes.known(HOLE, *kept.shape[:2])
    test, training = dataset.test_index, dataset.train_index
    clean = dataset.unit(test[subsample(len(test), MOST)])
    cut = np.where(np.repeat(known.ravel(), kept.channels), clean, np.float32(0.0))
    if isinstance(model, Pca):
        rows = restoring.pca_inpaint(model, cut, known, kept.channels)
    else:
        starts = encode(model, dataset, training[subsample(len(training), STARTS, seed)]).mean
        rows = restoring.inpaint(model, cut, known, kept, starts, steps=STEPS).rows
    return restoring.error_in(rows, clean, known, kept.channels)


def measured(setting: Setting) -> Figures:
    """All models and both baselines, each seed with its own weights and noise."""
    dataset = open_dataset(setting.data)
    linear = pca.fit(dataset, setting.latent_dim)
    mean = Pca(linear.mean, linear.components[:0], linear.variance[:0], linear.total_variance, 1)
    found: Figures = defaultdict(lambda: defaultdict(list))

    def note(name: str, model: Autoencoder | Pca, seed: int) -> None:
        noisy, clean = denoised(model, dataset, seed, told=name == TOLD)
        found[name][DENOISED].append(noisy)
        found[name]["no noise"].append(clean)
        if name in (FILLS, "pca", "mean image"):
            found[name]["hole"].append(filled(model, dataset, seed))

    for seed in range(setting.seeds):
        for preset in PRESETS:
            began = time.monotonic()
            note(preset, learned(preset, dataset, setting, seed), seed)
            say(f"{setting}: {preset}, seed {seed}: {dict(found[preset])}, "
                f"{time.monotonic() - began:.0f} s")  # fmt: skip
        note("pca", linear, seed)
        note(TOLD, linear, seed)
        note("mean image", mean, seed)
    if setting.latent_dim == 2 and setting.data in checkpoint.bundled():
        bundled = from_snapshot(checkpoint.load(checkpoint.bundled()[setting.data]))
        found["the bundled vae"]["hole"] = [filled(bundled, dataset, 0)]
    return found


def lines(setting: Setting, found: Figures, columns: tuple[str, ...]) -> list[Row]:
    """A row for each that restores: mean over the seeds, and the first column's deviation."""
    rows: list[Row] = []
    for name, figures in found.items():
        if columns[0] not in figures:
            continue
        first = figures[columns[0]]
        row: dict[str, object] = {"data": setting.data, "d": setting.latent_dim, "by": name}
        row |= {column: statistics.fmean(figures[column]) for column in columns}
        row["sd"] = statistics.stdev(first) if len(first) > 1 else 0.0
        row["case"] = f"{setting.data} {setting.latent_dim} {name}"
        rows.append(row)
    return rows


def main() -> None:
    """Print a table for the noise and one for the holes, or JSON of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", nargs="*", default=list(EPOCHS), choices=list(EPOCHS))
    parser.add_argument("--dims", nargs="*", type=int, default=[16, 2])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--scale", type=float, default=1.0, help="of the numbers of epochs")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", action="store_true", help="write benchmarks/uses.md")
    asked = parser.parse_args()
    noise: list[Row] = []
    holes: list[Row] = []
    for latent_dim in asked.dims:
        for data in asked.data:
            epochs = max(1, round(EPOCHS[data] * asked.scale))
            setting = Setting(data, latent_dim, asked.seeds, epochs)
            found = measured(setting)
            noise += lines(setting, found, (DENOISED, "no noise"))
            holes += lines(setting, found, ("hole",))
            if asked.keep:  # after each block: what is stopped has not been for nothing
                write(noise, holes, asked.seeds, asked.scale)
    if asked.json:
        joined: dict[object, Row] = {}
        for row in (*noise, *holes):
            joined[row["case"]] = {**row, **joined.get(row["case"], {})}
        report(
            "restoring", list(joined.values()), as_json=True, seeds=asked.seeds, scale=asked.scale
        )
        return
    report("noise removed", noise, as_json=False, seeds=asked.seeds, scale=asked.scale)
    report("holes filled", holes, as_json=False)


def write(noise: list[Row], holes: list[Row], seeds: int, scale: float) -> None:
    """The two sections of benchmarks/uses.md."""
    epochs = ", ".join(f"{name} {max(1, round(n * scale))}" for name, n in EPOCHS.items())
    shared = (
        f"mlp bodies, batch 128, lr 2e-3 falling by a cosine, epochs: {epochs}; {seeds} seeds, sd "
        "over them; made by `python -m benchmarks.restoring --keep`."
    )
    removed = (
        f"MSE per pixel against the clean test images, after Gaussian noise of {NOISE} was put on "
        "and taken off, and without noise. PCA: d components of the clean training part; told the "
        "noise, its scores are drawn to 0 by variance / (variance + noise variance). Each "
        f"preset with its own settings; {shared}"
    )
    keep("noise removed", removed, [shown(row) for row in noise])
    hidden = (
        f"MSE per pixel in the lower right {HOLE} of {MOST} test images, hidden and filled in by "
        f"the most probable z ({STARTS} starts, {STEPS} steps). pca: the conditional mean of "
        f"probabilistic PCA with d components; {shared}"
    )
    keep("holes filled", hidden, [shown(row) for row in holes])


def shown(row: Row) -> Row:
    """Without what only programs read."""
    return {key: value for key, value in row.items() if key != "case"}


if __name__ == "__main__":
    main()
