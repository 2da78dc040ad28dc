"""Training speed: `train` with an onlooker against a bare torch loop of the same network.

Same network, likelihood, batch, threads and data; sessions interleaved, medians reported. Prints
a line per round to stderr and one JSON object to stdout:
    python benchmarks/training.py [--rounds 5] [--epochs 20] [--body mlp] [--threads 1]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn.functional import softplus

from explorer.data.dataset import Dataset
from explorer.data.opening import open_dataset
from explorer.models.autoencoder import build
from explorer.models.config import ModelConfig
from explorer.models.threads import threads, train_threads
from explorer.task import Task
from explorer.training.config import TrainingConfig
from explorer.training.loop import train

LOG_2PI = 1.8378770664093453


class Bare(nn.Module):
    """The same layers as a reader of a tutorial would put them together: no pieces, no names."""

    def __init__(self, model: ModelConfig, dataset: Dataset, rate: float) -> None:
        super().__init__()
        ours = build(model, dataset.preparation, seed=0)
        self.encoder = nn.Sequential(nn.Dropout(rate), *ours.encoder.layers)
        for i, layer in enumerate(self.encoder):
            if type(layer).__name__ == "Dropout":
                self.encoder[i] = nn.Dropout(rate)
        self.head = ours.posterior.get_submodule("linear")
        self.decoder = ours.decoder
        self.log_sigma = nn.Parameter(torch.tensor(-0.1))

    def loss(self, x: torch.Tensor) -> torch.Tensor:
        """-ELBO, mean over the batch."""
        mean, logvar = self.head(self.encoder(x)).chunk(2, dim=-1)
        z = mean + (0.5 * logvar).exp() * torch.randn_like(mean)
        log_sigma = -6 + softplus(10 * self.log_sigma + 6)
        squares = (torch.sigmoid(self.decoder(z)) - x).square().flatten(1).sum(1)
        features = x[0].numel()
        nll = 0.5 * squares * (-2 * log_sigma).exp() + features * (log_sigma + 0.5 * LOG_2PI)
        kl = 0.5 * (mean.square() + logvar.exp() - 1 - logvar).sum(1)
        return (nll + kl).mean()


def bare_loop(model: ModelConfig, config: TrainingConfig, dataset: Dataset) -> float:
    """Samples per second of the plainest loop that does the same: shuffled, Adam fused."""
    rows = dataset.x[dataset.train_index].transpose(0, 3, 1, 2).copy()
    data = torch.from_numpy(rows).contiguous()  # (n, C, H, W) uint8
    torch.manual_seed(0)
    network = Bare(model, dataset, rate=0.2).train()
    optimiser = torch.optim.Adam(network.parameters(), lr=config.lr, fused=True)
    start = time.perf_counter()
    for _ in range(config.epochs):
        order = torch.randperm(len(data))
        for index in order.split(config.batch_size):
            loss = network.loss(data[index].float() / dataset.preparation.levels)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return config.epochs * len(data) / (time.perf_counter() - start)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--body", default="mlp")
    parser.add_argument("--data", default="fashion")
    parser.add_argument("--threads", type=int, default=train_threads())
    options = parser.parse_args()
    dataset = open_dataset(options.data)
    model = ModelConfig(body=options.body)
    config = TrainingConfig(epochs=options.epochs, device="cpu", threads=options.threads)
    published: list[object] = []
    rounds: list[tuple[float, float]] = []
    with threads(options.threads):
        for i in range(options.rounds):
            task = Task(on_partial=published.append)
            measured = {
                "ours": lambda task=task: train(model, config, dataset, task).samples_per_second,
                "bare": lambda: bare_loop(model, config, dataset),
            }
            order = ("ours", "bare") if i % 2 else ("bare", "ours")
            speed = {name: measured[name]() for name in order}
            rounds.append((speed["ours"], speed["bare"]))
            print(
                f"round {i + 1}: ours {speed['ours']:.0f}, bare {speed['bare']:.0f} samples/s",
                file=sys.stderr,
            )
    ours, bare = (statistics.median(r[i] for r in rounds) for i in (0, 1))
    result = {
        "benchmark": "training",
        "data": options.data,
        "body": options.body,
        "batch": config.batch_size,
        "threads": options.threads,
        "rounds": options.rounds,
        "snapshots_published": len(published),
        "ours_samples_per_second": round(ours),
        "bare_samples_per_second": round(bare),
        "ratio": round(ours / bare, 3),
        "ratio_median_of_rounds": round(statistics.median(a / b for a, b in rounds), 3),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
