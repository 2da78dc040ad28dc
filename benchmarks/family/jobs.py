"""What there is to train and to measure: a `Job` for each line of the table and each seed."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

Values = dict[str, Any]

EPOCHS = {"fashion": 40, "digits": 150}
OTHER_EPOCHS = 30  # of other data
SETTINGS: Values = {"lr": 2e-3, "schedule": "cosine"}  # but where a preset has its own
PLAN = (  # preset, what is added to its own training settings, the name of the row
    ("linear-ae", {}, "linear-ae"),
    ("ae", {}, "ae"),
    ("denoising-ae", {}, "denoising-ae"),
    ("linear-vae", {}, "linear-vae"),
    ("vae", {}, "vae"),
    ("beta-vae", {}, "beta-vae (beta = 4)"),
    ("full-cov-vae", {}, "full-cov-vae"),
    ("flow-vae", {}, "flow-vae"),
    ("gmm-vae", {}, "gmm-vae"),
    ("iwae", {"draws": 5}, "iwae (K = 5)"),
    ("iwae", {"draws": 50}, "iwae (K = 50)"),
    ("vq-vae", {}, "vq-vae"),
)
ONLY_TWO = ("iwae (K = 50)",)  # fifty decodings a sample: with 2 latents only
BASE = "vae"  # the row that all others of its table are held against
BURDA = "as in Burda et al."
PUBLISHED_NATS = {  # Burda et al. 2015, table 1, one stochastic layer
    f"vae, {BURDA}": -86.76, f"iwae (K = 5), {BURDA}": -85.54, f"iwae (K = 50), {BURDA}": -84.78,
}  # fmt: skip
PUBLISHED = "vae, 5,000 pictures"


@dataclass(frozen=True)
class Job:
    """One training; equal jobs give equal figures. n_train: 0 for the whole training part."""

    row: str
    preset: str
    data: str
    latent_dim: int
    seed: int
    epochs: int
    training: tuple[tuple[str, Any], ...] = ()
    body: str = "mlp"
    hidden: int = 512
    likelihood: str = ""
    binarisation: str = "none"
    n_train: int = 0

    @property
    def key(self) -> str:
        """What tells it from all others."""
        named = {**asdict(self), "data": Path(self.data).stem}  # wherever its file lies
        return json.dumps(named, sort_keys=True, default=list)

    @property
    def name(self) -> str:
        """Of its folder and files."""
        row = re.sub(r"[^a-z0-9]+", "-", self.row.lower()).strip("-")
        return f"{Path(self.data).stem}-{self.latent_dim}-{row}-{self.epochs}-{self.seed}"

    @property
    def published(self) -> bool:
        """Whether it repeats a setting of others, which knows no dropout."""
        return BURDA in self.row or self.row == PUBLISHED

    @property
    def base(self) -> str:
        """The row that it is held against, on the same data with as many latents."""
        return f"{BASE}, {BURDA}" if BURDA in self.row else BASE


def planned(given: argparse.Namespace) -> Iterator[Job]:
    """All jobs asked for, the first seed of all before the second of any."""
    for seed in range(given.seeds):
        for latent_dim in given.dims:
            for data in given.data:
                yield from _family(data, latent_dim, seed, given)


def _family(data: str, latent_dim: int, seed: int, given: argparse.Namespace) -> Iterator[Job]:
    epochs = max(1, round(EPOCHS.get(Path(data).stem, OTHER_EPOCHS) * given.scale))
    for preset, training, row in PLAN:
        if given.presets and preset not in given.presets:
            continue
        if row in ONLY_TWO and (latent_dim != 2 or seed >= given.fifty):
            continue
        yield Job(row, preset, data, latent_dim, seed, epochs, tuple(training.items()))


def published(path: str, seeds: int) -> Iterator[Job]:
    """The one published figure with 2 latents: 5,000 pictures of MNIST, 30 passes, grey values."""
    for seed in range(seeds):
        yield Job(PUBLISHED, "vae", path, 2, seed, 30, likelihood="bernoulli", n_train=5000)


def burda(path: str, epochs: int) -> Iterator[Job]:
    """The published setting with fewer passes: 50 latents, 200-200 tanh, dynamic binarisation."""
    shared: Values = {
        "data": path, "latent_dim": 50, "seed": 0, "epochs": epochs, "body": "burda",
        "hidden": 200, "likelihood": "bernoulli", "binarisation": "dynamic",
    }  # fmt: skip
    settings = (("batch_size", 100), ("schedule", "cosine"))
    yield Job(f"vae, {BURDA}", "vae", training=settings, **shared)
    for draws in (5, 50):
        more = (*settings, ("draws", draws))
        yield Job(f"iwae (K = {draws}), {BURDA}", "iwae", training=more, **shared)
