"""(g) Peak memory with 60,000 pictures of 28 x 28 loaded and shown, above the bare imports.

    python -m benchmarks.memory [--json] [--runs 3]

A synthetic IDX file of bytes (47 MB) is opened in the real window, offscreen, until its PCA plane,
gallery and, with ``trained``, a latent plane of all 60,000 codes after one epoch are there. The
bare imports are torch, PySide6 and pyqtgraph with an empty QApplication.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import struct
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.reporting import report, say

N, SIDE = 60_000, 28
STATES = ("bare imports", "loaded", "trained")


def write_idx(path: Path) -> None:
    """60,000 pictures with a blob each, so that PCA and a model find something."""
    import numpy as np

    rng = np.random.default_rng(0)
    grid = np.arange(SIDE, dtype=np.float32)
    with path.open("wb") as file:
        file.write(struct.pack(">IIII", 0x803, N, SIDE, SIDE))
        for _ in range(N // 1000):
            x, y = rng.uniform(4, 24, (2, 1000, 1)).astype(np.float32)
            wide, high = np.exp(-((grid - x) ** 2) / 18), np.exp(-((grid - y) ** 2) / 18)
            file.write((255 * high[:, :, None] * wide[:, None, :]).astype(np.uint8).tobytes())


def once(state: str, source: str) -> float:
    """Peak MB of this process after it got to that state."""
    import pyqtgraph  # noqa: F401
    import torch  # noqa: F401

    from benchmarks import synthetic_input

    if state == "bare imports":
        from PySide6.QtWidgets import QApplication

        QApplication([])
        return peak()
    with synthetic_input.opened(source) as window:
        if state == "trained":
            synthetic_input.train(window, epochs=1)
            synthetic_input.until(
                lambda: window.state.now.training == "idle" and not window.jobs.busy
            )
            assert len(window.state.now.codes.mean) == N
        synthetic_input.rest(1.0)
        assert len(window.state.now.dataset) == N
        return peak()


def peak() -> float:
    """The most memory this process has had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


def in_process(state: str, source: Path) -> float:
    """`once` in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.memory", "--state", state, "--source", str(source)]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=env)
    return float(done.stdout.split()[-1])


def main() -> None:
    """Medians of the peaks, and what lies above the bare imports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--state", choices=STATES, help=argparse.SUPPRESS)
    parser.add_argument("--source", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.state:
        print(once(given.state, given.source))
        return
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "blobs-images-idx3-ubyte"
        write_idx(path)
        peaks: dict[str, list[float]] = {state: [] for state in STATES}
        for i in range(given.runs):
            say(f"memory: run {i + 1} of {given.runs}")
            for state, found in peaks.items():
                found.append(in_process(state, path))
    medians = {state: statistics.median(found) for state, found in peaks.items()}
    bare = medians["bare imports"]
    rows = [
        {"state": state, "peak MB": round(mb), "above the imports MB": round(mb - bare)}
        for state, mb in medians.items()
    ]
    report("memory", rows, as_json=given.json, pictures=N)


if __name__ == "__main__":
    main()
