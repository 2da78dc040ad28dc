"""explorer.ui.widgets.pictures.pixels: arrays as pictures, and where they stand."""

from __future__ import annotations

import gc

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage

from explorer.ui.widgets.pictures.pixels import fit_rect, qimage

ROOM = QRectF(10, 20, 100, 60)


@pytest.mark.parametrize("channels", [1, 3])
def test_a_pixel_is_where_it_is_in_the_array(channels: int) -> None:
    array = np.random.default_rng(0).integers(0, 256, (5, 7, channels)).astype(np.uint8)
    image = qimage(array)
    assert (image.width(), image.height()) == (7, 5)
    assert image.format() == QImage.Format.Format_RGB32
    for y, x in ((0, 0), (4, 6), (2, 3)):
        colour = image.pixelColor(x, y)
        wanted = np.broadcast_to(array[y, x], 3).tolist()
        assert [colour.red(), colour.green(), colour.blue()] == wanted


def test_a_picture_keeps_its_pixels_when_the_array_is_gone_or_a_part_of_another() -> None:
    array = np.arange(200, dtype=np.uint8).reshape(10, 20, 1)
    image = qimage(array[::2, ::2])
    del array
    gc.collect()
    assert image.pixelColor(3, 2).red() == (4 * 20 + 6) % 256


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        (QSize(28, 28), (10 + (100 - 56) / 2, 22, 56, 56)),
        (QSize(8, 8), (10 + (100 - 56) / 2, 22, 56, 56)),
        (QSize(100, 60), (10, 20, 100, 60)),
        (QSize(60, 30), (30, 35, 60, 30)),
        (QSize(200, 60), (10, 35, 100, 30)),
    ],
)
def test_it_stands_in_the_middle_enlarged_by_a_whole_factor(
    size: QSize, wanted: tuple[float, ...]
) -> None:
    assert fit_rect(size, ROOM, 1.0).getRect() == pytest.approx(wanted)


def test_any_factor_fills_the_room() -> None:
    rect = fit_rect(QSize(28, 28), ROOM, 1.0, whole=False)
    assert rect.getRect() == pytest.approx((30, 20, 60, 60))


@pytest.mark.parametrize(("least", "side"), [(0, 64), (60, 64), (80, 80), (500, 100)])
def test_where_a_whole_factor_leaves_it_small_any_will_do(least: float, side: float) -> None:
    rect = fit_rect(QSize(64, 64), QRectF(0, 0, 100, 100), 1.0, least=least)
    assert (rect.width(), rect.height()) == (side, side)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_its_edges_are_on_device_pixels(ratio: float) -> None:
    rect = fit_rect(QSize(7, 5), QRectF(0.3, 0.4, 101.7, 77.1), ratio)
    edges = np.array([*rect.getRect()]) * ratio
    np.testing.assert_allclose(edges, edges.round(), atol=1e-6)
    assert rect.width() * ratio / 7 == rect.height() * ratio / 5 == round(rect.width() * ratio / 7)


def test_no_room_is_no_picture() -> None:
    assert fit_rect(QSize(8, 8), QRectF(0, 0, -5, 10), 1.0).isEmpty()
