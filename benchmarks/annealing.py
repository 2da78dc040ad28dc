"""What annealed importance sampling gains on samples whose weights collapse, on a trained model.

    python -m benchmarks.annealing [--model FOLDER] [--samples 192] [--json]

A ``vae`` of 16 latents, 512 wide, is trained on ``fashion`` for 10 epochs (or taken from FOLDER).
Hard samples are chosen by the draws of one seed. Their annealed estimates stand beside L_5000 of
another seed, and beside L_K of as much of the processor's time: both choose nothing, and all three
are lower bounds in expectation, so that higher is nearer. Differences are of the same samples.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.evidence import estimate
from explorer.analysis.evidence.annealed import of_hard
from explorer.analysis.evidence.estimate import Evidence, measure
from explorer.analysis.evidence.exact import Asked
from explorer.analysis.evidence.modes import bank_of
from explorer.data.dataset import Dataset
from explorer.data.opening import open_dataset
from explorer.models import checkpoint
from explorer.models.autoencoder import Autoencoder, from_snapshot
from explorer.models.config import ModelConfig
from explorer.training.config import TrainingConfig
from explorer.training.loop import train

DRAWS = 5000
CONFIG, EPOCHS = ModelConfig("vae", hidden=512, latent_dim=16), 10
OTHER, MORE, CHAINS = 100_001, 200_003, 7  # seeds; a block of samples adds its start to its own


def model_of(folder: Path | None, dataset: Dataset) -> Autoencoder:
    """That of ``folder``, or one that is trained now."""
    if folder is not None:
        return from_snapshot(checkpoint.load(folder))
    wish = TrainingConfig(epochs=EPOCHS, batch_size=64, draws=1, device="cpu")
    return from_snapshot(train(CONFIG, wish, dataset, publish=False).snapshot)


def drawn(
    model: Autoencoder, dataset: Dataset, index: NDArray[np.int64], draws: int, seed: int
) -> tuple[Evidence, float]:
    """Draws of the mixture alone, and the seconds of the processor that a sample took."""
    start = time.process_time()
    with patch.object(estimate, "ENOUGH", draws + 1):  # so that nothing is annealed
        found = measure(model, dataset, index, draws, seed=seed, workers=1)
    assert found is not None
    return found, (time.process_time() - start) / len(index)


def told(gain: NDArray[np.float64]) -> dict[str, float]:
    """The mean of differences (n,) in nats and its standard error, the median, and the ends."""
    error = float(gain.std(ddof=1)) / len(gain) ** 0.5
    middle, low, high = (float(np.quantile(gain, q)) for q in (0.5, 0.0, 1.0))
    return {"mean": float(gain.mean()), "error": error, "median": middle, "least": low,
            "most": high}  # fmt: skip


def compared(model: Autoencoder, dataset: Dataset, index: NDArray[np.int64]) -> dict[str, object]:
    """All figures of one model."""
    first, _ = drawn(model, dataset, index, DRAWS, 0)
    assert first.effective is not None
    start, bank = time.process_time(), bank_of(model, dataset)
    hard, found = of_hard(Asked(model, dataset, index), first.effective, bank, CHAINS)
    seconds = (time.process_time() - start) / len(hard)
    fresh, fresh_s = drawn(model, dataset, index[hard], DRAWS, OTHER)
    draws = round(DRAWS * seconds / fresh_s / 100) * 100
    equal, equal_s = drawn(model, dataset, index[hard], draws, MORE)
    assert fresh.importance is not None and equal.importance is not None
    return {
        "samples": len(index), "hard": len(hard), "seconds": seconds, "fresh_seconds": fresh_s,
        "equal_draws": draws, "equal_seconds": equal_s,
        "above_fresh": told(found - fresh.importance),
        "above_equal": told(found - equal.importance),
    }  # fmt: skip


def main() -> None:
    """Print the figures, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--samples", type=int, default=192)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    dataset = open_dataset("fashion")
    found = compared(model_of(args.model, dataset), dataset, dataset.test_index[: args.samples])
    if args.json:
        print(json.dumps({"annealing": found, "draws": DRAWS}))
        return
    print(*(f"{name} {value}" for name, value in found.items()), sep="\n")


if __name__ == "__main__":
    main()
