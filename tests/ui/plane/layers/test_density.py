"""explorer.ui.plane.layers.density: where the cloud lies and how dark it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor

from explorer.app.background.jobs import Jobs
from explorer.app.state import LayerAppearance, State
from explorer.ui.plane.layers.density import (
    BLUR,
    DARKEST,
    MARGIN,
    SIDE,
    _smoothed,
    _tinted,
    histogram,
)
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.themes import theme
from tests.ui import painted
from tests.ui.onscreen import idle


def test_one_count_becomes_a_gaussian_of_the_blur() -> None:
    counts = np.zeros((SIDE, SIDE), np.int64)
    counts[80, 60] = 12
    smooth = _smoothed(counts)
    assert smooth.sum() == pytest.approx(12)
    y, x = np.mgrid[:SIDE, :SIDE]
    share = smooth / smooth.sum()
    assert ((x * share).sum(), (y * share).sum()) == pytest.approx((60, 80))
    for axis, at in ((x, 60), (y, 80)):
        assert ((axis - at) ** 2 * share).sum() == pytest.approx(BLUR**2, rel=1e-3)


def test_at_an_edge_nothing_is_lost() -> None:
    counts = np.zeros((SIDE, SIDE), np.int64)
    counts[0, -1] = 5
    assert _smoothed(counts).sum() == pytest.approx(5)


def test_the_cells_reach_past_the_points_by_the_margin() -> None:
    xy = np.array([[0, 0], [1, 2], [0.5, 1]] * 50, np.float32)
    rect, counts = histogram(xy)
    assert (rect.left(), rect.top()) == pytest.approx((-MARGIN, -2 * MARGIN))
    assert (rect.width(), rect.height()) == pytest.approx((1 + 2 * MARGIN, 2 + 4 * MARGIN))
    assert counts.sum() == pytest.approx(150)


def test_few_that_lie_far_away_do_not_stretch_it() -> None:
    rng = np.random.default_rng(0)
    xy = rng.uniform(0, 1, (5000, 2)).astype(np.float32)
    xy[0] = (1000, 1000)
    rect, counts = histogram(xy)
    assert rect.right() < 1.3 and rect.bottom() < 1.3 and counts.sum() > 4900


@pytest.mark.parametrize("n", [2, 5, 300, 900])
def test_of_a_small_data_set_all_codes_are_counted(n: int) -> None:
    xy = np.random.default_rng(n).normal(size=(n, 2)).astype(np.float32)
    rect, counts = histogram(xy)
    assert counts.sum() == pytest.approx(n)
    assert rect.left() < xy[:, 0].min() and xy[:, 1].max() < rect.bottom()


def test_equal_codes_are_one_place() -> None:
    rect, counts = histogram(np.full((10, 2), 3, np.float32))
    assert rect.contains(3, 3) and counts.sum() == pytest.approx(10)


def test_codes_that_are_no_numbers_are_left_out() -> None:
    xy = np.array([[0, 0], [1, 1], [np.nan, 0], [np.inf, 2]], np.float32)
    rect, counts = histogram(xy)
    assert np.isfinite(rect.getRect()).all() and np.isfinite(counts).all()


def test_the_densest_cell_is_the_darkest_and_others_by_the_third_root() -> None:
    counts = np.zeros((SIDE, SIDE))
    counts[0, 0], counts[5, 7] = 8.0, 1.0
    image = _tinted(counts, QColor(255, 128, 0))
    assert image.width() == image.height() == SIDE
    assert image.pixelColor(0, 0).alpha() == DARKEST
    assert image.pixelColor(7, 5).alpha() == DARKEST // 2
    assert image.pixelColor(1, 1).alpha() == 0
    seen = image.pixelColor(0, 0)
    assert (seen.red(), seen.green(), seen.blue()) == pytest.approx((255, 128, 0), abs=2)


def test_no_codes_are_no_cloud() -> None:
    assert not _tinted(np.zeros((SIDE, SIDE)), QColor("red")).pixelColor(3, 3).alpha()


def test_a_cloud_is_made_only_while_it_is_seen_and_where_the_codes_are(
    plane_area: PlaneArea, state: State
) -> None:
    cloud = plane_area.plane.layers["density"]._cloud
    assert cloud.pixmap().isNull()
    state.update(layers={"density": LayerAppearance()})
    xy = state.now.codes.mean[:, :2]
    seen = cloud.mapRectToParent(cloud.boundingRect())
    rect, _ = histogram(xy)
    assert seen.getRect() == pytest.approx(rect.getRect(), rel=1e-3, abs=1e-3)
    state.update_plane("latent", axes=(1, 2))
    turned = cloud.mapRectToParent(cloud.boundingRect())
    assert turned.getRect() == pytest.approx(
        histogram(state.now.codes.mean[:, 1:])[0].getRect(), rel=1e-3, abs=1e-3
    )


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_cloud_is_seen_where_the_codes_are_in_the_colour_of_the_theme(
    plane_area: PlaneArea, state: State, jobs: Jobs, qapp: Any, light: None, name: str
) -> None:
    plane, pictures = plane_area.plane, list[np.ndarray]()
    theme.apply(qapp, name)
    for cloud in (False, True):
        state.update(layers={"points": LayerAppearance(False), "density": LayerAppearance(cloud)})
        idle(plane_area, jobs)
        pictures.append(painted.pixels(plane.viewport()).astype(int))
    at, (ground, seen) = plane.pixel_at((1, 1)), pictures
    accent, share = painted.rgb(plane.layers["density"].tokens.accent), DARKEST / 255
    wanted = share * np.array(accent) + (1 - share) * ground[at.y(), at.x()]
    np.testing.assert_allclose(seen[at.y(), at.x()], wanted, atol=12)
    assert (ground[5, 300] == seen[5, 300]).all()


def test_of_fewer_than_two_codes_it_is_a_blank_around_the_middle() -> None:
    for n in (0, 1):
        rect, counts = histogram(np.ones((n, 2), np.float32))
        assert not counts.any()
        assert (rect.center().x(), rect.center().y()) == (0, 0) and rect.width() > 0


def test_it_takes_the_colour_of_another_theme_at_once(
    light: None, plane_area: PlaneArea, state: State, qapp: Any
) -> None:
    layer = plane_area.plane.layers["density"]
    state.update(layers={"density": LayerAppearance(visible=True)})

    def darkest() -> QColor:
        image = layer._cloud.pixmap().toImage()
        places = [(x, y) for x in range(0, SIDE, 2) for y in range(0, SIDE, 2)]
        return max((image.pixelColor(x, y) for x, y in places), key=QColor.alpha)

    for tokens in (theme.DARK, theme.LIGHT):
        theme.apply(qapp, tokens.name)
        wanted, found = QColor(tokens.accent), darkest()
        away = [abs(a - b) for a, b in zip(found.getRgb()[:3], wanted.getRgb()[:3], strict=True)]
        assert max(away) < 12


def test_the_margin_holds_the_blur_and_the_codes_keep_most_of_the_room() -> None:
    """Nothing of the cloud is cut at its edge, and less than a sixth of it is margin."""
    xy = np.random.default_rng(0).uniform(0, 1, (400, 2)).astype(np.float32)
    xy[:4] = (0, 0), (0, 1), (1, 0), (1, 1)
    rect, counts = histogram(xy)
    edge = max(side.max() for side in (counts[0], counts[-1], counts[:, 0], counts[:, -1]))
    assert edge < 0.01 * counts.max()
    assert max(rect.width(), rect.height()) < 1.175


def test_a_cell_is_as_small_as_a_point_and_no_smaller() -> None:
    """In px, on a plane of 600: finer cells cost time while a model learns and show no more."""
    assert 3 <= 600 / SIDE <= 6
