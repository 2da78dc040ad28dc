from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from explorer.ui.widgets.pictures.comparing.comparison_row import ComparisonRow
from explorer.ui.widgets.pictures.picture_view import PictureView

NAMES = ("originalView", "reconstructionView", "pcaReconstructionView")


@pytest.fixture
def row(qtbot) -> ComparisonRow:
    made = ComparisonRow()
    qtbot.addWidget(made)
    return made


def shown(row: ComparisonRow, shape: tuple[int, int, int], width: int) -> list[PictureView]:
    picture = np.full(shape, 90, np.uint8)
    row.show_original(picture, "pear", "sample 4")
    row.show_model(picture, "VAE", "MSE 0.0123")
    row.show_linear(picture, "PCA, k = 2", "MSE 0.0456")
    row.resize(width, row.heightForWidth(width))
    row.show()
    return [row.findChild(PictureView, name) for name in NAMES]


@pytest.mark.parametrize("shape", [(28, 28, 1), (32, 32, 3), (8, 8, 1), (64, 64, 3), (28, 20, 1)])
@pytest.mark.parametrize("width", [360, 400, 540, 1100])
def test_three_equal_pictures_of_112_px_at_the_least_and_never_cut(row, shape, width):
    views = shown(row, shape, width)
    rects = {view.picture_rect().size().toTuple() for view in views}
    assert len(rects) == 1
    assert max(rects.pop()) >= 112
    assert all(view.rect().toRectF().contains(view.picture_rect()) for view in views)
    assert [view.width() for view in views] == [views[0].width()] * 3
    assert not any(a.geometry().intersects(b.geometry()) for a, b in pairwise(views))


@pytest.mark.parametrize(("width", "side"), [(360, 112), (420, 112), (430, 140), (1100, 364)])
def test_they_grow_with_the_width_by_whole_factors(row, width, side):
    views = shown(row, (28, 28, 1), width)
    assert views[0].picture_rect().size().toTuple() == (side, side)
    assert row.height() == side + 4 + 2 * 15


def test_a_whole_factor_that_leaves_a_picture_small_is_given_up(row):
    assert shown(row, (32, 32, 1), 360)[0].picture_rect().width() == 112
    assert shown(row, (32, 32, 1), 400)[0].picture_rect().width() == 128


def test_pixels_that_are_not_whole_are_soft_only_at_their_edges(row):
    view = shown(row, (32, 32, 1), 360)[0]
    picture = np.zeros((32, 32, 1), np.uint8)
    picture[:, ::2] = 255
    view.set_picture(picture)
    grey = view.grab().toImage()
    at, y = view.picture_rect(), round(view.picture_rect().center().y())
    middles = [grey.pixelColor(round(at.left() + 3.5 * i + 1.25), y).red() for i in range(32)]
    assert all(value > 215 for value in middles[::2])
    assert all(value < 40 for value in middles[1::2])


def test_captions_name_the_error_and_go_with_the_sample(row):
    views = shown(row, (28, 28, 1), 360)
    assert [view.accessibleDescription() for view in views] == [
        "pear, sample 4", "VAE, MSE 0.0123", "PCA, k = 2, MSE 0.0456",
    ]  # fmt: skip
    row.clear()
    assert [view.image() for view in views] == [None] * 3
    assert not any(view.isVisible() for view in views)
    assert row.heightForWidth(360) < 60  # its room is given to the decoded picture


def test_without_a_model_or_pca_the_places_say_so(row):
    views = shown(row, (28, 28, 1), 360)
    row.show_model(None, "VAE", "")
    row.show_linear(None, "PCA, k = 2", "")
    assert [view.image() is None for view in views] == [False, True, True]
    assert [view.accessibleDescription() for view in views[1:]] == ["", ""]
    assert all(view.isVisible() for view in views)
