"""(d) Frame time of the latent plane while panning and zooming, against pyqtgraph's scatter plot.

    python -m benchmarks.plane [--json] [--frames 40]

Both are 900 x 900, offscreen, with the same points in ten colours (the peer in one, which is its
fast case). A frame is a change of the view and all that Qt does until nothing is left to do: the
points made anew, the axes, the picture on the screen. Medians; peers take turns.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication

from benchmarks.reporting import percentile, report, say
from explorer.ui.application import create_application
from explorer.ui.themes import theme
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane

COUNTS = (10_000, 70_000, 300_000, 1_000_000)
SIDE = 900


def points(n: int) -> np.ndarray:
    """(n, 2) float32 in ten clusters, as codes lie."""
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(10, 2)) * 1.2
    return (centres[np.arange(n) % 10] + rng.normal(size=(n, 2)) * 0.4).astype(np.float32)


def ours(xy: np.ndarray) -> ScatterPlane:
    """The plane of the program."""
    plane = ScatterPlane()
    plane.set_points(
        xy, (np.arange(len(xy)) % 10).astype(np.uint8), theme.class_lut(10, theme.LIGHT)
    )
    return plane


def theirs(xy: np.ndarray) -> pg.PlotWidget:
    """pyqtgraph's own way."""
    widget = pg.PlotWidget()
    item = pg.ScatterPlotItem(size=5, pen=None, brush=pg.mkBrush(0, 114, 178, 180))
    item.setData(xy[:, 0], xy[:, 1])
    widget.addItem(item)
    return widget


def frames(widget: pg.PlotWidget, count: int) -> list[float]:
    """Milliseconds of each frame: even ones pan, odd ones zoom about the middle."""
    box = widget.getPlotItem().getViewBox()
    times = []
    for i in range(count + 3):
        start = time.perf_counter()
        if i % 2:
            box.scaleBy((0.97, 0.97) if i % 4 == 1 else (1 / 0.97, 1 / 0.97))
        else:
            box.translateBy(x=0.05 if i % 4 == 0 else -0.05, y=0.0)
        QApplication.processEvents()  # all that Qt puts off until then is part of the frame
        times.append(1000 * (time.perf_counter() - start))
    return times[3:]


def measured(make: Callable[[np.ndarray], pg.PlotWidget], n: int, count: int) -> dict[str, float]:
    """Build, show, and paint some frames."""
    xy = points(n)
    start = time.perf_counter()
    widget = make(xy)
    widget.resize(SIDE, SIDE)
    widget.show()
    QApplication.processEvents()
    first = 1000 * (time.perf_counter() - start)
    found = frames(widget, count)
    widget.close()
    widget.deleteLater()
    QApplication.processEvents()
    return {"first": first, "p50": statistics.median(found), "p99": percentile(found, 0.99)}


def main() -> None:
    """Measure each number of points, peers in turn, three times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--frames", type=int, default=40)
    given = parser.parse_args()
    create_application(["benchmark"])
    rows = []
    for n in COUNTS:
        say(f"plane: {n:,} points")
        count = given.frames if n < 300_000 else max(8, given.frames // 4)
        runs = [(measured(ours, n, count), measured(theirs, n, count)) for _ in range(3)]
        mine, peer = (
            {k: statistics.median(r[i][k] for r in runs) for k in runs[0][0]} for i in (0, 1)
        )
        rows.append({
            "points": n, "frame ms": round(mine["p50"], 2), "p99 ms": round(mine["p99"], 2),
            "first ms": round(mine["first"], 1), "pyqtgraph frame ms": round(peer["p50"], 2),
            "pyqtgraph first ms": round(peer["first"], 1),
            "ratio": round(mine["p50"] / peer["p50"], 3),
        })  # fmt: skip
    report("plane", rows, as_json=given.json)


if __name__ == "__main__":
    main()
