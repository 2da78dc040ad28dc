from __future__ import annotations

import numpy as np
import pytest

from explorer.data.dataset import Preparation
from explorer.task import NO_TASK
from explorer.ui.widgets.pictures.comparing.difference_view import DifferenceView


@pytest.fixture
def view(qtbot) -> DifferenceView:
    made = DifferenceView()
    qtbot.addWidget(made)
    made.resize(360, 200)
    made.show()
    return made


def rows(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    original, model, linear = rng.uniform(0, 1, (3, count)).astype(np.float32)
    return original, model, linear


def test_pictures_give_maps_whose_mean_square_is_the_error(view):
    original, model, linear = rows(64)
    view.show_rows(Preparation(8, 8), (original, model, linear), "VAE")
    assert view.row.isVisible() and not view.chart.isVisible()
    given = view.row._given[0].ravel()
    np.testing.assert_array_equal(given, model - original)
    assert view.image().shape == (8, 16, 3)


@pytest.mark.parametrize("kind", ["signals", "table"])
@pytest.mark.parametrize("count", [1, 12])
def test_numbers_give_a_chart_and_no_picture(view, kind, count):
    original, model, linear = rows(count)
    made = Preparation(1, count, kind=kind, levels=1)
    view.show_rows(made, (original, model, linear), "VAE")
    assert view.chart.isVisible() and not view.row.isVisible()
    assert view.image() is None
    first, second = view.chart.series()
    assert (first.role, second.role) == ("model", "pca")
    np.testing.assert_array_equal(first.row, model - original)
    np.testing.assert_array_equal(second.row, linear - original)
    assert first.name == "VAE \u2212 sample"


def test_without_reconstructions_it_is_away(view):
    original, model, _ = rows(64)
    view.show_rows(Preparation(8, 8), (original, None, None), "Model")
    assert view.isHidden() and view.image() is None
    view.show_rows(Preparation(8, 8), (original, model, None), "VAE")
    assert view.isVisible() and view.image().shape == (8, 8, 3)
    view.clear()
    assert view.isHidden() and view.image() is None
    view.show_rows(Preparation(8, 8), (None, None, None), "VAE")
    assert view.isHidden()


def test_what_leaves_is_what_is_drawn_and_the_differences(view):
    assert view.thing() is None
    original, model, linear = rows(64)
    view.show_rows(Preparation(8, 8), (original, model, linear), "VAE")
    thing = view.thing()
    assert thing.picture(NO_TASK).ndim == 3
    first, second = thing.table(NO_TASK).values()
    np.testing.assert_array_equal(first, model - original)
    np.testing.assert_array_equal(second, linear - original)
