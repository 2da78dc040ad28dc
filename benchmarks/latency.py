"""(a) From the pointer's event to the picture on the screen, against the bare forward pass.

    python -m benchmarks.latency [--json] [--moves 400]

The real window, offscreen, with real mouse events: the clock starts before the event is sent and
stops when `decodedView` has painted the picture of that very z. The bare pass is the same
decoder on one code, in this process, one thread, in the same state of the machine.
"""

from __future__ import annotations

import argparse
import statistics
import time

import numpy as np
from PySide6.QtCore import QEventLoop, QObject

from benchmarks.reporting import percentile, report, say
from benchmarks.synthetic_input import Hand, opened, rest, stop, train, until
from explorer.compute.decoding.latent import Decoded
from explorer.ui.window import MainWindow


class Watcher(QObject):
    """Hears what `decodedView` has painted, and when."""

    def __init__(self, gesture: Hand) -> None:
        super().__init__()
        self._seen: object = None
        self._at = 0.0
        self._loop = QEventLoop()
        gesture.view.shown.connect(self._on_shown)

    def _on_shown(self, token: object) -> None:
        self._seen, self._at = token, time.perf_counter()
        self._loop.quit()

    def wait(self, z: np.ndarray) -> float:
        """When the picture of ``z`` was on the screen; Qt's own loop runs until then."""
        while not (isinstance(self._seen, Decoded) and np.array_equal(self._seen.z, z)):
            self._loop.exec()
        return self._at


def pointer_to_pixels(window: MainWindow, moves: int) -> list[float]:
    """Milliseconds of each move; the hand moves on a screen's frame after the picture."""
    gesture, times = Hand(window), []
    watcher = Watcher(gesture)
    gesture.press()
    for _ in range(moves):
        rest(0.016)
        before, start = window.state.now.z, time.perf_counter()
        gesture.move()
        until(lambda before=before: window.state.now.z is not before)  # a hasty move waits its turn
        times.append(1000 * (watcher.wait(window.state.now.z) - start))
    gesture.release()
    return times[moves // 10 :]


def bare_pass(window: MainWindow, runs: int = 300) -> float:
    """Median milliseconds of decoding one z into a picture's floats."""
    import torch

    from explorer.models.autoencoder import from_snapshot

    model, times = window.state.now.model, []
    assert model is not None
    module = from_snapshot(model)
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    z = torch.zeros(1, model.config.latent_dim)
    with torch.inference_mode():
        for _ in range(runs):
            start = time.perf_counter()
            module.decode(z).numpy()
            times.append(1000 * (time.perf_counter() - start))
    torch.set_num_threads(before)
    return statistics.median(times)


def measured(window: MainWindow, state: str, moves: int) -> dict[str, object]:
    """One row of the table."""
    times, bare = pointer_to_pixels(window, moves), bare_pass(window)
    row = {"p50 ms": statistics.median(times), "p99 ms": percentile(times, 0.99)}
    row |= {"worst ms": max(times), "bare pass ms": bare, "p50 - bare ms": row["p50 ms"] - bare}
    return {"state": state, **{key: round(value, 2) for key, value in row.items()}}


def main() -> None:
    """Measure idle, then while training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--moves", type=int, default=400)
    given = parser.parse_args()
    with opened() as window:
        say("latency: idle")
        rows = [measured(window, "idle", given.moves)]
        say("latency: training")
        train(window)
        rows.append(measured(window, "training", given.moves))
        stop(window)
    report("latency", rows, as_json=given.json)


if __name__ == "__main__":
    main()
