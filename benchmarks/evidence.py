"""How fast the importance-sampled likelihood is, against the bare decoder, in the same run.

    python benchmarks/evidence.py [--json]

Rates are decoded codes per second; the bare decoder gets its best batch size of those tried.
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

DRAWS, SAMPLES, RUNS = 5000, 32, 3
BATCHES = (128, 512)


def rate(work: Callable[[], object], codes: int) -> float:
    """Median codes per second over the runs, after one to warm up."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return codes / statistics.median(times)


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
            rates.append(rate(work, passes * batch))
    return max(rates)


def compared(dataset: Dataset, body: str, likelihood: str) -> dict[str, object]:
    """Both rates for one model with fresh weights."""
    config = ModelConfig("vae", body, likelihood, 2)
    model = build(config, dataset.preparation, seed=0).eval().requires_grad_(False)
    count = SAMPLES if body == "mlp" else 2
    index = np.asarray(dataset.test_index[:count])
    ours = rate(lambda: measure(model, dataset, index, DRAWS), count * DRAWS)
    peer = max(bare(model, batch) for batch in BATCHES)
    return {
        "body": body,
        "likelihood": likelihood,
        "codes_per_second": round(ours),
        "bare_decoder": round(peer),
        "ratio": round(ours / peer, 3),
    }


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    dataset = open_dataset("fashion")
    found = [
        compared(dataset, body, likelihood)
        for body in ("mlp", "conv")
        for likelihood in ("gaussian-learned", "continuous-bernoulli", "bernoulli")
    ]
    if as_json:
        print(json.dumps({"evidence": found, "draws": DRAWS, "threads": cores()}))
        return
    for row in found:
        print("  ".join(f"{key} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
