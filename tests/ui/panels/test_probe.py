from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QSlider

from explorer.app.words.spelling import spelled
from explorer.compute.comparing.sample import Comparison
from explorer.compute.decoding.latent import Decoded
from explorer.data.dataset import Dataset, Preparation
from explorer.ui.panels.probe import ProbePanel, ranges
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.rows.row_chart import RowChart
from explorer.ui.widgets.forms.latent_slider import HEIGHT
from explorer.ui.widgets.forms.slider_column import SliderColumn
from explorer.ui.widgets.pictures.picture_view import PictureView

VIEWS = ("decodedView", "originalView", "reconstructionView", "pcaReconstructionView")


@pytest.fixture
def panel(qtbot, state, jobs, asked, light):
    made = ProbePanel(state, asked)
    qtbot.addWidget(made)
    made.resize(340, 420)
    made.show()
    return made


def view(panel, name: str) -> PictureView:
    return panel.findChild(PictureView, name)


def track(panel, dimension: int) -> QSlider:
    return panel.findChild(QSlider, f"latentSlider{dimension}")


def test_all_names_are_there_before_anything_is_open(panel):
    assert all(view(panel, name).image() is None for name in VIEWS)
    assert track(panel, 0) is not None and not track(panel, 0).isEnabled()
    assert _invites(panel, "Open data")


def _invites(panel, words: str) -> bool:
    return any(words in w.text() for w in panel.findChildren(QLabel) if w.isVisible())


def test_a_point_is_to_be_clicked_once_there_are_points(panel, state, toy):
    state.update(dataset=toy.data)
    assert not _invites(panel, "Click a point") and _invites(panel, "Choose one of the samples")
    toy.show(state)
    assert _invites(panel, "Click a point")


def test_the_decoded_picture_is_shown_and_told(panel, state, toy, qtbot):
    toy.show(state)
    decoded = toy.decoded(77)
    with qtbot.waitSignal(view(panel, "decodedView").shown) as painted:
        state.update(decoded=decoded)
    assert painted.args == [decoded]
    assert (view(panel, "decodedView").image() == 77).all()


def test_the_comparison_names_its_errors_and_how_many_components(panel, state, toy):
    toy.show(state)
    state.update(selection=np.array([4]), comparison=toy.comparison(4))
    assert view(panel, "originalView").accessibleDescription() == "pear, sample 4"
    assert view(panel, "reconstructionView").accessibleDescription() == "VAE, MSE 0.0123"
    assert view(panel, "pcaReconstructionView").accessibleDescription() == "PCA, k = 2, MSE 0.0456"
    sizes = {view(panel, name).picture_rect().size().toTuple() for name in VIEWS[1:]}
    assert len(sizes) == 1
    state.update(selection=np.zeros(0, np.int64), comparison=None)
    assert view(panel, "originalView").image() is None


def test_a_drag_on_a_slider_marks_once_and_moves_z(panel, state, toy, asked, qtbot):
    toy.show(state)
    slider = track(panel, 1)
    middle = slider.rect().center()
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(slider, middle + QPoint(30, 0))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=middle + QPoint(30, 0))
    moved = asked.last("move")
    assert moved[0] == 0.0 and moved[1] > 0.2
    state.update(z=moved)
    assert state.undo() and (state.now.z == 0).all()
    assert not state.undo()


def test_arrow_keys_move_one_dimension(panel, state, toy, asked, qtbot):
    toy.show(state)
    qtbot.keyClick(track(panel, 0), Qt.Key.Key_Right)
    assert 0 < asked.last("move")[0] < 0.2 and asked.last("move")[1] == 0


def test_z_from_elsewhere_moves_the_sliders_and_says_nothing(panel, state, toy, asked):
    toy.show(state)
    asked.calls.clear()
    state.update(z=np.array([1.5, -2.0], np.float32))
    column = panel.findChild(SliderColumn)
    assert [s.value for s in column.sliders] == [1.5, -2.0]
    assert [s.spin.value() for s in column.sliders] == [1.5, -2.0]
    assert asked.calls == []


def test_dimensions_stand_by_kl_and_dead_ones_are_grey(panel, state, wide_toy):
    wide_toy.show(state)
    column = panel.findChild(SliderColumn)
    assert column.order() == tuple(reversed(range(16)))
    assert [s.dimension for s in column.sliders if s.dead] == [0]
    assert "dead" in track(panel, 0).toolTip()
    assert track(panel, 15).objectName() == "latentSlider15"


def test_rows_keep_their_places_while_a_model_is_trained(panel, state, wide_toy):
    wide_toy.show(state)
    column, before = panel.findChild(SliderColumn), wide_toy.codes
    state.update(training="running")
    turned = replace(before, kl_per_dim=before.kl_per_dim[::-1].copy())
    state.update(codes=turned)
    assert column.order() == tuple(reversed(range(16)))
    state.update(training="idle", codes=before)
    state.update(codes=turned)
    assert column.order() == tuple(range(16))


def test_another_number_of_dimensions_makes_other_sliders(panel, state, toy, wide_toy):
    wide_toy.show(state)
    toy.show(state)
    assert len(panel.findChild(SliderColumn).sliders) == 2
    assert track(panel, 1) is not None and track(panel, 2) is None


def test_ranges_hold_three_and_nearly_all_codes():
    codes = np.random.default_rng(0).normal(size=(100_000, 2)).astype(np.float32) * [1.0, 4.0]
    low, high = ranges(codes)
    assert (low[0], high[0]) == (-3.0, 3.0)
    assert -11.5 <= low[1] <= -9.5 and 9.5 <= high[1] <= 11.5
    assert ranges(np.full((3, 2), np.nan, np.float32)).tolist() == [[-3, -3], [3, 3]]


def test_z_is_spelled_in_one_width():
    assert spelled(np.array([0.5, -1.25], np.float32)) == "z = (+0.50, \u22121.25)"
    assert spelled(np.full(9, 1.0, np.float32)) == "|z| = 3.00 in 9 dimensions"


def test_another_theme_repaints(light, panel, state, toy, qtbot):
    toy.show(state)
    before = panel.grab().toImage().pixelColor(2, 2)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    assert panel.grab().toImage().pixelColor(2, 2) != before


def test_in_a_low_panel_the_sliders_stand_beside_the_picture_which_leads(panel, state, wide_toy):
    wide_toy.show(state)
    state.update(selection=np.array([4]), comparison=wide_toy.comparison(4))
    state.update(decoded=wide_toy.decoded(77))
    panel.resize(376, 470)
    QApplication.processEvents()
    column, decoded = panel.findChild(SliderColumn), view(panel, "decodedView")
    assert column.x() > decoded.geometry().right() and column.height() >= 3 * HEIGHT
    big, *small = (view(panel, name).picture_rect().height() for name in VIEWS)
    assert all(big > one for one in small)
    panel.resize(376, 700)
    QApplication.processEvents()
    assert column.y() > decoded.geometry().bottom()


def test_without_a_comparison_the_picture_has_the_width_however_low_it_is(panel, state, toy):
    toy.show(state)
    panel.resize(340, panel.minimumSizeHint().height())
    QApplication.processEvents()
    column, decoded = panel.findChild(SliderColumn), view(panel, "decodedView")
    assert column.y() > decoded.geometry().bottom() and decoded.width() > 300


PARTS = (*VIEWS, "modelDifference", "pcaDifference")


def _choose(panel, state, toy) -> None:
    toy.show(state)
    rows = tuple(np.full(64, value, np.float32) for value in (0.2, 0.3, 0.5))
    state.update(selection=np.array([4]), comparison=replace(toy.comparison(4), rows=rows))
    state.update(decoded=toy.decoded(77))


def _boxes(panel) -> dict[str, QRect]:
    """Where pictures and sliders stand, in the panel."""
    found = {n: view(panel, n) for n in PARTS} | {"sliders": panel.findChild(SliderColumn)}
    return {n: QRect(w.mapTo(panel, QPoint()), w.size()) for n, w in found.items()}


SIZES = [(302, 600), (302, 396), (338, 305), (376, 470), (425, 326), (475, 369), (643, 466)]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_at_every_size_nothing_of_a_sample_is_cut_or_covered(panel, state, toy, size):
    _choose(panel, state, toy)
    panel.resize(*size)
    QApplication.processEvents()
    boxes = _boxes(panel)
    room = panel.rect() if size != (302, 396) else panel.rect().adjusted(0, 0, 0, 90)
    for name, box in boxes.items():
        assert room.contains(box), name
        assert not any(box.intersects(other) for n, other in boxes.items() if n != name), name
    assert panel.heightForWidth(size[0]) <= room.height()
    sizes = {view(panel, n).picture_rect().size().toTuple() for n in VIEWS[1:]}
    assert len(sizes) == 1


@pytest.mark.parametrize("size", [(302, 600), (302, 396), (376, 470), (560, 800)], ids=str)
def test_a_column_of_a_narrow_window_has_pictures_of_112_px_all_the_same(panel, state, toy, size):
    _choose(panel, state, toy)
    panel.resize(*size)
    QApplication.processEvents()
    for name in VIEWS:
        assert view(panel, name).picture_rect().width() >= 112
    assert panel.rect().contains(_boxes(panel)["pcaDifference"])


def test_where_two_stand_in_a_row_captions_are_one_line_and_name_the_scale(panel, state, toy):
    _choose(panel, state, toy)
    panel.resize(302, 600)
    assert view(panel, "reconstructionView").accessibleDescription() == "VAE, MSE 0.0123"
    assert (
        view(panel, "modelDifference").accessibleDescription() == "VAE \u2212 original (\u00b10.3)"
    )
    decoded, original = (_boxes(panel)[n] for n in VIEWS[:2])
    assert decoded.top() == original.top() and decoded.right() < original.left()
    panel.resize(376, 600)
    assert view(panel, "modelDifference").accessibleDescription() == "VAE \u2212 original"


def test_how_it_is_arranged_follows_from_its_size_alone(panel, state, toy):
    _choose(panel, state, toy)
    panel.resize(376, 470)
    first = _boxes(panel)
    for size in SIZES:
        panel.resize(*size)
    state.update(selection=np.zeros(0, np.int64), comparison=None)
    panel.resize(376, 470)
    _choose(panel, state, toy)
    assert _boxes(panel) == first


@pytest.mark.parametrize("kind", ["table", "signals"])
def test_rows_of_numbers_are_one_chart_of_sample_reconstructions_and_z(panel, state, toy, kind):
    made = Preparation(1, 12, kind=kind, levels=1, names=())
    rng = np.random.default_rng(0)
    x = rng.normal(size=(30, 1, 12, 1)).astype(np.float32)
    data = Dataset("toy", x, made, np.arange(30) % 3 == 0)
    row = np.zeros(12, np.float32)
    picture = np.zeros((8, 8, 3), np.uint8)
    state.renew(dataset=data)
    state.update(model=replace(toy.model, preparation=made), z=np.zeros(2, np.float32))
    state.update(decoded=Decoded(np.zeros(2, np.float32), picture, None, row))
    chart = panel.findChild(RowChart, "probeChart")
    decoded = view(panel, "decodedView")
    assert chart.isVisible() and not decoded.isVisible()
    assert decoded.image() is picture
    assert [one.role for one in chart.series()] == ["z"]
    seen = Comparison(
        4, picture, picture, picture, 0.5, 0.25, None, None, 2, rows=(x[4].ravel(), row, row)
    )
    state.update(selection=np.array([4]), comparison=seen)
    assert [one.role for one in chart.series()] == ["sample", "model", "pca", "z"]
    assert chart.series()[0].note == "sample 4" and chart.series()[1].note == "MSE 0.5000"
    np.testing.assert_array_equal(chart.series()[0].row, x[4].ravel())
    state.update(selection=np.zeros(0, np.int64))
    assert [one.role for one in chart.series()] == ["z"]
    state.renew(dataset=toy.data)
    assert decoded.isVisible() and not chart.isVisible() and chart.series() == ()
