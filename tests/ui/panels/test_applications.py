from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QWidget,
)

from explorer.analysis import masks
from explorer.analysis.masks import HOLES, HOLES_ALONG
from explorer.analysis.semisupervised import LabelPoint
from explorer.compute.analyses.anomalies import AnomalyScores, FindAnomalies
from explorer.compute.analyses.probe import FewLabels, MeasureLabels
from explorer.compute.applications import restoring
from explorer.compute.applications.restoring import Restore, Restored
from explorer.compute.question import settings_of
from explorer.data.dataset import Preparation
from explorer.ui import theme
from explorer.ui.applications.anomalies import Anomalies
from explorer.ui.applications.inpaint import Inpaint
from explorer.ui.panels.applications import ApplicationsPanel
from explorer.ui.widgets.charts.accuracy_plot import AccuracyPlot
from explorer.ui.widgets.charts.row_chart import RowChart
from explorer.ui.widgets.charts.score_histogram import ScoreHistogram
from explorer.ui.widgets.pictures.mask_view import MaskView
from explorer.ui.widgets.pictures.picture_grid import PictureGrid
from explorer.ui.widgets.pictures.picture_view import PictureView

LEFT = Qt.MouseButton.LeftButton
RESTORE = Restore.answer


@pytest.fixture
def requests(monkeypatch, toy) -> list[object]:
    seen: list[object] = []

    def restore(request, task):
        seen.append(request)
        return Restored(request.sample, toy.picture(1), toy.picture(2), toy.picture(3), None,
                        0.25, 0.05, None)  # fmt: skip

    def score(request, task):
        seen.append(request)
        index = request.dataset.test_index
        auroc = None if not request.normal else 0.875
        odd = None if not request.normal else index > 30
        return AnomalyScores(index, index.astype(float), "elbo", auroc, auroc, odd=odd)

    def few(request, task):
        seen.append(request)
        points = ((1, 0.4, 0.1), (10, 0.7, 0.05))
        return FewLabels(
            tuple(
                LabelPoint(features, "linear", *point, 3)
                for features in ("codes", "raw")
                for point in points
            ),
            100,
        )

    monkeypatch.setattr(Restore, "answer", restore)
    monkeypatch.setattr(FindAnomalies, "answer", score)
    monkeypatch.setattr(MeasureLabels, "answer", few)
    return seen


@pytest.fixture
def panel(qtbot, state, jobs, asked, light, requests):
    made = ApplicationsPanel(state, asked)
    qtbot.addWidget(made)
    made.resize(930, 220)
    made.show()
    return made


def choose(panel, name: str, index: int) -> None:
    box = panel.findChild(QComboBox, name)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_the_oddest_samples_come_first_and_can_be_selected(panel, state, toy, qtbot):
    toy.show(state)
    panel.findChild(QComboBox, "normal").setCurrentIndex(2)
    qtbot.mouseClick(panel.findChild(QPushButton, "usesButton"), LEFT)
    grid = panel.findChild(PictureGrid, "oddView")
    qtbot.waitUntil(lambda: bool(grid.pictures() is not None))
    large = panel.findChild(QLabel, "auroc")
    assert large.text() == "AUROC 0.875" and large.isVisible()
    assert large.font().pixelSize() == theme.BIG
    bars = panel.findChild(ScoreHistogram)
    assert bars.legend() == ["normal: 7", "odd: 5"]
    assert grid._captions[:2] == ("55.0", "50.0")  # the scores of those shown, the oddest first
    panel.grab()
    qtbot.mouseClick(grid, LEFT, pos=grid.cell(0).center().toPoint())
    assert state.now.selection.tolist() == [int(toy.data.test_index.max())]
    assert state.undo() and not len(state.now.selection)


def test_noise_is_removed_from_the_selected_sample(panel, state, toy, requests, qtbot):
    toy.show(state)
    choose(panel, "application", 1)
    assert not requests
    state.update(selection=np.array([4]))
    restored = panel.findChild(PictureView, "restoredDenoiseView")
    qtbot.waitUntil(lambda: bool(restored.image() is not None))
    assert restored._caption == ("Model", "MSE 0.0500")
    assert (requests[-1].sample, requests[-1].noise, requests[-1].known) == (4, 0.5, None)
    panel.findChild(QSlider, "noiseSlider").setValue(20)
    qtbot.waitUntil(lambda: bool(requests[-1].noise == 0.2))


def test_a_hole_is_filled_and_can_be_brushed(panel, state, toy, requests, qtbot):
    toy.show(state)
    state.update(selection=np.array([4]))
    choose(panel, "application", 2)
    qtbot.waitUntil(lambda: bool(requests))
    assert np.array_equal(requests[-1].known, masks.holes(8, 8)["quarter"])
    choose(panel, "holeBox", 3)
    view = panel.findChild(MaskView, "originalInpaintView")
    qtbot.waitUntil(lambda: bool(view.image() is not None and requests[-1].known.all()))
    qtbot.mouseClick(view, LEFT, pos=view.picture_rect().center().toPoint())
    qtbot.waitUntil(lambda: bool(not requests[-1].known.all()))
    assert 0 < (~requests[-1].known).sum() <= 9
    panel.grab()


def test_without_a_hole_there_is_no_number(panel, state, toy, monkeypatch, qtbot):
    monkeypatch.setattr(Restore, "answer", RESTORE)
    toy.show(state)
    state.update(selection=np.array([4]))
    choose(panel, "application", 2)
    choose(panel, "holeBox", 3)  # a brush that has brushed nothing yet
    inpaint = panel.findChild(Inpaint)
    qtbot.waitUntil(lambda: bool(inpaint.original.image() is not None))
    assert "Nothing is hidden" in inpaint.said.text()
    shown = [inpaint.views[name] for name in ("damaged", "restored", "linear")]
    assert all(view.image() is None and view._caption == () for view in shown)
    assert not any("MSE" in line for line in inpaint.original._caption)


def test_what_is_chosen_is_asked_with_the_words_and_ranges_of_the_question(
    panel, state, toy, requests, qtbot
):
    toy.show(state)
    for index, kind, given in (
        (0, FindAnomalies, {"samples": 70}), (3, MeasureLabels, {"repeats": 4, "seed": 9})
    ):  # fmt: skip
        choose(panel, "application", index)
        settings = {one.name: one for one in settings_of(kind)}
        page = panel._uses[index]
        for name, value in given.items():
            box = page.form.control(name)
            assert isinstance(box, QSpinBox) and box.toolTip() == settings[name].help
            assert (box.minimum(), box.accessibleName()) == (
                settings[name].low,
                settings[name].label,
            )
            box.setValue(value)
        qtbot.mouseClick(panel.findChild(QPushButton, "usesButton"), LEFT)
        qtbot.waitUntil(lambda kind=kind: bool(requests) and isinstance(requests[-1], kind))
        assert {name: getattr(requests[-1], name) for name in given} == given
        qtbot.waitUntil(lambda: not panel._busy())


def test_a_score_is_gone_with_its_model(panel, state, toy, qtbot):
    toy.show(state)
    panel.findChild(QComboBox, "normal").setCurrentIndex(2)
    qtbot.mouseClick(panel.findChild(QPushButton, "usesButton"), LEFT)
    large, page = panel.findChild(QLabel, "auroc"), panel.findChild(Anomalies)
    qtbot.waitUntil(large.isVisible)
    state.update(model=dataclasses.replace(toy.model, id="other"))
    assert not large.isVisible() and page.said.text() == "" and not page._bars.bins
    assert page._odd.pictures() is None


def test_few_labels_are_a_curve(panel, state, toy, qtbot):
    toy.show(state)
    choose(panel, "application", 3)
    qtbot.mouseClick(panel.findChild(QPushButton, "usesButton"), LEFT)
    plot = panel.findChild(AccuracyPlot)
    qtbot.waitUntil(lambda: len(plot._lines) == 2)
    assert "codes, linear: 1: 40%, 10: 70%" in plot.accessibleDescription()
    panel.grab()


def test_without_a_selection_it_says_what_to_do(panel, state, toy, requests):
    toy.show(state)
    choose(panel, "application", 1)
    assert (
        panel.findChild(MaskView, "originalDenoiseView")._empty_text == "Select a sample first"
        and not requests
    )


def test_a_signal_has_no_brush_and_no_lower_half(panel, state, toy):
    box = panel.findChild(QComboBox, "holeBox")
    toy.show(state)
    assert box.count() == len(HOLES) + 1
    kept = Preparation(1, 16, 2, kind="signals")
    x = np.zeros((len(toy.data), 1, 16, 2), np.float32)
    state.update(dataset=dataclasses.replace(toy.data, x=x, preparation=kept))
    assert [box.itemText(i) for i in range(box.count())] == list(HOLES_ALONG.values())


@pytest.mark.parametrize(("kind", "shape"), [("signals", (1, 16, 2)), ("table", (1, 16, 1))])
def test_what_is_hidden_of_a_drawing_is_shaded(kind, shape):
    kept = Preparation(*shape, kind=kind)
    row = np.zeros((1, kept.features), np.float32)
    plain, known = restoring._drawn(row, kept), masks.holes(1, 16)["quarter"]
    shaded = restoring._veiled(plain, known, kept) != plain
    along = shaded.any(axis=(0, 2) if kind == "signals" else (1, 2))
    quarter = 3 * len(along) // 4
    assert not along[:quarter].any() and along[quarter:].all()
    assert np.array_equal(restoring._veiled(plain, None, kept), plain)


@pytest.mark.parametrize("kind", ["table", "signals"])
@pytest.mark.parametrize(("use", "second"), [(1, "Noisy"), (2, "Hidden")])
def test_rows_of_numbers_are_restored_in_one_chart(
    panel, state, toy, qtbot, monkeypatch, kind, use, second
):
    made = Preparation(1, 12, kind=kind, levels=1)
    rng = np.random.default_rng(0)
    x = rng.normal(size=(30, 1, 12, 1)).astype(np.float32)
    rows = tuple(x[i].ravel() for i in range(3))
    data = dataclasses.replace(
        toy.data, x=x, preparation=made, test=np.arange(30) % 3 == 0, labels=None, classes=()
    )

    def restore(request, task):
        picture = toy.picture(1)
        return Restored(
            request.sample, picture, picture, picture, None, 0.25, 0.05, None, rows=(*rows, None)
        )

    monkeypatch.setattr(Restore, "answer", restore)
    toy.show(state)
    choose(panel, "application", use)
    state.update(dataset=data, selection=np.array([4]))
    charts = [c for c in panel.findChildren(RowChart) if c.isVisible()]
    assert len(charts) == 1
    qtbot.waitUntil(lambda: len(charts[0].series()) == 3)
    assert [one.name for one in charts[0].series()] == ["Original", second, "Model"]
    for one, row in zip(charts[0].series(), rows, strict=True):
        np.testing.assert_array_equal(one.row, row)
    assert not any(v.isVisible() for v in panel.findChildren(PictureView))
    state.update(selection=np.zeros(0, np.int64))
    qtbot.waitUntil(lambda: not charts[0].series())
    toy.show(state)
    assert not charts[0].isVisible()


@pytest.mark.parametrize("use", range(4))
def test_it_fits_a_narrow_column(panel, state, toy, use, qtbot):
    toy.show(state)
    choose(panel, "application", use)
    state.update(selection=np.array([4]))
    panel.resize(300, 600)
    qtbot.waitUntil(lambda: min(x for x, _ in _ends(panel)) >= 0)
    qtbot.waitUntil(lambda: max(end for _, end in _ends(panel)) <= 300)
    assert panel.minimumSizeHint().width() <= 300
    task = panel.findChild(QComboBox, "application")
    assert task.width() > 250  # the controls stand above, over all of it


def _ends(panel):
    """Where each widget that is seen begins and ends, from the left of the panel."""
    shown = [w for w in panel.findChildren(QWidget) if w.isVisible()]
    left = [w.mapTo(panel, QPoint()).x() for w in shown]
    return [(x, x + w.width()) for x, w in zip(left, shown, strict=True)]


def test_with_room_the_controls_stand_beside(panel, state, toy):
    toy.show(state)
    assert panel.findChild(QComboBox, "application").width() <= 176
    assert panel.findChild(ScoreHistogram).mapTo(panel, QPoint()).x() > 176
