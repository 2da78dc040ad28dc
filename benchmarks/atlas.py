"""The decoded plane: how soon it is there after a jump, and at full resolution.

    python -m benchmarks.atlas [--json] [--jumps 20] [--zooms 500]

The real window, offscreen, its plane 800 x 800, nothing decoded before a jump to a random place.
"everywhere" is when the plane has been painted with something decoded at each of its pixels, "full"
when it has been with the finest level. The bare pass is one of the same codes in batches of 256, on
one thread as in the lane of tiles, without a window to paint; in turn. The longest frame is the
latest beat of a 16 ms heart meanwhile; the drag is that of benchmarks/latency.py while tiles come
in without an end. Medians.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.lag import Heart
from benchmarks.latency import pointer_to_pixels
from benchmarks.reporting import percentile, report, say
from benchmarks.synthetic_input import opened, rest, until
from explorer.app.atlas.wanted import covered, finest, tiles_in
from explorer.compute.decoding.tiles import Tile, middles
from explorer.data.dataset import Dataset, Preparation
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.ui.plane.layers.atlas import AtlasLayer
from explorer.ui.window import MainWindow

SIDE, BATCH = 800, 256
WIDE = Preparation(64, 64, 3)
Times = list[float]


class Desk:
    """A window whose plane is 800 x 800, and what its layer of tiles has."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.plane = window, window.plane_area.plane
        layer = self.plane.layers["atlas"]
        assert isinstance(layer, AtlasLayer)
        self.layer = layer
        box = self.plane.getViewBox()
        for _ in range(3):  # axes take more or less room with other numbers
            wider, higher = SIDE - round(box.width()), SIDE - round(box.height())
            window.resize(window.width() + wider, window.height() + higher)
            rest(0.3)
        self._rng = np.random.default_rng(0)

    def view(self) -> tuple[float, float, float, float]:
        """A random one, from nearly all of the plane to a hundredth of it."""
        side = 8.0 * 10 ** self._rng.uniform(-2, 0)
        x, y = self._rng.uniform(-2, 2, 2)
        return (x - side / 2, x + side / 2, y - side / 2, y + side / 2)

    def forget(self) -> None:
        """Nothing is decoded."""
        self.layer.session.atlas.store.keep(lambda _slice: False)
        self.layer._look()

    def jump(self) -> tuple[float, float, list[Tile]]:
        """Milliseconds until it is everywhere, until it is full, and the finest tiles."""
        until(lambda: not self.window.jobs.busy)
        self.window.session.atlas.want(self.layer, None)
        self.layer.session.atlas.store.keep(lambda _slice: False)
        start = time.perf_counter()
        self.window.state.update_plane("latent", view=self.view())
        slice_ = self.layer._slice
        assert slice_ is not None
        sight, there = self.layer._sight(slice_), self.layer.session.atlas.of
        fine = tiles_in(sight, finest(sight))
        self._until(lambda: covered(sight, there(slice_)))
        first = time.perf_counter()
        self._until(lambda: all(tile in there(slice_) for tile in fine))
        end = time.perf_counter()
        return 1000 * (first - start), 1000 * (end - start), fine

    def _until(self, there: object) -> None:
        """It is, and the plane has been painted with it."""
        while not (
            there() and not self.layer._arrivals._timer.isActive() and not self.plane._stale
        ):  # type: ignore[operator]
            QApplication.processEvents()
            time.sleep(0.0005)


def bare(window: MainWindow, tiles: Sequence[Tile]) -> float:
    """Milliseconds of decoding the cells of tiles on one thread."""
    import torch

    from explorer.models.autoencoder import from_snapshot

    model = window.state.now.model
    assert model is not None
    module, threads = from_snapshot(model), torch.get_num_threads()
    torch.set_num_threads(1)
    z = torch.from_numpy(np.concatenate([middles(t, 1.0) for t in tiles]).astype(np.float32))
    with torch.inference_mode():
        module.decode(z[:BATCH])
        start = time.perf_counter()
        for part in z.split(BATCH):
            module.decode(part)
        took = 1000 * (time.perf_counter() - start)
    torch.set_num_threads(threads)
    return took


def measured(desk: Desk, name: str, jumps: int) -> dict[str, object]:
    """One row: a jump and a bare pass in turn."""
    everywhere: Times = []
    full: Times = []
    bares: Times = []
    pictures: list[int] = []
    late: Times = []
    for _ in range(jumps):
        heart = Heart()
        first, end, tiles = desk.jump()
        heart.stop()
        late += heart.late
        everywhere.append(first)
        full.append(end)
        bares.append(bare(desk.window, tiles))
        pictures.append(4 * len(tiles))
    ratio = statistics.median(a / b for a, b in zip(full, bares, strict=True))
    return {
        "model": name, "pictures": round(statistics.median(pictures)),
        "everywhere ms": round(statistics.median(everywhere), 1),
        "p90 ms": round(percentile(everywhere, 0.9), 1),
        "full ms": round(statistics.median(full), 1), "bare ms": round(statistics.median(bares), 1),
        "ratio": round(ratio, 2), "longest frame ms": round(16 + max(late, default=0.0), 1),
    }  # fmt: skip


def dragged(desk: Desk, moves: int) -> float:
    """Median milliseconds from the pointer to the picture, while tiles come in without an end."""
    feeder = QTimer(interval=100)
    feeder.timeout.connect(desk.forget)
    feeder.start()
    times = pointer_to_pixels(desk.window, moves)
    feeder.stop()
    return round(statistics.median(times), 2)


def zoomed(desk: Desk, zooms: int) -> dict[str, float]:
    """MiB of tiles after random views, and at most on the way."""
    store, most = desk.layer.session.atlas.store, 0
    for _ in range(zooms):
        desk.window.state.update_plane("latent", view=desk.view())
        rest(0.03)
        most = max(most, store.nbytes)
    return {"MiB after": round(store.nbytes / 2**20, 1), "MiB at most": round(most / 2**20, 1)}


def wide_model(window: MainWindow) -> None:
    """Show an untrained one with convolutions, of colour pictures of 64 x 64."""
    from explorer.models.autoencoder import build, weights_of

    config = ModelConfig(body="conv")
    rng = np.random.default_rng(0)
    data = Dataset(
        "noise", rng.integers(0, 256, (60, 64, 64, 3), np.uint8), WIDE, np.zeros(60, bool)
    )
    model = ModelSnapshot("wide", config, WIDE, weights_of(build(config, WIDE, seed=0)))
    codes = rng.normal(size=(2, 60, 2)).astype(np.float32)
    shown = Codes("wide", codes[0], np.abs(codes[1]), np.arange(60))
    window.state.renew(dataset=data, model=model, codes=shown, z=np.zeros(2, np.float32))
    until(lambda: window.state.now.pca is not None and not window.jobs.busy)


def main() -> None:
    """Each bundled model, and one of convolutions on 64 x 64 colour pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--jumps", type=int, default=20)
    parser.add_argument("--zooms", type=int, default=500)
    parser.add_argument("--moves", type=int, default=200)
    given = parser.parse_args()
    rows, drags = [], {}
    for name in ("fashion", "digits", "emoji", "conv 64 x 64"):
        say(f"atlas: {name}")
        with opened(None if name.startswith("conv") else name) as window:
            if name.startswith("conv"):
                wide_model(window)
            desk = Desk(window)
            rows.append(measured(desk, name, given.jumps))
            drags[name] = dragged(desk, given.moves)
            if name == "emoji":
                memory = zoomed(desk, given.zooms)
    report("atlas", rows, as_json=given.json, drag_p50_ms=drags, random_zooms=memory)


if __name__ == "__main__":
    main()
