"""(f) From the start of the process to the first painted window and the first decoded picture.

    python -m benchmarks.startup [--json] [--runs 7]

Against ``python -c "import torch"`` in the same run, in turn. The window starts as a person starts
it (`run_window`), offscreen, files warm in the system's cache and bytecode kept as it is for every
user; the first run of each is dropped.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time

from benchmarks.reporting import report, say

WINDOW = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from explorer.ui.application import run_window
from explorer.ui import window as module
opened = module.open_window
class Eye(QObject):
    painted = decoded = None
    def eventFilter(self, watched, event):
        if self.painted is None and event.type() == QEvent.Type.Paint:
            self.painted = 0.0
            QTimer.singleShot(0, self.on_painted)
        return False
    def on_painted(self):
        self.painted = time.monotonic()
        self.end()
    def on_shown(self, token):
        if token is not None and self.decoded is None:
            self.decoded = time.monotonic()
            self.end()
    def end(self):
        if self.painted and self.decoded:
            print(self.painted, self.decoded)
            self.window.close()
eye = Eye()
def open_window(source=None, **more):
    window = eye.window = opened(source, **more)
    window.installEventFilter(eye)
    window.findChild(QObject, "decodedView").shown.connect(eye.on_shown)
    return window
module.open_window = open_window
sys.exit(run_window(None))
"""


def window() -> tuple[float, float]:
    """Seconds to the first painted window and to the first decoded picture."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled once, as the libraries and torch are
    start = time.monotonic()  # the same clock in both processes
    words = [sys.executable, "-c", WINDOW]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    painted, decoded = (float(word) for word in done.stdout.split())
    return painted - start, decoded - start


def seconds(code: str) -> float:
    """How long a Python process with that code lives."""
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.monotonic() - start


def main() -> None:
    """Take turns, give medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    runs = []
    for i in range(given.runs + 1):
        say(f"startup: run {i} of {given.runs}")
        torch = seconds("import torch")
        runs.append((*window(), torch, seconds("pass")))
    names = ("first painted window", "first decoded picture", "import torch", "bare python")
    medians = [statistics.median(run[i] for run in runs[1:]) for i in range(len(names))]
    rows = [
        {"what": name, "seconds": round(m, 3), "less import torch": round(m - medians[2], 3)}
        for name, m in zip(names, medians, strict=True)
    ]
    report("startup", rows, as_json=given.json)


if __name__ == "__main__":
    main()
