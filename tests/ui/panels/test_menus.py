"""The menus of the panels: each of the place where it was asked for, and what can be kept."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from explorer.analysis.latent.paths import LatentPath
from explorer.compute.path.pictures import PathPictures
from explorer.task import NO_TASK
from explorer.ui.panels.components import ComponentsPanel
from explorer.ui.panels.curves import CurvesPanel
from explorer.ui.panels.pca import PcaPanel
from explorer.ui.panels.samples import SamplesPanel
from explorer.ui.plane.path.strip import PathStrip
from explorer.ui.widgets.charts.loss_plot import LossPlot
from explorer.ui.widgets.charts.scree_plot import ScreePlot
from explorer.ui.widgets.overlays.popup import heads
from explorer.ui.widgets.pictures.film_strip import FilmStrip
from explorer.ui.widgets.pictures.gallery_view import GalleryView
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane


def _open(widget: QWidget, at: QPoint) -> QMenu:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)
    return QApplication.activePopupWidget()


def _do(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()
    menu.close()


def _rows() -> list[list[str]]:
    return list(csv.reader(QGuiApplication.clipboard().text().splitlines()))


@pytest.fixture
def shown(qtbot: Any, state: Any, jobs: Any, asked: Any, toy: Any, light: None) -> Any:
    """Makes a panel of a kind, shown with the toy data."""
    made = []

    def show(kind: Any) -> Any:
        panel = kind(state, asked)
        qtbot.addWidget(panel)
        panel.resize(420, 400)
        with qtbot.waitExposed(panel):
            panel.show()
        toy.show(state)
        made.append(panel)
        return panel

    return show


def test_the_pca_plane_speaks_of_the_place_and_of_its_sample(
    shown: Any, toy: Any, state: Any, asked: Any
) -> None:
    plane = shown(PcaPanel).findChild(ScatterPlane, "pcaPlane")
    row = int(np.argmax(toy.scores[:, 0]))
    pixel = plane.pixel_at(toy.scores[row, :2])
    menu = _open(plane.viewport(), pixel)
    head, place = f"sample {row}", f"PC1 = {plane.point_at(pixel)[0]:.2f}, PC2 = "
    assert head in heads(menu)[0] and heads(menu)[1].startswith(place)
    _do(menu, "Go to it")
    assert asked.last("go_to") == row
    _do(_open(plane.viewport(), pixel), "Move the cursor here")
    assert asked.given("move_in") == ("pca", pytest.approx(toy.scores[row, :2].tolist(), abs=0.05))
    _do(_open(plane.viewport(), pixel), "Copy the scores as CSV")
    found = _rows()
    assert found[0][:3] == ["sample", "label", "PC1"] and len(found) == 61
    np.testing.assert_allclose(float(found[row + 1][2]), toy.scores[row, 0], rtol=1e-4)


def test_the_scree_plot_gives_its_shares(shown: Any, toy: Any) -> None:
    scree = shown(ComponentsPanel).findChild(ScreePlot)
    _do(_open(scree, QPoint(40, 20)), "Copy the shares of variance as CSV")
    found = _rows()
    assert found[0] == ["component", "share", "cumulative"]
    np.testing.assert_allclose([float(r[1]) for r in found[1:]], toy.pca.ratio, rtol=1e-4)


def test_the_gallery_speaks_of_the_sample_and_gives_its_list(
    shown: Any, toy: Any, state: Any, asked: Any
) -> None:
    view = shown(SamplesPanel).findChild(GalleryView)
    at = view.visualRect(view.model().index(4, 0)).center()
    menu = _open(view.viewport(), at)
    assert heads(menu)[0] == "Pear, sample 4"
    _do(menu, "Select it")
    assert state.now.selection.tolist() == [4]
    _do(_open(view.viewport(), at), "Go to it")
    assert asked.last("go_to") == 4
    _do(_open(view.viewport(), at), "Copy the list as CSV")
    assert _rows()[5] == ["4", "pear", "train"] and len(_rows()) == 61


def test_the_loss_plot_gives_its_points(shown: Any, toy: Any, state: Any, qtbot: Any) -> None:
    plot = shown(CurvesPanel).findChild(LossPlot)
    menu = _open(plot, QPoint(60, 40))
    action = next(a for a in menu.actions() if a.text().startswith("Copy the curves"))
    assert not action.isEnabled() and "nothing to show" in action.toolTip()
    menu.close()
    state.update(**toy.trained(4), epoch=2.0)
    qtbot.waitUntil(lambda: not plot._plot.isHidden())
    _do(_open(plot._plot.viewport(), QPoint(60, 40)), "Copy the curves as CSV")
    found = _rows()
    assert found[0][:4] == ["step", "epoch", "samples", "train_elbo"]
    assert [float(row[1]) for row in found[1:]] == [0.5, 1, 1.5, 2]
    assert [float(row[3]) for row in found[1:]] == [-99, -98, -97, -96]
    assert [row[-1] for row in found[1:]] == ["-100", "", "-98", ""]


@pytest.fixture
def strip(qtbot: Any, state: Any, jobs: Any, asked: Any, toy: Any) -> PathStrip:
    toy.show(state)
    made = PathStrip(state, asked)
    qtbot.addWidget(made)
    made.resize(600, 120)
    return made


def test_the_film_speaks_of_the_picture_there(
    strip: PathStrip, state: Any, jobs: Any, asked: Any, toy: Any
) -> None:
    z = np.array([[0, 0], [1, 0], [2, 0]], np.float32)
    images = np.stack([toy.picture(v) for v in (0, 100, 200)])
    jobs.close()
    state.update(path=LatentPath(z))
    state.update(path_pictures=PathPictures(z, z, images, 2.0))
    film = strip.findChild(FilmStrip)
    menu = _open(film, QPoint(round(film.x_of(1.0)), 20))
    assert heads(menu)[0] == "Picture 3 of 3"
    _do(menu, "Copy its picture")
    assert QGuiApplication.clipboard().image().pixelColor(0, 0).red() == 200
    _do(_open(film, QPoint(round(film.x_of(0.5)), 20)), "Go there")
    assert asked.last("move").tolist() == [1, 0]
    _do(_open(film, QPoint(5, 20)), "Copy the codes as CSV")
    assert _rows() == [["z1", "z2"], ["0", "0"], ["1", "0"], ["2", "0"]]
    state.update(path_pictures=None)
    assert _open(film, QPoint(5, 20)) is None


def test_what_is_no_plot_is_not_called_one(shown: Any) -> None:
    view = shown(SamplesPanel).findChild(GalleryView)
    texts = [a.text() for a in _open(view.viewport(), QPoint(20, 20)).actions()]
    assert "Copy the pictures in sight" in texts
    assert not [text for text in texts if "plot" in text]
    QApplication.activePopupWidget().close()


def test_a_plot_leaves_as_lines_pixels_or_numbers(
    shown: Any, asked: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scree, offered = shown(ComponentsPanel).findChild(ScreePlot), []

    def name(_parent: object, title: str, _name: str, filters: str) -> tuple[str, str]:
        offered[:] = [title, *filters.split(";;")]
        return str(tmp_path / "shares"), offered[3]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    _do(_open(scree, QPoint(40, 20)), "Export...")
    thing, target = next(args for called, args in asked.calls if called == "export")
    assert offered == [
        "Export the shares of variance", "PNG picture (*.png)", "SVG drawing (*.svg)",
        "CSV table (*.csv)", "NumPy arrays (*.npz)", "JPEG picture (*.jpg *.jpeg)",
    ]  # fmt: skip
    assert target == tmp_path / "shares.csv"
    assert list(thing.table(NO_TASK)) == ["component", "share", "cumulative"]
    assert thing.picture(NO_TASK).shape[1] == scree.width()
    assert b"<svg" in thing.drawing(NO_TASK)
