"""(d) How long the window stands still when another theme is put on.

    python -m benchmarks.theme [--json] [--switches 10]

A frame is one turn of the event loop with all that Qt paints in it; the first is the switch itself.
The frames of a switch are those until the last hidden widget is dressed.
"""

from __future__ import annotations

import argparse
import statistics
import time

from PySide6.QtWidgets import QApplication

from benchmarks.reporting import report
from benchmarks.synthetic_input import opened, rest
from explorer.ui.themes.switch import ThemeSwitch
from explorer.ui.window import MainWindow


def switch(window: MainWindow, name: str) -> list[float]:
    """The frames in ms."""
    frames = [_timed(lambda: window.appearance.set_theme(name)), _timed(QApplication.processEvents)]
    app = QApplication.instance()
    dresser = app and app.findChild(ThemeSwitch)
    while dresser is not None and dresser.busy:
        frames.append(_timed(QApplication.processEvents))
    return frames


def _timed(act: object) -> float:
    start = time.perf_counter()
    act()  # type: ignore[operator]
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    """Medians over the switches."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--switches", type=int, default=10)
    given = parser.parse_args()
    with opened() as window:
        window.appearance.set_theme("light")
        rest(0.5)
        runs = []
        for i in range(given.switches):
            runs.append(switch(window, ("dark", "light")[i % 2]))
            rest(0.2)
    columns = {
        "switch": [run[0] for run in runs],
        "first paint": [run[1] for run in runs],
        "longest later frame": [max(run[2:], default=0.0) for run in runs],
        "all together": [sum(run) for run in runs],
    }
    rows = [
        {"what": what, "median ms": round(statistics.median(ms), 1), "worst ms": round(max(ms), 1)}
        for what, ms in columns.items()
    ]
    report("theme", rows, as_json=given.json)


if __name__ == "__main__":
    main()
