from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel

from explorer.models import autoencoder
from explorer.ui.panels.comparison import CAPTION, ComparisonPanel
from explorer.ui.widgets.pictures.picture_view import PictureView

PICTURES = (
    "latentAtCursor", "pcaAtCursor", "originalViewCompared", "reconstructionViewCompared",
    "pcaReconstructionViewCompared",
)  # fmt: skip


@pytest.fixture
def panel(qtbot, state, jobs, asked, light):
    made = ComparisonPanel(state, asked)
    qtbot.addWidget(made)
    made.resize(1024, 170)
    with qtbot.waitExposed(made):
        made.show()
    return made


def view(panel, name) -> PictureView:
    return panel.findChild(PictureView, name)


def choose(state, toy) -> None:
    toy.show(state)
    state.update(decoded=toy.decoded(77), pca_decoded=toy.linear(99))
    rows = tuple(np.full(64, value, np.float32) for value in (0.2, 0.3, 0.5))
    state.update(selection=np.array([4]), comparison=replace(toy.comparison(4), rows=rows))


@pytest.mark.parametrize("size", [(1024, 170), (1280, 220), (1920, 300), (3840, 600)])
def test_all_pictures_are_of_one_size_and_at_one_height(panel, state, toy, size):
    choose(state, toy)
    panel.resize(*size)
    views = [view(panel, name) for name in PICTURES] + list(panel._wrong.row.views)
    sizes = {one.picture_rect().size().toTuple() for one in views}
    assert len(sizes) == 1 and max(sizes.pop()) >= 112
    tops = {one.mapTo(panel, one.picture_rect().topLeft().toPoint()).y() for one in views}
    assert len(tops) == 1
    for one in views:
        assert panel.rect().contains(QRect(one.mapTo(panel, QPoint()), one.size()))


def test_each_cursor_has_its_picture_and_says_where_it_is(panel, state, toy):
    choose(state, toy)
    assert (view(panel, "latentAtCursor").image() == 77).all()
    assert view(panel, "latentAtCursor").accessibleDescription().startswith("VAE at the cursor, z")
    assert (view(panel, "pcaAtCursor").image() == 99).all()
    assert view(panel, "pcaAtCursor").accessibleDescription().startswith("PCA at the cursor, (")
    state.update(decoded=None, pca_decoded=None, model=None)
    assert [view(panel, name).image() for name in PICTURES[:2]] == [None, None]
    assert not view(panel, "latentAtCursor").accessibleDescription()


def test_a_sample_is_compared_and_goes(panel, state, toy):
    choose(state, toy)
    assert view(panel, PICTURES[3]).accessibleDescription() == "VAE, MSE 0.0123"
    assert panel._wrong.isVisible()
    state.update(selection=np.zeros(0, np.int64), comparison=None)
    assert view(panel, PICTURES[2]).image() is None and not panel._wrong.isVisible()


def test_the_pictures_grow_by_whole_factors(panel, state, toy):
    choose(state, toy)
    panel.resize(1920, 300)
    side = view(panel, "latentAtCursor").picture_rect().width() * panel.devicePixelRatioF()
    assert side % 8 == 0 and side > 200
    assert view(panel, "latentAtCursor").height() <= 300 - CAPTION


def test_what_moves_while_it_is_away_is_drawn_as_it_comes_back(panel, state, toy):
    choose(state, toy)
    panel.hide()
    state.update(decoded=toy.decoded(11), pca_decoded=toy.linear(22))
    assert (view(panel, "latentAtCursor").image() == 77).all()  # nobody sees it
    panel.show()
    assert (view(panel, "latentAtCursor").image() == 11).all()
    assert (view(panel, "pcaAtCursor").image() == 22).all()
    panel.hide()
    state.update(decoded=None, pca_decoded=None)
    panel.show()
    assert [view(panel, name).image() for name in PICTURES[:2]] == [None, None]


TYPICAL = [f"{name}Typical{i}" for i in range(2)
           for name in ("originalView", "reconstructionView", "pcaReconstructionView")]  # fmt: skip


def show_real(state, toy) -> None:
    """A model with weights, so that it can be asked."""
    toy.show(state)
    net = autoencoder.build(toy.model.config, toy.model.preparation, seed=0)
    state.update(model=replace(toy.model, weights=autoencoder.weights_of(net)))
    state.update(decoded=toy.decoded(77), pca_decoded=toy.linear(99))


@pytest.mark.parametrize("size", [(1024, 170), (1280, 220), (1920, 300)])
def test_before_a_sample_is_chosen_two_typical_ones_are_compared(panel, state, toy, qtbot, size):
    panel.resize(*size)
    show_real(state, toy)
    qtbot.waitUntil(lambda: view(panel, TYPICAL[5]).image() is not None)
    views = [view(panel, name) for name in (*PICTURES[:2], *TYPICAL)]
    assert all(one.isVisible() for one in views)
    sizes = {one.picture_rect().size().toTuple() for one in views}
    assert len(sizes) == 1 and max(sizes.pop()) >= 112
    boxes = [QRect(one.mapTo(panel, QPoint()), one.size()) for one in views]
    assert all(panel.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
    said = [view(panel, name).accessibleDescription() for name in TYPICAL]
    assert said[1].startswith("VAE, MSE 0.") and said[5].startswith("PCA, k = 2, MSE 0.")
    assert said[0].split(",")[0] != said[3].split(",")[0]  # of two classes


def test_typical_samples_make_way_for_a_chosen_one_and_come_back(panel, state, toy, qtbot):
    show_real(state, toy)
    qtbot.waitUntil(lambda: view(panel, TYPICAL[0]).image() is not None)
    state.update(selection=np.array([4]), comparison=toy.comparison(4))
    assert not view(panel, TYPICAL[0]).isVisible() and view(panel, PICTURES[2]).isVisible()
    state.update(selection=np.zeros(0, np.int64), comparison=None)
    assert view(panel, TYPICAL[0]).isVisible() and not view(panel, PICTURES[2]).isVisible()
    state.update(model=None, codes=None, dataset=None, pca=None)
    assert not view(panel, TYPICAL[0]).isVisible()


def test_how_to_choose_a_sample_is_said_below_typical_ones_in_one_line(panel, state, toy, qtbot):
    panel.resize(1024, 200)
    show_real(state, toy)
    qtbot.waitUntil(lambda: view(panel, TYPICAL[0]).image() is not None)
    (label,) = (w for w in panel.findChildren(QLabel) if "Click" in w.text() and w.isVisible())
    assert "\n" not in label.text()
    assert label.mapTo(panel, QPoint()).y() > view(panel, TYPICAL[0]).geometry().bottom()
