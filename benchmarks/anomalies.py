"""Anomalies told from some normal classes of fashion: models against PCA, as many components.

    python -m benchmarks.anomalies [--model vae] [--latent-dim 2] [--epochs 60] [--seeds 1]
                                   [--singly] [--only N] [--json]

A model learns the training samples of a few classes (of each class alone with ``--singly``);
held-out samples of all classes are scored, and those of the others are the anomalies. AUROC of
each score, and of PCA's error where PCA was fitted to the same training samples.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.reporting import Row, report, say
from explorer.analysis import anomalies
from explorer.data.dataset import Dataset
from explorer.data.opening import open_dataset
from explorer.models.autoencoder import from_snapshot
from explorer.models.config import ModelConfig
from explorer.models.presets import presets
from explorer.training.config import TrainingConfig, suited
from explorer.training.loop import train

START = TrainingConfig(batch_size=64, schedule="cosine", device="cpu")
GROUPS = {
    "footwear": ("Sandal", "Sneaker", "Ankle boot"),
    "tops": ("T-shirt/top", "Pullover", "Coat", "Shirt"),
    "T-shirts, trousers, dresses": ("T-shirt/top", "Trouser", "Dress"),
    "bags, sneakers": ("Bag", "Sneaker"),
    "all but footwear": ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Shirt", "Bag"),
}


def told_apart(
    dataset: Dataset, normal: Sequence[str], config: ModelConfig, training: TrainingConfig
) -> dict[str, float]:
    """AUROC on the held-out part by each score there is, and by PCA."""
    odd = anomalies.odd_ones(dataset, normal)
    model = from_snapshot(train(config, training, anomalies.without(dataset, odd)).snapshot)
    linear = anomalies.normal_pca(dataset, config.latent_dim, odd)
    index = dataset.test_index
    found = anomalies.score(model, dataset, index, linear)
    columns = {
        "pca": found.pca_mse,
        "mse": found.mse,
        "reconstruction": found.reconstruction,
        "elbo": found.reconstruction + found.kl,
    }
    known = {name: scores for name, scores in columns.items() if not np.isnan(scores).any()}
    return {name: anomalies.auroc(odd[index], scores) or 0.0 for name, scores in known.items()}


def means(rows: list[dict[str, float]]) -> dict[str, float]:
    """Of each column."""
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="vae", choices=list(presets))
    parser.add_argument("--body", default="mlp")
    parser.add_argument("--likelihood", default="")
    parser.add_argument("--latent-dim", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--singly", action="store_true", help="each class alone is normal")
    parser.add_argument("--only", type=int, default=0, help="the first so many rows, 0 for all")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    dataset = open_dataset("fashion")
    config = ModelConfig(asked.model, asked.body, asked.likelihood, asked.latent_dim)
    table: list[Row] = []
    kept: list[dict[str, float]] = []
    groups = {name: (name,) for name in dataset.classes} if asked.singly else GROUPS
    for name, normal in list(groups.items())[: asked.only or None]:
        of_seeds = []
        for seed in range(asked.seeds):
            training = replace(START, epochs=asked.epochs, seed=seed)
            training = suited(training, presets[asked.model])
            of_seeds.append(told_apart(dataset, normal, config, training))
        row = means(of_seeds)
        say(f"{name}: {row}")
        kept.append(row)
        table.append({"normal": name, **row})
    table.append({"normal": "mean", **means(kept)})
    facts = {"model": asked.model, "body": asked.body, "latent_dim": asked.latent_dim}
    more = {**facts, "epochs": asked.epochs, "seeds": asked.seeds}
    report("anomalies", table, as_json=asked.json, **more)


if __name__ == "__main__":
    main()
