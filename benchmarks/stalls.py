"""(c) The longest frame: while 70,000 pictures open, and as a training begins and ends.

    python -m benchmarks.stalls [--json] [--runs 5] [--samples 70000]

The real window with a heartbeat of 8 ms: what a beat is late is how long a frame would have stood.
"longest ms" is the worst beat of each turn, median over the turns; "work ms" is the most that the
window's thread itself worked between two beats, which another program on the machine does not
change. "first moment s" is from the press of Train to the first weights that are shown, "ten
moments s" to the tenth.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.lag import Heart
from benchmarks.reporting import report, say
from benchmarks.synthetic_input import opened, rest, until
from explorer.ui.window import MainWindow

Figures = dict[str, list[float]]


def pictures(n: int, folder: Path) -> Path:
    """An .npz of n blobs of 28 x 28 in ten classes, sorted by class."""
    random = np.random.default_rng(0)
    labels = (np.arange(n) * 10 // n).astype(np.uint8)
    across = np.linspace(-1, 1, 28, dtype=np.float32)
    x = np.empty((n, 28, 28), np.uint8)
    for start in range(0, n, 5000):
        part = slice(start, start + 5000)
        angle = 2 * np.pi * labels[part] / 10
        centre = np.stack([np.sin(angle), np.cos(angle)], 1) / 2
        centre += random.normal(0, 0.1, centre.shape)
        rows = np.exp(-8 * (across - centre[:, :1]) ** 2)
        columns = np.exp(-8 * (across - centre[:, 1:]) ** 2)
        x[part] = 255 * rows[:, :, None] * columns[:, None, :]
    path = folder / "pictures.npz"
    np.savez(path, x=x, y=labels)
    return path


class WorkingHeart(Heart):
    """Notes what the thread worked from beat to beat, too, in ms."""

    def __init__(self) -> None:
        super().__init__(8)
        self.work: list[float] = []
        self._worked = time.thread_time()

    def _on_beat(self) -> None:
        super()._on_beat()
        now = time.thread_time()
        self.work.append(1000 * (now - self._worked))
        self._worked = now


def watched(name: str, found: Figures, act: Callable[[], object]) -> None:
    """Note the latest beat and the hardest one while something is done."""
    heart = WorkingHeart()
    rest(0.1)
    heart.late.clear()
    heart.work.clear()
    act()
    rest(0.3)
    heart.stop()
    found[name].append(max(heart.late, default=0.0))
    found[f"{name}, work"].append(max(heart.work, default=0.0))


def turn(window: MainWindow, path: Path, found: Figures) -> None:
    """Open the small set, then the large one; train it, and stop."""
    window.session.open("digits")
    until(lambda: _settled(window, "digits"))
    rest(1.0)
    name = path.stem
    watched("open", found, lambda: _open(window, path, name))
    rest(1.0)
    moments: list[float] = []
    watched("training starts", found, lambda: _train(window, moments))
    found["first moment s"].append(moments[0])
    found["ten moments s"].append(moments[-1])
    watched("training ends", found, lambda: _stop(window))


def _settled(window: MainWindow, name: str) -> bool:
    now = window.state.now
    there = now.dataset is not None and now.dataset.name == name
    return there and now.pca is not None and not window.jobs.busy


def _open(window: MainWindow, path: Path, name: str) -> None:
    window.session.open(path)
    until(lambda: _settled(window, name))


def _train(window: MainWindow, moments: list[float]) -> None:
    start = time.perf_counter()
    config = replace(window.state.now.training_config, epochs=1000)
    window.session.configure(training=config)
    window.session.train()
    for count in range(1, 11):
        until(lambda count=count: len(window.state.now.moments) >= count)
        moments.append(time.perf_counter() - start)


def _stop(window: MainWindow) -> None:
    window.session.stop()
    until(lambda: window.state.now.training == "idle" and not window.jobs.busy)


def main() -> None:
    """Take turns, give medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--samples", type=int, default=70_000)
    given = parser.parse_args()
    events, times = (
        ("open", "training starts", "training ends"),
        ("first moment s", "ten moments s"),
    )
    found: Figures = {name: [] for name in (*events, *times, *(f"{e}, work" for e in events))}
    with tempfile.TemporaryDirectory() as folder, opened() as window:
        path = pictures(given.samples, Path(folder))
        for i in range(given.runs):
            say(f"stalls: turn {i + 1} of {given.runs}")
            turn(window, path, found)
    rows = [
        {"when": name, "longest ms": round(statistics.median(found[name]), 1),
         "worst of all ms": round(max(found[name]), 1),
         "work ms": round(statistics.median(found[f"{name}, work"]), 1)}
        for name in events
    ]  # fmt: skip
    seconds = {name.replace(" ", "_"): round(statistics.median(found[name]), 2) for name in times}
    report("stalls", rows, as_json=given.json, platform=os.environ["QT_QPA_PLATFORM"], **seconds)


if __name__ == "__main__":
    main()
