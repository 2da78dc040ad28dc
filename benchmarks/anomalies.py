"""Anomalies told from some normal classes of fashion: models against PCA, as many components.

    python -m benchmarks.anomalies [--model vae] [--dims 2] [--epochs 20] [--seeds 3]
                                   [--singly] [--only N] [--json] [--keep]

A model learns the training samples of a few classes (of each class alone with ``--singly``);
held-out samples of all classes are scored, and those of the others are the anomalies. AUROC of
each score, and of PCA's error where PCA was fitted to the same training samples. ``--keep`` writes
the table into benchmarks/uses.md.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.page import keep
from benchmarks.reporting import Row, report, say
from explorer.analysis.applications import anomalies
from explorer.data.dataset import Dataset
from explorer.data.opening import open_dataset
from explorer.models.autoencoder import from_snapshot
from explorer.models.config import ModelConfig
from explorer.models.presets import presets
from explorer.training.config import TrainingConfig, config_for_preset
from explorer.training.loop import train

START = TrainingConfig(batch_size=64, schedule="cosine", device="cpu", threads=1)
BEST = "-elbo"  # the score that a model has by default; of a plain autoencoder the next
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
    trained = train(config, training, anomalies.without(dataset, odd), publish=False)
    linear = anomalies.normal_pca(dataset, config.latent_dim, odd)
    index = dataset.test_index
    kind = "reconstruction" if presets[config.preset].posterior == "point" else "likelihood"
    model = from_snapshot(trained.snapshot)
    found = anomalies.score(model, dataset, index, linear, kind=kind)
    columns = {"pca": found.pca_mse, "mse": found.mse, "-log p(x|z)": found.reconstruction}
    if kind == "likelihood":
        columns |= {"-elbo": found.reconstruction + found.kl, "-log p": found.score}
    return {name: anomalies.auroc(odd[index], scores) or 0.0 for name, scores in columns.items()}


def line(of_seeds: list[dict[str, float]]) -> dict[str, float]:
    """Means over the seeds; by how much the model's own score is above PCA, and its deviation."""
    row = {name: statistics.fmean(one[name] for one in of_seeds) for name in of_seeds[0]}
    best = BEST if BEST in row else "-log p(x|z)"
    ours = [one[best] for one in of_seeds]
    more = {"sd": statistics.stdev(ours) if len(ours) > 1 else 0.0}
    return {**row, **more, "pca - model": row["pca"] - row[best]}


def mean(rows: list[dict[str, float]]) -> dict[str, float]:
    """Of each column over the groups; the deviation is of single groups and has no mean."""
    names = [name for name in rows[0] if name != "sd"]
    return {name: statistics.fmean(row[name] for row in rows) for name in names}


def measured(dataset: Dataset, asked: argparse.Namespace, latent_dim: int) -> list[Row]:
    """A row a group, and one of their means."""
    config = ModelConfig(asked.model, asked.body, asked.likelihood, latent_dim)
    groups = {name: (name,) for name in dataset.classes} if asked.singly else GROUPS
    table: list[Row] = []
    lines: list[dict[str, float]] = []
    for name, normal in list(groups.items())[: asked.only or None]:
        of_seeds = []
        for seed in range(asked.seeds):
            training = replace(START, epochs=asked.epochs, seed=seed)
            training = config_for_preset(training, presets[asked.model])
            of_seeds.append(told_apart(dataset, normal, config, training))
            say(f"{name}, d = {latent_dim}, seed {seed}: {of_seeds[-1]}")
        lines.append(line(of_seeds))
        table.append({"d": latent_dim, "normal": name, **lines[-1]})
    return [*table, {"d": latent_dim, "normal": "mean", **mean(lines)}]


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="vae", choices=list(presets))
    parser.add_argument("--body", default="mlp")
    parser.add_argument("--likelihood", default="")
    parser.add_argument("--dims", nargs="*", type=int, default=[2])
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--singly", action="store_true", help="each class alone is normal")
    parser.add_argument("--only", type=int, default=0, help="the first so many rows, 0 for all")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", action="store_true", help="write benchmarks/uses.md")
    asked = parser.parse_args()
    dataset = open_dataset("fashion")
    table: list[Row] = []
    for latent_dim in asked.dims:
        table += measured(dataset, asked, latent_dim)
        if asked.keep:
            write(table, asked)
    more = {"model": asked.model, "body": asked.body, "epochs": asked.epochs, "seeds": asked.seeds}
    report("anomalies", table, as_json=asked.json, **more)


def write(table: list[Row], asked: argparse.Namespace) -> None:
    """The section of benchmarks/uses.md."""
    name = "anomalies, each class alone" if asked.singly else "anomalies"
    command = f"python -m benchmarks.anomalies {'--singly ' if asked.singly else ''}--keep"
    dims = " ".join(str(d) for d in asked.dims)
    words = (
        f"AUROC on the 1,000 held-out images of fashion by each score of a {asked.model} "
        f"({asked.body} body, batch 64, lr 1e-3 falling by a cosine, {asked.epochs} epochs) that "
        "learned the training images of the normal classes only; pca: the error of PCA with d "
        "components fitted to the same images. pca - model: against -elbo, below 0 where the model "
        f"is better; sd of -elbo over {asked.seeds} seeds; made by `{command} --dims {dims}`."
    )
    keep(name, words, table)


if __name__ == "__main__":
    main()
