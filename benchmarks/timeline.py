"""(h) A step of the time line, from the slider to the picture, where moments lie in files.

    python -m benchmarks.timeline [--json] [--steps 40] [--data digits emoji fashion]

Each bundled data set is trained for a while as ``latent-explorer train`` does it, and the run is
opened in the real window, offscreen: none of its moments is in memory. The clock starts before a
key is pressed on the slider and stops when `decodedView` has painted the picture of that moment's
weights; "first" is of moments that were not visited before, "again" of those that were. "work" is
the processor time of all threads in a first step, which other programs on the machine change less.
The bare pass is the same decoder on one code, in this process, one thread.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QObject, Qt
from PySide6.QtTest import QTest

from benchmarks.latency import bare_pass
from benchmarks.reporting import percentile, report, say
from benchmarks.synthetic_input import named, opened, rest, until
from explorer.compute.keeping.train import Train
from explorer.data.opening import open_dataset
from explorer.models.config import ModelConfig
from explorer.training.config import TrainingConfig
from explorer.ui.widgets.forms.timeline import EpochSlider
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.window import MainWindow

BUNDLED = ("digits", "emoji", "fashion")
EPOCHS = {"digits": 40, "emoji": 10, "fashion": 8}
SIDES = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class Painted(QObject):
    """Hears when another picture has been painted than the one before."""

    def __init__(self, view: PictureView) -> None:
        super().__init__()
        self._seen: object = None
        self._at = 0.0
        self._loop = QEventLoop()
        view.shown.connect(self._on_shown)

    def _on_shown(self, token: object) -> None:
        self._seen, self._at = token, time.perf_counter()
        self._loop.quit()

    def wait(self, before: object) -> float:
        """When a picture other than ``before`` was on the screen."""
        while self._seen is None or self._seen is before:
            self._loop.exec()
        return self._at


def step(
    window: MainWindow, slider: EpochSlider, painted: Painted, key: Qt.Key
) -> tuple[float, float]:
    """Milliseconds of one step to the side, and of work in it."""
    rest(0.05)
    before, start, worked = window.state.now.decoded, time.perf_counter(), time.process_time()
    QTest.keyClick(slider, key)
    took = 1000 * (painted.wait(before) - start), 1000 * (time.process_time() - worked)
    moment = window.state.now.moments[slider.value()]
    assert window.state.now.model is not None and window.state.now.model.id == moment.model.id
    return took


def measured(window: MainWindow, folder: Path, steps: int) -> dict[str, object]:
    """One row of the table: from the last moment to the first, and up and down again."""
    window.session.open(folder)
    until(lambda: window.state.now.model is not None and window.state.now.moments)
    until(lambda: window.state.now.pca is not None and not window.jobs.busy)
    now, slider = window.state.now, named(window, EpochSlider, "timeline")
    painted = Painted(named(window, PictureView, "decodedView"))
    apart = [moment for moment in now.moments if not moment.held]
    first, work = zip(*(step(window, slider, painted, SIDES[0]) for _ in apart), strict=True)
    there = len(apart)
    again = [step(window, slider, painted, SIDES[i // there % 2 == 0])[0] for i in range(steps)]
    bare = bare_pass(window)
    row = {"first p50 ms": statistics.median(first), "first worst ms": max(first)}
    row |= {"work p50 ms": statistics.median(work), "again p50 ms": statistics.median(again)}
    row |= {"again p99 ms": percentile(again, 0.99)}
    row |= {"bare pass ms": bare, "first / bare": statistics.median(first) / bare}
    size = sum(path.stat().st_size for path in (folder / "moments").iterdir()) / 2**20
    told = {"data": folder.name, "moments": there, "MB": round(size, 1)}
    return told | {name: round(value, 2) for name, value in row.items()}


def main() -> None:
    """Train, open and step, one data set after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--data", nargs="*", default=BUNDLED)
    given = parser.parse_args()
    rows = []
    with TemporaryDirectory() as scratch, opened() as window:
        for name in given.data:
            say(f"timeline: {name}")
            folder, training = Path(scratch) / name, TrainingConfig(epochs=EPOCHS.get(name, 10))
            Train(open_dataset(name), ModelConfig(), training, folder).answer()
            rows.append(measured(window, folder, given.steps))
    report("timeline", rows, as_json=given.json)


if __name__ == "__main__":
    main()
