"""Every model of the family on the same data: the table of benchmarks/results.md.

    python -m benchmarks.results [--data fashion digits] [--mnist FILE] [--dims 2 16] [--seeds 3]
        [--presets NAME ...] [--scale 1.0] [--burda FILE] [--burda-epochs 25] [--table-only]

Each run is a process of its own with one thread; two go side by side. What is done is kept in
benchmarks/results.jsonl, a line a run, so that a stopped command goes on where it was; the page is
written from that file. A run that is not in the page's plan any more stays in the file.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.reporting import say

HERE = Path(__file__).parent
KEPT, PAGE = HERE / "results.jsonl", HERE / "results.md"
EPOCHS = {"fashion": 40, "digits": 150}
OTHER_EPOCHS = 10  # of data that is ten times larger
DRAWS = 5000
SETTINGS: dict[str, Any] = {"lr": 2e-3, "schedule": "cosine"}  # but where a preset has its own
MOST_TEST = 250  # images that L_5000 is taken of: a seeded part of the test part
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
Values = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """One training and what is measured of it; equal jobs give equal figures."""

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
    most_test: int = MOST_TEST

    @property
    def key(self) -> str:
        """What tells it from all others."""
        named = {**asdict(self), "data": Path(self.data).stem}  # wherever its file lies
        return json.dumps(named, sort_keys=True, default=list)


def planned(given: argparse.Namespace) -> Iterator[Job]:
    """All jobs asked for, the quick ones first."""
    for data in given.data:
        epochs = max(1, round(EPOCHS.get(Path(data).stem, OTHER_EPOCHS) * given.scale))
        for latent_dim in given.dims:
            for preset, training, row in PLAN:
                if given.presets and preset not in given.presets:
                    continue
                if row in ONLY_TWO and latent_dim != 2:
                    continue
                for seed in range(given.seeds):
                    yield Job(row, preset, data, latent_dim, seed, epochs, tuple(training.items()))


def burda(path: str, epochs: int) -> Iterator[Job]:
    """The published setting with fewer passes: 50 latents, 200-200 tanh, dynamic binarisation."""
    shared: Values = {
        "data": path, "latent_dim": 50, "seed": 0, "epochs": epochs, "body": "burda",
        "hidden": 200, "likelihood": "bernoulli", "binarisation": "dynamic",
    }  # fmt: skip
    settings = (("batch_size", 100), ("schedule", "cosine"))
    yield Job("vae, as in Burda et al.", "vae", training=settings, **shared)
    for draws in (5, 50):
        more = (*settings, ("draws", draws))
        yield Job(f"iwae (K = {draws}), as in Burda et al.", "iwae", training=more, **shared)


def work(job: Job) -> Values:
    """Train and measure; one thread."""
    import torch

    torch.set_num_threads(1)
    from explorer.analysis import quality
    from explorer.analysis.comparing.with_pca import compare
    from explorer.analysis.evidence import estimate
    from explorer.data.binarising import fixed_draw
    from explorer.data.opening import open_dataset
    from explorer.models import autoencoder
    from explorer.models.config import ModelConfig
    from explorer.models.encoding import encode
    from explorer.models.presets import presets
    from explorer.training import loop
    from explorer.training.config import TrainingConfig, config_for_preset

    data = open_dataset(job.data, binarisation=job.binarisation)
    preset = presets[job.preset]
    options = {"dropout": 0.0} if "dropout" in preset.options and job.body == "burda" else {}
    config = ModelConfig(
        preset=job.preset, body=job.body, likelihood=job.likelihood,
        latent_dim=job.latent_dim, hidden=job.hidden, options=options,
    )  # fmt: skip
    training = config_for_preset(TrainingConfig(threads=1, device="cpu"), preset)
    own = {} if "epochs" in preset.training else {"epochs": job.epochs, **SETTINGS}
    training = replace(training, seed=job.seed, **{**own, **dict(job.training)})
    began = time.process_time()
    trained = loop.train(config, training, data, publish=False)
    if trained.message:
        raise RuntimeError(f"{job.row}, {job.data}: {trained.message}")
    seconds = time.process_time() - began
    fixed = fixed_draw(data)
    some = fixed.test_index[quality.subsample(len(fixed.test_index), job.most_test)]
    model = autoencoder.from_snapshot(trained.snapshot)
    found = estimate.measure(model, fixed, some, DRAWS, workers=1)
    known = None if found is None else found.log_likelihood  # exact where it is a sum over codes
    draws = None if found is None else found.effective
    codes = encode(model, fixed, fixed.test_index)
    quiet = compare(trained.snapshot, fixed)
    return {
        **asdict(job),
        "training": dict(job.training),
        "body": preset.body_for(job.body, data.kind),
        "epochs": training.epochs,
        "likelihood": trained.snapshot.metrics["likelihood"],
        "test_elbo": None if found is None else trained.snapshot.metrics["test_elbo"],
        "log_likelihood": None if known is None else float(known.mean()),
        "elbo_of_those": None if found is None else float(found.elbo.mean()),
        "kl": None if found is None else float(found.kl.mean()),
        "effective": None if draws is None else float(draws.mean()),
        "active_units": estimate.active_units(codes.mean),
        "mse": quiet["mse"],
        "pca_mse": quiet["pca_mse"],
        "knn_accuracy": quiet["knn_accuracy"],
        "pca_knn_accuracy": quiet["pca_knn_accuracy"],
        "seconds": seconds,
        "n_train": len(data.train_index),
        "n_test": len(data.test_index),
        "n_evidence": len(some),
    }


def kept() -> dict[str, Values]:
    """What earlier calls have measured, by the job's key."""
    if not KEPT.exists():
        return {}
    lines = (json.loads(line) for line in KEPT.read_text().splitlines() if line)
    return {line["key"]: line for line in lines}


def run(jobs: list[Job], processes: int) -> None:
    """Work off what is missing, a line of the file for each as it comes."""
    done = kept()
    missing = [job for job in jobs if job.key not in done]
    say(f"results: {len(jobs) - len(missing)} of {len(jobs)} runs are there already")
    os.environ["OMP_NUM_THREADS"] = "1"
    began = time.monotonic()
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        futures = {pool.submit(work, job): job for job in missing}
        for i, future in enumerate(as_completed(futures), 1):
            job = futures[future]
            try:
                values = future.result()
            except Exception as error:  # noqa: BLE001 - the others go on; the page shows the gap
                say(f"results: {job.row} on {job.data} failed: {error}")
                continue
            with KEPT.open("a") as file:
                values["data"] = Path(job.data).stem
                file.write(json.dumps({"key": job.key, **values}) + "\n")
            minutes = (time.monotonic() - began) / 60
            say(f"results: {i} of {len(missing)}, {minutes:.1f} min: {job.row}, {job.data}, "
                f"d = {job.latent_dim}, seed {job.seed}")  # fmt: skip


def page(rows: list[Values]) -> str:
    """benchmarks/results.md."""
    text = [(HERE / "results_head.md").read_text().rstrip()]
    burdas = [row for row in rows if "Burda" in row["row"]]
    ours = [row for row in rows if "Burda" not in row["row"]]
    for data in dict.fromkeys(row["data"] for row in ours):
        for latent_dim in sorted({row["latent_dim"] for row in ours if row["data"] == data}):
            some = [r for r in ours if (r["data"], r["latent_dim"]) == (data, latent_dim)]
            text += ["", f"## {data}, {latent_dim} latent dimensions", "", *table(some)]
    if burdas:
        text += ["", "## The published setting with fewer passes", "", *table(burdas)]
    return "\n".join(text) + "\n"


HEAD = (
    "model", "likelihood", "body", "epochs", "test elbo", "elbo*", "L_5000*", "KL*", "active",
    "MSE", "PCA MSE", "kNN", "PCA kNN", "seconds",
)  # fmt: skip


def table(rows: list[Values]) -> list[str]:
    """A line a model, mean and standard deviation over its seeds."""
    first = rows[0]
    split = (
        f"{first['n_train']:,} training and {first['n_test']:,} test samples; * of "
        f"{first['n_evidence']:,} of the latter; binarisation {first['binarisation']}; "
        f"{_counted(len({row['seed'] for row in rows}), 'seed')}."
    )
    lines = [split, "", "| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    for name in dict.fromkeys(row["row"] for row in rows):
        same = [row for row in rows if row["row"] == name]
        lines.append("| " + " | ".join(_cells(name, same)) + " |")
    return lines


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _cells(name: str, same: list[Values]) -> list[str]:
    one = same[0]
    return [
        name, one["likelihood"], one["body"], str(one["epochs"]),
        *(_spread(same, k, 2) for k in ("test_elbo", "elbo_of_those", "log_likelihood", "kl")),
        _spread(same, "active_units", 1), _spread(same, "mse", 5), f"{one['pca_mse']:.5f}",
        _spread(same, "knn_accuracy", 3), f"{one['pca_knn_accuracy']:.3f}",
        _spread(same, "seconds", 0),
    ]  # fmt: skip


def _spread(same: list[Values], key: str, digits: int) -> str:
    values = [row[key] for row in same]
    if any(value is None for value in values):
        return "none"
    mean = f"{statistics.fmean(values):.{digits}f}"
    if len(values) == 1 or key == "seconds":
        return mean
    return f"{mean} \u00b1 {statistics.stdev(values):.{digits}f}"


def main() -> None:
    """Run what is missing and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", nargs="*", default=["fashion", "digits"])
    parser.add_argument("--mnist", help="a file with MNIST, run as well")
    parser.add_argument("--dims", nargs="*", type=int, default=[2, 16])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--presets", nargs="*")
    parser.add_argument("--scale", type=float, default=1.0, help="of the numbers of epochs")
    parser.add_argument("--burda", help="a file with MNIST, for the published setting")
    parser.add_argument("--burda-epochs", type=int, default=25)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--table-only", action="store_true")
    given = parser.parse_args()
    if given.mnist:
        given.data = [*given.data, given.mnist]
    jobs = list(planned(given))
    if given.burda:
        jobs += burda(given.burda, given.burda_epochs)
    if not given.table_only:
        run(jobs, given.processes)
    order = {row: i for i, (_, _, row) in enumerate(PLAN)}
    rows = sorted(kept().values(), key=lambda row: (order.get(row["row"], 99), row["seed"]))
    rows.sort(key=lambda row: row["data"] != "fashion")
    PAGE.write_text(page(rows))
    say(f"results: written to {PAGE.relative_to(Path.cwd())}" if PAGE.is_relative_to(Path.cwd())
        else "results: written")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
