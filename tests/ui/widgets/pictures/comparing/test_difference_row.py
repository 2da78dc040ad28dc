from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.comparing.comparison_row import ComparisonRow
from explorer.ui.widgets.pictures.comparing.difference_row import DifferenceRow, limit_of
from explorer.ui.widgets.pictures.comparing.diverging import diverging

RNG = np.random.default_rng(0)
MODEL = RNG.uniform(-0.3, 0.3, (8, 8, 1)).astype(np.float32)
LINEAR = RNG.uniform(-0.55, 0.55, (8, 8, 1)).astype(np.float32)
LINEAR[3, 4] = 0.55


@pytest.fixture
def row(qtbot, qapp) -> DifferenceRow:
    theme.apply(qapp, "light")
    made = DifferenceRow()
    qtbot.addWidget(made)
    made.resize(360, made.heightForWidth(360))
    made.show()
    return made


def test_both_maps_stand_on_the_scale_of_the_larger_one(row):
    row.show_differences(MODEL, LINEAR, "VAE")
    assert row.limit == pytest.approx(0.6)
    for view, given in zip(row.views, (MODEL, LINEAR), strict=True):
        np.testing.assert_array_equal(view.image(), diverging(given, 0.6, theme.LIGHT))
    assert row.image().shape == (8, 16, 3)
    np.testing.assert_array_equal(row.image()[:, :8], row.views[0].image())
    said = [view.accessibleDescription() for view in row.views]
    assert said == ["VAE \u2212 original", "PCA \u2212 original"]
    for view, name in zip(row.views, ("VAE", "PCA"), strict=True):
        view.resize(79, 100)
        assert view._fitting_caption() == (f"{name} \u2212 x",), "apart from the other"
    assert "0.6" in row.findChildren(type(row._scale))[0].accessibleDescription()


def test_what_is_too_bright_is_orange_on_the_screen_and_what_is_right_is_the_ground(row):
    given = np.zeros((8, 8, 1), np.float32)
    given[2, 3], given[5, 6] = 1.0, -1.0
    row.show_differences(given, None, "VAE")
    seen, at = row.views[0].grab().toImage(), row.views[0].picture_rect()
    step = at.width() / 8
    found = {
        place: seen.pixelColor(round(at.x() + (x + 0.5) * step), round(at.y() + (y + 0.5) * step))
        for place, (x, y) in {"bright": (3, 2), "dark": (6, 5), "right": (0, 0)}.items()
    }
    assert found["bright"] == QColor("#D55E00")
    assert found["dark"] == QColor("#0072B2")
    assert found["right"] == QColor(theme.LIGHT.window)


def test_the_maps_are_as_large_as_the_pictures_above_them(row, qtbot):
    above = ComparisonRow()
    qtbot.addWidget(above)
    above.show()
    picture = np.zeros((28, 28, 1), np.uint8)
    given = np.zeros((28, 28, 1), np.float32)
    for width in (360, 540, 1100):
        above.show_original(picture)
        above.show_linear(picture)
        row.show_differences(given, given, "VAE")
        above.resize(width, above.heightForWidth(width))
        row.resize(width, row.heightForWidth(width))
        below, pictures = row.views[1], above.children()[2]
        assert below.picture_rect().size() == pictures.picture_rect().size()
        assert (below.x(), below.width()) == (pictures.x(), pictures.width())


def test_the_scale_stands_still_from_sample_to_sample():
    assert limit_of([MODEL * 0, None]) == pytest.approx(0.1)
    assert limit_of([np.float32([[[0.5]]]), np.float32([[[-0.501]]])]) == pytest.approx(0.6)
    assert limit_of([np.float32([[[0.5]]]), None]) == pytest.approx(0.5)
    assert limit_of([None, None]) == pytest.approx(0.1)
    assert limit_of([np.float32([[[np.nan], [-0.1]]]), np.float32([[[0.25]]])]) == pytest.approx(
        0.3
    )


def test_what_is_missing_leaves_its_place_empty(row):
    row.show_differences(MODEL, LINEAR, "VAE")
    row.show_differences(None, None, "VAE")
    assert row.image() is None
    assert [view.image() for view in row.views] == [None, None]
    assert [view.accessibleDescription() for view in row.views] == ["", ""]
    row.show_differences(None, LINEAR, "VAE")
    assert row.image().shape == (8, 8, 3)


def test_in_the_dark_no_difference_is_dark(light, row, qapp):
    row.show_differences(MODEL * 0, None, "VAE")
    assert (row.image()[0, 0] == QColor(theme.LIGHT.window).getRgb()[:3]).all()
    theme.apply(qapp, "dark")
    QApplication.processEvents()
    assert (row.image()[0, 0] == QColor(theme.DARK.window).getRgb()[:3]).all()


def test_colours_are_shown_about_mid_grey(row):
    row.show_differences(np.zeros((8, 8, 3), np.float32), None, "VAE")
    assert (row.image() == 127).all()


def test_in_a_pair_the_captions_name_the_scale_which_has_no_room(row):
    row.show_differences(MODEL, LINEAR, "VAE")
    row.set_paired(True)
    assert not row._scale.isVisible()
    assert all("\u00b10.6" in view.accessibleDescription() for view in row.views)
    row.set_paired(False)
    assert row._scale.isVisible()
    assert not any("\u00b1" in view.accessibleDescription() for view in row.views)
