"""How fast the importance-sampled likelihood is, against the bare decoder, in the same run.

    python -m benchmarks.evidence [--latents 16] [--json]

Rates are decoded codes per second of the processor, so that other work on the machine counts for
little; the bare decoder gets its best batch size of those tried. What comes before the draws of the
first sample (a mesh, a bank of modes) is paid once: it is told apart by two numbers of samples, and
what 10,000 samples would take is extrapolated from both by a straight line.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable

import numpy as np
import torch

from explorer.analysis.evidence.estimate import measure
from explorer.data.dataset import Dataset
from explorer.data.opening import open_dataset
from explorer.models.autoencoder import Autoencoder, build
from explorer.models.config import ModelConfig
from explorer.models.threads import cores, threads

DRAWS, RUNS = 5000, 3
FEW, SAMPLES, ALL = 16, 48, 10_000  # measured, measured, extrapolated to
MODELS = (
    ("mlp", "gaussian-learned", 2), ("mlp", "continuous-bernoulli", 2), ("mlp", "bernoulli", 2),
    ("mlp", "gaussian-learned", 16), ("mlp", "bernoulli", 16),
    ("conv", "gaussian-learned", 2), ("conv", "bernoulli", 2),
)  # fmt: skip
BATCHES = (128, 512)


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, all threads together: the median over the runs, after one to warm up."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


@torch.inference_mode()
def bare(model: Autoencoder, batch: int) -> float:
    """The decoder alone, the same codes again and again, on as many threads as are best."""
    z = torch.randn(batch, model.prior.latent_dim)
    passes = max(1, 8_192 // batch)

    def work() -> None:
        for _ in range(passes):
            model.raw(z)

    rates = []
    for count in {1, cores()}:
        with threads(count):
            rates.append(passes * batch / seconds(work))
    return max(rates)


def compared(dataset: Dataset, body: str, likelihood: str, latent_dim: int) -> dict[str, object]:
    """Both rates for one model with fresh weights, and what all samples would take."""
    config = ModelConfig("vae", body, likelihood, latent_dim)
    model = build(config, dataset.preparation, seed=0).eval().requires_grad_(False)
    counts = (FEW, SAMPLES) if body == "mlp" else (1, 3)

    def taken(count: int) -> float:
        index = np.asarray(dataset.test_index[:count])
        return seconds(lambda: measure(model, dataset, index, DRAWS))

    few, many = (taken(count) for count in counts)
    each = (many - few) / (counts[1] - counts[0])
    once = max(0.0, few - counts[0] * each)
    peer = max(bare(model, batch) for batch in BATCHES)
    return {
        "body": body,
        "likelihood": likelihood,
        "d": latent_dim,
        "bare_decoder": round(peer),
        "seconds_once": round(once, 2),
        "seconds_a_sample": round(each, 4),
        "hours_for_10000": round((once + ALL * each) / 3600, 2),
        "ratio_for_10000": round(ALL * DRAWS / (once + ALL * each) / peer, 3),
    }


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--latents", type=int, help="only the models of so many")
    args = parser.parse_args()
    dataset = open_dataset("fashion")
    asked = [model for model in MODELS if args.latents in (None, model[-1])]
    found = [compared(dataset, *model) for model in asked]
    if args.json:
        print(json.dumps({"evidence": found, "draws": DRAWS, "threads": cores()}))
        return
    for row in found:
        print("  ".join(f"{key} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
