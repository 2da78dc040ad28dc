"""(c) How late a 16 ms heartbeat is in the window's thread; (b) what the window costs training.

    python -m benchmarks.lag [--json] [--seconds 8] [--rounds 3]

A precise timer should fire every 16 ms; its lateness is what a hand feels. Training runs in the
window, with the hand resting or dragging (60 moves a second, a screen's frames, and 125, a
plain mouse); its speed stands beside the bare
loop of benchmarks/training.py with the same network, batch and threads, in turn with it.
"""

from __future__ import annotations

import argparse
import statistics
import time

from PySide6.QtCore import QObject, Qt, QTimer

from benchmarks.hand import Hand, opened, rest, stop, train
from benchmarks.reporting import percentile, report, say
from explorer.ui.window import MainWindow

BEAT = 16.0
RATES = {"": 0, ", dragging 60/s": 16, ", dragging 125/s": 8}  # ms from move to move


class Heart(QObject):
    """Notes the lateness of each beat in ms."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=int(BEAT), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, 1000 * (now - self._last) - BEAT))
        self._last = now


def beat(window: MainWindow, seconds: float, every: int) -> list[float]:
    """Lateness in ms over a while, the event loop running as it does for a person."""
    hand = Hand(window)
    mover = QTimer(interval=every, timerType=Qt.TimerType.PreciseTimer)
    mover.timeout.connect(hand.move)
    if every:
        hand.press()
        mover.start()
    heart = Heart()
    _run_loop(seconds)
    mover.stop()
    if every:
        hand.release()
    return heart.late[2:]


def _run_loop(seconds: float) -> None:
    from PySide6.QtCore import QEventLoop

    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def speed(window: MainWindow, seconds: float, every: int) -> tuple[float, list[float]]:
    """Samples per second of the window's training over a while, and the lateness meanwhile."""
    n = len(window.state.now.dataset.train_index)
    start, began = window.state.now.history[-1].epoch, time.perf_counter()
    late = beat(window, seconds, every)
    took = time.perf_counter() - began
    return (window.state.now.history[-1].epoch - start) * n / took, late


def bare(window: MainWindow, epochs: int) -> float:
    """Samples per second of a plain torch loop with the window resting."""
    from benchmarks.training import bare_loop
    from explorer.models.threads import threads, train_threads
    from explorer.training.config import TrainingConfig

    now = window.state.now
    with threads(train_threads()):
        return bare_loop(now.model_config, TrainingConfig(epochs=epochs, device="cpu"), now.dataset)


def row(state: str, late: list[float]) -> dict[str, object]:
    """Percentiles of the lateness."""
    figures = {"p50 ms": statistics.median(late), "p99 ms": percentile(late, 0.99)}
    figures["worst ms"] = max(late)
    return {"state": state, "beats": len(late), **{k: round(v, 2) for k, v in figures.items()}}


def main() -> None:
    """Measure in rounds and give medians of the speeds, all beats together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    late: dict[str, list[float]] = {}
    speeds: dict[str, list[float]] = {"bare": []}
    with opened() as window:
        for drag, every in RATES.items():
            late[f"idle{drag}"] = beat(window, given.seconds, every)
        for i in range(given.rounds):
            say(f"lag: round {i + 1} of {given.rounds}")
            speeds["bare"].append(bare(window, epochs=int(given.seconds)))
            train(window)
            rest(1.0)
            for drag, every in RATES.items():
                found, beats = speed(window, given.seconds, every)
                speeds.setdefault(f"training{drag}", []).append(found)
                late.setdefault(f"training{drag}", []).extend(beats)
            stop(window)
    medians = {name: round(statistics.median(found)) for name, found in speeds.items()}
    ratios = {name: round(found / medians["bare"], 3) for name, found in medians.items()}
    rows = [row(state, found) for state, found in late.items()]
    report("lag", rows, as_json=given.json, samples_per_second=medians, against_bare=ratios)


if __name__ == "__main__":
    main()
