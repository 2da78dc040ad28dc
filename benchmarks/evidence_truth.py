"""How far log p(x) as the program reports it is from the truth, on models of one and two latents.

    python -m benchmarks.evidence_truth [--models FOLDER] [--samples 200] [--only TEXT] [--json]

Ten models of two data sets are trained small (or taken from FOLDER, where they are kept); with TEXT
those whose name has it, as "fashion vae continuous-bernoulli d = 2". The truth
is integrated by brute force: midpoints in double precision, for each sample by itself, halved until
a halving changes log p(x) by less than 0.001. Beside what is reported, which for such models is
an integral too, stands the mixture of proposals that more dimensions have. Times are of the
processor, all threads together, against L_5000 from the encoder alone.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from unittest.mock import patch

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.analysis.evidence import exact
from explorer.analysis.evidence.estimate import Evidence, measure
from explorer.analysis.passes import batch_of
from explorer.data.dataset import Dataset
from explorer.data.opening import open_dataset
from explorer.models import checkpoint
from explorer.models.autoencoder import Autoencoder, from_snapshot
from explorer.models.checkpoint import is_checkpoint
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.training.config import TrainingConfig
from explorer.training.loop import train

DRAWS, MIXED = 5000, 40  # samples for the mixture, which takes several times as long
EPOCHS, HIDDEN = {"digits": 20, "fashion": 4}, 128
MODELS = [
    *((name, ModelConfig("vae", hidden=HIDDEN, latent_dim=d)) for d in (2, 1) for name in EPOCHS),
    ("digits", ModelConfig("full-cov-vae", hidden=HIDDEN)),
    ("fashion", ModelConfig("iwae", hidden=HIDDEN)),
    ("digits", ModelConfig("gmm-vae", hidden=HIDDEN)),
    ("fashion", ModelConfig("flow-vae", hidden=HIDDEN)),
    *((name, ModelConfig("vae", "mlp", "continuous-bernoulli", 2, HIDDEN)) for name in EPOCHS),
]
SIDE, RIM = {1: 0.004, 2: 0.1}, 2.0  # latent units: of the first cells; no best cell is at the edge
KEEP_FIRST, KEEP = 45.0, 18.0  # nats below the best cell that are kept: at first, and at last
LEAST, KEEP_MOST = 2000, 1000.0  # cells at first, if they are no more nats below: modes are narrow
SAME, MOST, AT_ONCE = 1e-3, 2**21, 4096  # nats, cells of a sample, codes in a pass
Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """How far off two estimates are for one model: nats, and the processor's seconds."""

    model: str
    samples: int
    mean_off: float
    off_99: float
    times: float
    mixture_mean_off: float
    mixture_off_99: float
    mixture_times: float
    way: str


def trained(folder: Path, name: str, config: ModelConfig, dataset: Dataset) -> ModelSnapshot:
    """The model of ``folder``, trained where it is not there yet."""
    told = f"{name}-{config.preset}-{config.likelihood or 'usual'}-{config.latent_dim}"
    if not is_checkpoint(folder / told):
        wish = TrainingConfig(epochs=EPOCHS[name], batch_size=64, draws=1, device="cpu")
        found = train(config, wish, dataset, publish=False)
        checkpoint.save(folder / told, found.snapshot)
    return checkpoint.load(folder / told)


@torch.inference_mode()
def truth(model: Autoencoder, dataset: Dataset, index: NDArray[np.int64]) -> Doubles:
    """log p(x) of each sample (n,), by brute force."""
    x = batch_of(model, dataset, index).double()
    codes = float(model.float().encode(x.float()).mean.abs().max())
    model = model.double()
    wide = max(6.0, codes + 1.0)
    side = SIDE[model.prior.latent_dim]
    first, table = _looked(model, x, wide, side)
    while (
        float(first[table.argmax(0)].abs().max()) > wide - RIM
    ):  # codes need not lie where mass is
        wide *= 1.25
        first, table = _looked(model, x, wide, side)
    deep = table.amax(0) - table.topk(min(LEAST, len(table)), 0).values[-1]
    keep = deep.clamp(KEEP_FIRST, KEEP_MOST).tolist()
    picked = (first[table[:, i] >= table[:, i].max() - keep[i]] for i in range(len(x)))
    return np.array([_integral(model, one, x[i], side, keep[i]) for i, one in enumerate(picked)])


def _looked(model: Autoencoder, x: Tensor, wide: float, side: float) -> tuple[Tensor, Tensor]:
    """Codes a ``side`` apart to ``wide`` from 0, and log p(x, z) of all: (m, d), (m, n)."""
    d, axis = model.prior.latent_dim, torch.arange(-wide, wide, side, dtype=torch.float64)
    codes = torch.cartesian_prod(*[axis] * d).reshape(-1, d)
    return codes, torch.cat([_table(model, part, x) for part in torch.split(codes, AT_ONCE)])


def _table(model: Autoencoder, z: Tensor, x: Tensor) -> Tensor:
    """log p(x, z) of all codes (m, d) and samples (n, C, H, W), to choose cells by: (m, n)."""
    return model.likelihood.log_prob_table(model.raw(z), x) + model.prior.log_prob(z)[:, None]


def _joint(model: Autoencoder, z: Tensor, x: Tensor) -> Tensor:
    """log p(x, z) of codes (m, d) and one sample (C, H, W): (m,)."""
    parts = torch.split(z[:, None], AT_ONCE)
    log_px = [model.likelihood.log_prob(model.raw(part), x[None])[:, 0] for part in parts]
    return torch.cat(log_px) + model.prior.log_prob(z)


def _integral(model: Autoencoder, cells: Tensor, x: Tensor, side: float, keep: float) -> float:
    """From cells of ``side`` around their middles (m, d), halved until nothing changes."""
    d, before = cells.shape[1], float("nan")
    while len(cells) < MOST:
        height = _joint(model, cells, x)
        total = float(height.logsumexp(0)) + d * float(np.log(side))
        if abs(total - before) < SAME:
            return total
        kept, before, side = cells[height >= height.max() - keep], total, side / 2
        keep = max(KEEP, keep / 4)  # what a middle can be below a mode beside it falls so
        corners = torch.tensor(list(product((-0.5, 0.5), repeat=d)), dtype=torch.float64) * side
        cells = (kept[:, None] + corners).reshape(-1, d)
    return float("nan")


def timed(work: Callable[[], Evidence | None]) -> tuple[Evidence, float]:
    """What ``work`` gives, and the seconds of the processor that it took."""
    start = time.process_time()
    found = work()
    assert found is not None
    return found, time.process_time() - start


def compared(dataset: Dataset, snapshot: ModelSnapshot, n: int, name: str) -> Row:
    """One model: what is reported and the mixture, against the truth."""
    model, index = from_snapshot(snapshot), dataset.test_index[:n]
    measure(model, dataset, index[:2], 100, exactly=False)  # the first pass is the slowest
    _, encoder = timed(lambda: measure(model, dataset, index, DRAWS, exactly=False))
    told, told_s = timed(lambda: measure(model, dataset, index, DRAWS))
    few = index[:MIXED]
    with patch.object(exact, "known", return_value=None):
        mixture, mixture_s = timed(lambda: measure(model, dataset, few, DRAWS))
    true = truth(from_snapshot(snapshot), dataset, index)
    assert told.log_likelihood is not None and mixture.log_likelihood is not None
    off = np.abs(told.log_likelihood - true)
    mixed = np.abs(mixture.log_likelihood - true[: len(few)])
    mixture_s *= n / len(few)
    return Row(
        name, n, float(off.mean()), float(np.quantile(off, 0.99)), told_s / encoder,
        float(mixed.mean()), float(np.quantile(mixed, 0.99)), mixture_s / encoder, told.way,
    )  # fmt: skip


def rows(folder: Path, n: int, only: str = "") -> Iterator[Row]:
    """A row a model, as they come."""
    opened = {name: open_dataset(name) for name in EPOCHS}
    for name, config in MODELS:
        told = f"{name} {config.preset} {config.likelihood} d = {config.latent_dim}"
        told = " ".join(told.split())
        if only in told:
            snapshot = trained(folder, name, config, opened[name])
            yield compared(opened[name], snapshot, n, told)


def main() -> None:
    """Print a row a model, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--only", default="")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        found = []
        for row in rows(args.models or Path(scratch), args.samples, args.only):
            found.append(vars(row))
            if not args.json:
                print(*(f"{k} {v:.3g}" if isinstance(v, float) else f"{k} {v}"
                        for k, v in vars(row).items()), sep="  ", flush=True)  # fmt: skip
    if args.json:
        print(json.dumps({"evidence_truth": found, "draws": DRAWS}))


if __name__ == "__main__":
    main()
