"""(c) How late a 16 ms heartbeat is in the window's thread; (b) what the window costs training.

    python -m benchmarks.lag [--json] [--seconds 3] [--rounds 4] [--turns 3]

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

from benchmarks.reporting import percentile, report, say
from benchmarks.synthetic_input import Hand, opened, rest, stop, train
from explorer.ui.window import MainWindow

BEAT = 16.0
RATES = {"": 0, ", dragging 60/s": 16, ", dragging 125/s": 8}  # ms from move to move


class Heart(QObject):
    """Notes the lateness of each beat in ms."""

    def __init__(self, every: int = int(BEAT)) -> None:
        super().__init__()
        self.late: list[float] = []
        self._every, self._last = every, time.perf_counter()
        self._timer = QTimer(self, interval=every, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()

    def stop(self) -> None:
        """No beat is noted any more."""
        self._timer.stop()

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, 1000 * (now - self._last) - self._every))
        self._last = now


def beat(window: MainWindow, seconds: float, every: int) -> list[float]:
    """Lateness in ms over a while, the event loop running as it does for a person."""
    gesture = Hand(window)
    mover = QTimer(interval=every, timerType=Qt.TimerType.PreciseTimer)
    mover.timeout.connect(gesture.move)
    if every:
        gesture.press()
        mover.start()
    heart = Heart()
    _run_loop(seconds)
    mover.stop()
    if every:
        gesture.release()
    return heart.late[2:]


def _run_loop(seconds: float) -> None:
    from PySide6.QtCore import QEventLoop

    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


class Pulse(QObject):
    """Notes when each moment of a training arrived, and the epoch it is of."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._state = window.state
        self.seen: list[tuple[float, float]] = []
        self._state.watch("moments", self._note)

    def _note(self) -> None:
        if self._state.now.moments:
            self.seen.append((time.perf_counter(), self._state.now.moments[-1].epoch))


def speed(window: MainWindow, seconds: float, every: int) -> tuple[float, list[float]]:
    """Samples per second of the window's training over a while, and the lateness meanwhile.

    From the first to the last moment that arrives: they come twice a second, and counting from one
    to another leaves no part of one out.
    """
    n = len(window.state.now.dataset.train_index)
    pulse = Pulse(window)
    late = beat(window, seconds, every)
    (start, before), (end, after) = pulse.seen[1], pulse.seen[-1]  # the first tells of the past
    return (after - before) * n / (end - start), late


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


class Figures:
    """What the rounds find: beats by state, and speeds beside those measured next to them."""

    def __init__(self) -> None:
        self.late: dict[str, list[float]] = {}
        self.speeds: dict[str, list[float]] = {}
        self.beside: dict[str, list[float]] = {}  # of the resting window, of the bare loop

    def turn(self, window: MainWindow, seconds: float) -> None:
        """Rest and drag, one right after the other: the machine's own drift cancels."""
        found = {}
        for drag, every in RATES.items():
            found[drag], beats = speed(window, seconds, every)
            self.speeds.setdefault(f"training{drag}", []).append(found[drag])
            self.late.setdefault(f"training{drag}", []).extend(beats)
            self.beside.setdefault(drag, []).append(found[drag] / found[""])

    def against_bare(self) -> dict[str, float]:
        """Medians: the resting window over the bare loop, a drag over the rest beside it."""
        rest_share = statistics.median(self.beside["bare"])
        return {
            f"training{drag}": round(rest_share * statistics.median(self.beside[drag]), 3)
            for drag in RATES
        }


def main() -> None:
    """Measure in rounds and give medians of the speeds, all beats together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--turns", type=int, default=3)
    given = parser.parse_args()
    found = Figures()
    with opened() as window:
        for drag, every in RATES.items():
            found.late[f"idle{drag}"] = beat(window, 2 * given.seconds, every)
        for i in range(given.rounds):
            say(f"lag: round {i + 1} of {given.rounds}")
            plain = bare(window, epochs=int(2 * given.seconds))
            found.speeds.setdefault("bare", []).append(plain)
            train(window)
            rest(1.0)
            for _ in range(given.turns):
                found.turn(window, given.seconds)
            stop(window)
            rests = found.speeds["training"][-given.turns :]
            found.beside.setdefault("bare", []).append(statistics.median(rests) / plain)
    medians = {name: round(statistics.median(v)) for name, v in found.speeds.items()}
    rows = [row(state, late) for state, late in found.late.items()]
    ratios = found.against_bare()
    report("lag", rows, as_json=given.json, samples_per_second=medians, against_bare=ratios)


if __name__ == "__main__":
    main()
