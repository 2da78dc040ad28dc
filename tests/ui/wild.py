"""All that paints numbers is fed those that are far too large, or none.

    python -m tests.ui.wild 1e25 -1e38 inf nan

A program of its own: where it goes wrong, Qt ends the process. It says each value that it begins.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from explorer.analysis.latent.paths import DataDistance, LatentPath
from explorer.analysis.pca import fit
from explorer.app.background.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import Bookmark, LayerAppearance, State, space_of
from explorer.compute.latent.prior import FindPrior, Gaussians
from explorer.compute.path.pictures import PathPictures
from explorer.compute.path.survey import PathMeasurements
from explorer.models import autoencoder
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.record.curve import empty
from explorer.training.record.curve_writer import CurveWriter
from explorer.ui.panels.pca import PcaPanel
from explorer.ui.panels.probe import ProbePanel
from explorer.ui.plane.layers import layers
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.synthetic_input import rest
from explorer.ui.widgets.charts.accuracy_plot import AccuracyPlot
from explorer.ui.widgets.charts.bar_plot import BarPlot
from explorer.ui.widgets.charts.loss_plot import LossPlot
from explorer.ui.widgets.charts.scree_plot import ScreePlot
from explorer.ui.widgets.charts.usage_bars import UsageBars
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane
from tests.fakes import toy_dataset

N = 60
WRONG: list[str] = []


def _hear(kind: QtMsgType, _context: object, text: str) -> None:
    if kind != QtMsgType.QtDebugMsg and "propagateSizeHints" not in text:
        WRONG.append(text)


def _fail(kind: Any, error: BaseException, trace: Any) -> None:
    WRONG.append(repr(error))
    sys.__excepthook__(kind, error, trace)


def _look(*widgets: QWidget) -> None:
    for widget in widgets:
        rest(5)
        widget.grab()


def _travel(*planes: ScatterPlane) -> None:
    """To both ends of the view, and back."""
    for plane in planes:
        for factor in (0.2, 0.2, 0.2, 0.2, 1e9):
            plane.zoom(factor)
            _look(plane)
        plane.fit()
        _look(plane)


def _wild_codes(value: float, d: int) -> list[Codes]:
    """All there, one there, some in one dimension."""
    made, rng = [], np.random.default_rng(0)
    for rows, columns in ((slice(None), slice(None)), (0, slice(None)), (slice(0, 9), 0)):
        mean = rng.normal(size=(N, d)).astype(np.float32)
        std = np.full_like(mean, 0.1)
        cov = np.tile(np.eye(d, dtype=np.float32), (N, 1, 1))
        mean[rows, columns], std[rows, columns], cov[rows, columns] = value, value, value
        made += [Codes("m", mean, std, np.arange(N), mean[0], None)]
        made += [replace(made[-1], cov=cov)]
    return made


def planes(value: float, d: int, preset: str = "vae") -> None:
    """Every layer of the latent plane, and the PCA plane."""
    state, jobs = State(), Jobs()
    jobs.close()  # nothing is asked: what a broken model would answer is put in here
    session = Session(state, jobs)
    plane_area, panel = PlaneArea(state, session), PcaPanel(state, session)
    probe, data = ProbePanel(state, session), toy_dataset(N)
    config = ModelConfig(preset=preset, latent_dim=d, hidden=8)
    weights = autoencoder.weights_of(autoencoder.build(config, data.preparation, seed=0))
    model = ModelSnapshot("m", config, data.preparation, weights)
    far, zero = np.full(d, value, np.float32), np.zeros(d, np.float32)
    mark = Bookmark("far", far, space_of(model))
    for widget in (plane_area, panel, probe):
        widget.resize(420, 340)
        widget.show()
    state.update(dataset=data, model=model, z=zero, bookmarks=(mark,),
                 layers={name: LayerAppearance() for name in layers})  # fmt: skip
    pca = fit(data, 4)
    with np.errstate(all="ignore"):
        scores = (pca.project(data.unit(slice(None))) * value).astype(np.float32)
    route = np.stack([zero, far, zero + 1])
    film = PathPictures(route, route, np.zeros((3, 8, 8, 1), np.uint8), value)
    ground = DataDistance(np.array([1.0, 0.0, 1.0], np.float32), 0.5)
    survey = PathMeasurements(film, route, value, ground)
    contours = plane_area.plane.layers["contours"]
    for codes in _wild_codes(value, d):
        state.update(codes=codes, z=zero, selection=np.array([0, 3]), hover=0,
                     pca=pca, pca_scores=scores,
                     mark_a=far, mark_b=zero)  # fmt: skip
        found = Gaussians(np.ones(3, np.float32), np.tile(far, (3, 1)), np.tile(far, (3, 1)))
        contours._known._hear(FindPrior(model), found)
        state.update(path=LatentPath(route))
        state.update(path_pictures=film, survey=survey, path_at=0.5)
        state.update(z=far, selection=np.array([0]))
        state.update_plane("pca", cursor=(value, value))
        plane_area.plane.set_loop([(0, 0), (value, value), (1, value)])
        plane_area.plane.rows_inside([(0, 0), (value, value), (1, value)])
        _look(plane_area, panel, probe)
        if codes.cov is None:  # the same places; what is drawn around them was looked at
            _travel(plane_area.plane, panel._plane)
        state.update_plane("latent", axes=(d - 1, 0) if d > 1 else (0, 1))
        state.update(path=None)
        _look(plane_area, panel)
    jobs.close()


def plots(value: float) -> None:
    """Everything else that paints numbers."""
    bars, scree, usage = BarPlot("Bars", "tip"), ScreePlot(), UsageBars()
    curve, loss = AccuracyPlot(), LossPlot()
    wild = np.array([value, 1.0, abs(value)])
    bars.show_bars(wild, ("a", "b", "c"))
    scree.set_ratio(wild)
    usage.set_shares(wild)
    curve.show_lines([("a", ((1, value, value), (2, 0.5, 0.1)))])
    for v in (value, -value):
        writer = CurveWriter(empty(10, 3))
        writer.add(1, [8], np.array([[-90.0, 10.0, -100.0]]))
        for step in (5, 10, 15):
            writer.add(step, [8], np.array([[v, v, v]]))
            writer.test(step, v)
        loss.show_curve(writer.curve)
        loss.show_epoch(1.0)
        for widget in (bars, scree, usage, curve, loss):
            widget.resize(400, 200)
            widget.show()
            _look(widget)


def main(values: list[float]) -> int:
    """0 where nothing went wrong."""
    app = QApplication([])
    qInstallMessageHandler(_hear)
    sys.excepthook = _fail
    for value in values:
        sys.stdout.write(f"{value}\n")
        sys.stdout.flush()
        plots(value)
        planes(value, 1)
        planes(value, 2, "gmm-vae")
        planes(value, 3)
    qInstallMessageHandler(None)
    del app
    sys.stdout.write("\n".join(WRONG))
    return bool(WRONG)


if __name__ == "__main__":
    raise SystemExit(main([float(word) for word in sys.argv[1:]]))
