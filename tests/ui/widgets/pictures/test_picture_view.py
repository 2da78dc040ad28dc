from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage

from explorer.task import NO_TASK
from explorer.ui.widgets.pictures import picture_view
from explorer.ui.widgets.pictures.picture_view import BREATH, PictureView
from explorer.ui.widgets.pictures.pixels import fit_rect, qimage

CHECKERS = np.array([[[0], [255]], [[255], [0]]], np.uint8)


@pytest.fixture
def view(qtbot):
    made = PictureView(lines=2)
    qtbot.addWidget(made)
    made.resize(105, 140)
    made.show()
    return made


def test_nothing_is_shown_before_the_first(view):
    assert view.image() is None
    assert view.is_empty() and view.copied() == "image"


def test_the_picture_is_given_back_and_told_once_painted(view, qtbot):
    token = object()
    with qtbot.waitSignal(view.shown) as painted:
        view.set_picture(CHECKERS, token)
    assert painted.args == [token]
    assert view.image() is CHECKERS
    told = []
    view.shown.connect(told.append)
    view.repaint()
    assert told == []  # the same picture again is no news


def test_pixels_are_enlarged_by_whole_factors_with_sharp_edges(view):
    view.set_picture(CHECKERS)
    rect = view.picture_rect()
    assert rect.width() == rect.height() == 104 and rect.width() % 2 == 0
    grabbed = view.grab().toImage()
    row = [grabbed.pixelColor(round(rect.x()) + x, round(rect.y()) + 5).value() for x in range(104)]
    assert row == [0] * 52 + [255] * 52


def test_smoothing_is_a_switch(view):
    view.set_picture(CHECKERS)
    view.smooth = True
    rect = view.picture_rect().toRect()
    grabbed = view.grab().toImage()
    values = {grabbed.pixelColor(rect.x() + x, rect.y() + 5).value() for x in range(rect.width())}
    assert len(values) > 10


@pytest.mark.parametrize("channels", [1, 3])
def test_colours_arrive_as_they_are(channels):
    picture = np.random.default_rng(0).integers(0, 256, (5, 7, channels), np.uint8)
    image = qimage(picture)
    seen = [[image.pixelColor(x, y).getRgb()[:3] for x in range(7)] for y in range(5)]
    assert (np.array(seen) == picture).all()


def test_a_picture_does_not_depend_on_its_array_afterwards():
    picture = np.zeros((4, 4, 1), np.uint8)
    image = qimage(picture)
    picture[:] = 255
    assert image.pixelColor(0, 0) == QColor(0, 0, 0)


@pytest.mark.parametrize(
    ("side", "ratio", "drawn"), [(100, 1, 84), (100, 1.5, 280 / 3), (20, 1, 20)]
)
def test_whole_factors_of_device_pixels(side, ratio, drawn):
    image = QImage(28, 28, QImage.Format.Format_RGB32)
    rect = fit_rect(image, QRectF(0, 0, side, side), ratio)
    factor = rect.width() * ratio / 28
    assert factor == pytest.approx(round(factor)) or factor < 1
    assert rect.width() == pytest.approx(drawn)


def test_a_picture_that_a_whole_factor_leaves_too_small_takes_any():
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    for side, drawn in ((100, 100), (120, 112), (128, 128), (200, 192)):
        for ratio in (1, 2):
            rect = fit_rect(image, QRectF(0, 0, side, side), ratio, least=112)
            whole = side * ratio // 64 * 64 / ratio
            assert rect.width() == pytest.approx(whole if whole >= 112 else drawn)
    assert fit_rect(image, QRectF(0, 0, 120, 120), 1).width() == 64


def test_copy_keeps_the_pixels_and_copy_as_shown_the_size(view, qtbot):
    view.set_picture(CHECKERS)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().image().width() == 2
    view.copy_as_shown()
    assert QGuiApplication.clipboard().image().width() == 104


def test_what_leaves_is_the_pixels(view):
    assert view.thing() is None
    view.set_picture(CHECKERS)
    view.setAccessibleName("Decoded picture")
    thing = view.thing()
    assert (thing.name, thing.what) == ("decoded-picture", "the picture")
    assert thing.picture(NO_TASK) is CHECKERS
    assert view.copied() == "image, 2 x 2 pixels" and not view.is_empty()


def test_a_frame_costs_one_painting_and_no_layout(qtbot, monkeypatch):
    view, laid_out = PictureView(), []
    monkeypatch.setattr(
        picture_view,
        "fit_rect",
        lambda *room, **how: laid_out.append(room) or fit_rect(*room, **how),
    )
    qtbot.addWidget(view)
    view.resize(400, 400)
    with qtbot.waitExposed(view):
        view.show()
    painted = []
    view.shown.connect(painted.append)
    frames = [np.full((32, 32, 3), i, np.uint8) for i in range(60)]
    for i, frame in enumerate(frames):
        view.set_picture(frame, i)
        view.repaint()
    assert painted == list(range(len(frames)))
    assert len(laid_out) == 1


def test_a_caption_that_is_too_wide_is_said_in_short(view):
    view.set_caption("z = (+0.04, +0.03)", "quiet", shorter=("(+0.04, +0.03)", "|z| = 0.05"))
    metrics = view._metrics
    view.resize(metrics.horizontalAdvance("z = (+0.04, +0.03)") + BREATH, 200)
    assert view._fitting_caption() == ("z = (+0.04, +0.03)", "quiet")
    view.resize(view.width() - 1, 200)
    assert view._fitting_caption() == ("(+0.04, +0.03)", "quiet")
    view.resize(metrics.horizontalAdvance("(+0.04, +0.03)") + BREATH - 1, 200)
    assert view._fitting_caption() == ("|z| = 0.05", "quiet")
    view.resize(49, 200)
    assert view._fitting_caption() == ("|z| = 0.05", "quiet"), "the last where none fits"
    assert view.accessibleDescription() == "z = (+0.04, +0.03), quiet"
    view.set_caption("z = (+0.04, +0.03)", "quiet")
    assert view._fitting_caption() == ("z = (+0.04, +0.03)", "quiet"), "without a short one"
