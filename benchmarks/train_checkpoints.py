"""Makes the bundled models in ``checkpoints/``: the one program that ever wrote them.

    python benchmarks/train_checkpoints.py [fashion] [emoji] [digits]

Each goes through the public `train` on one thread. Settings were chosen on a held-out sixth of the
*training* part (``--choose`` trains on the rest and reports that part), never by the test part,
whose figures are in model.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace

import numpy as np

from explorer import paths
from explorer.data.dataset import Dataset
from explorer.data.opening import open_dataset
from explorer.models import checkpoint
from explorer.models.autoencoder import from_snapshot
from explorer.models.config import ModelConfig
from explorer.models.encoding import encode
from explorer.task import Task
from explorer.training.config import TrainingConfig
from explorer.training.history import Trained
from explorer.training.loop import train

COSINE = TrainingConfig(lr=2e-3, schedule="cosine", device="cpu", threads=1)
RECIPES = {
    "fashion": (ModelConfig(), replace(COSINE, epochs=220, beta_start=30.0, warm_up=60.0)),
    "emoji": (ModelConfig(body="conv", hidden=256), replace(COSINE, epochs=40, batch_size=32)),
    "digits": (ModelConfig(), replace(COSINE, epochs=280, lr=1e-3, schedule="constant")),
}


def training_part(dataset: Dataset, held_out: float = 1 / 6) -> Dataset:
    """The training part alone, a stratified share of it held out: for choosing settings."""
    index = dataset.train_index
    labels = np.zeros(len(index), np.int64) if dataset.labels is None else dataset.labels[index]
    rng, test = np.random.default_rng(0), np.zeros(len(index), bool)
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == label))
        test[members[: max(1, round(held_out * len(members)))]] = True
    return Dataset(
        name=dataset.name,
        x=dataset.x[index],
        preparation=dataset.preparation,
        test=test,
        labels=labels,
        classes=dataset.classes,
    )


def make(name: str, *, choose: bool) -> Trained:
    """Train one and, unless choosing, save it with the codes of the whole data set."""
    model, training = RECIPES[name]
    dataset = open_dataset(name)
    if choose:
        dataset = training_part(dataset)
    task = Task(lambda _, text: print(f"{name}: {text}", file=sys.stderr), interval=15.0)
    trained = train(model, training, dataset, task, publish=False)
    if not choose:
        snapshot = replace(trained.snapshot, id=f"{name}-vae")
        codes = encode(from_snapshot(snapshot), dataset, model_id=snapshot.id)
        checkpoint.save(paths.checkpoints() / f"{name}-vae", snapshot, codes=codes)
    return trained


def main() -> None:
    """Train those named, all by default; a line of JSON for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(RECIPES), metavar="name")
    parser.add_argument("--choose", action="store_true")
    options = parser.parse_args()
    for name in options.names:
        trained = make(name, choose=options.choose)
        figures = {**trained.snapshot.metrics, "seconds": round(trained.seconds, 1)}
        print(json.dumps({"name": name, **figures}), flush=True)


if __name__ == "__main__":
    main()
