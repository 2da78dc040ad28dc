"""PCA of 60,000 x 784 bytes: ours against scikit-learn's, time and memory, in the same run.

    python benchmarks/pca.py [--json] [--k 64] [--threads 1]

Each run is a process of its own, so that peaks do not mix; the peers take turns, and medians are
given. Peak memory is what the fit added to the process, the bytes themselves not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

N, SIDE, RUNS = 60_000, 28, 5
PEERS = ("explorer", "sklearn", "sklearn randomized")


def pictures() -> np.ndarray:
    """Bytes (n, 28, 28, 1) with a falling spectrum, like pictures have."""
    rng = np.random.default_rng(0)
    flat = np.empty((N, SIDE * SIDE), np.uint8)
    basis = rng.normal(size=(100, SIDE * SIDE)) * np.exp(-np.arange(100) / 15)[:, None]
    for start in range(0, N, 1000):
        rows = rng.normal(size=(1000, 100)) @ basis + rng.normal(size=(1000, SIDE * SIDE)) * 0.2
        flat[start : start + 1000] = (rows * 20 + 128).clip(0, 255)
    return flat.reshape(N, SIDE, SIDE, 1)


def ours(x: np.ndarray, k: int) -> Callable[[], np.ndarray]:
    """Fit; the explained variances."""
    from explorer.analysis import pca
    from explorer.data.dataset import Dataset, Preparation

    dataset = Dataset("bytes", x, Preparation(SIDE, SIDE), np.zeros(len(x), bool))
    return lambda: pca.fit(dataset, k).variance


def theirs(x: np.ndarray, k: int, solver: str) -> Callable[[], np.ndarray]:
    """The same by scikit-learn, from the same bytes."""
    from sklearn.decomposition import PCA

    def work() -> np.ndarray:
        rows = x.reshape(len(x), -1).astype(np.float32) / np.float32(255)
        return PCA(k, svd_solver=solver).fit(rows).explained_variance_

    return work


def once(peer: str, k: int) -> dict[str, float]:
    """Seconds, added MB and the first variance of one fit in this process."""
    x = pictures()
    solver = "randomized" if peer.endswith("randomized") else "auto"
    work = ours(x, k) if peer == "explorer" else theirs(x, k, solver)
    before = held()
    start = time.perf_counter()
    variance = work()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "mb": peak() - before, "first_variance": float(variance[0])}


def peak() -> float:
    """The most memory this process has had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


def held() -> float:
    """The memory this process has now, in MB; its peak where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return peak()
    return pages * resource.getpagesize() / 2**20


def in_process(peer: str, k: int, threads: int) -> dict[str, float]:
    """`once` in a process of its own, BLAS with that many threads (0: as it likes)."""
    limits = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), str(threads))
    environment = {**os.environ, **(limits if threads else {})}
    words = [sys.executable, __file__, "--peer", peer, "--k", str(k)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def compared(k: int, threads: int) -> dict[str, object]:
    """Medians over the runs, and our share of scikit-learn's time and memory."""
    runs = [{peer: in_process(peer, k, threads) for peer in PEERS} for _ in range(RUNS)]
    found: dict[str, dict[str, float]] = {
        peer: {
            key: round(statistics.median(run[peer][key] for run in runs), 5)
            for key in ("seconds", "mb", "first_variance")
        }
        for peer in PEERS
    }
    mine, peer = found["explorer"], found["sklearn"]
    ratios = {key: round(mine[key] / peer[key], 3) for key in ("seconds", "mb")}
    return {
        "n": N,
        "features": SIDE * SIDE,
        "k": k,
        "threads": threads,
        "runs": RUNS,
        **found,
        "ratios": ratios,
    }


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--k", type=int, default=64)
    parser.add_argument("--threads", type=int, default=0, help="of BLAS; the window takes 1")
    parser.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.peer:
        print(json.dumps(once(given.peer, given.k)))
        return
    found = compared(given.k, given.threads)
    if given.json:
        print(json.dumps(found))
        return
    for key, value in found.items():
        print(f"{key:<20} {value}")


if __name__ == "__main__":
    main()
