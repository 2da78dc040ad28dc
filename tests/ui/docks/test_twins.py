from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QDockWidget

from explorer.ui.plane.view import PlaneView
from explorer.ui.window import MainWindow
from tests.ui.standing import LANES

SIZES = ((1024, 720), (1280, 800), (1920, 1080), (3840, 2160))


@pytest.fixture(scope="module")
def window(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    made = MainWindow(tmp_path_factory.mktemp("settings"))
    made.show()
    for lane in LANES:
        made.jobs._lane(lane)
    made.open("digits")
    made.state.update(workspace="compare")
    yield made
    made.close()
    made.deleteLater()


def _unlike(window: MainWindow) -> int:
    """px that the two planes differ by in width, height and place."""
    one, other = (window.planes[name] for name in ("latent", "pca"))
    tops = [plane.mapTo(window, QPoint()).y() for plane in (one, other)]
    return max(abs(one.width() - other.width()), abs(one.height() - other.height()),
               abs(tops[0] - tops[1]))  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=lambda s: "x".join(map(str, s)))
@pytest.mark.parametrize("folded", [False, True])
def test_both_planes_are_of_one_size_at_every_size_of_the_window(
    window: MainWindow, size: tuple[int, int], folded: bool, qtbot: Any
) -> None:
    qtbot.waitUntil(lambda: window.state.now.pca is not None and not window.jobs.busy)
    window.resize(*size)
    window.plane_area.legend.set_folded(folded)
    qtbot.waitUntil(lambda: _unlike(window) <= 2)
    assert window.size().toTuple() == size
    plane = window.planes["pca"]
    assert plane.width() > 0.4 * size[0] and plane.height() > 0.4 * size[1]


def test_elsewhere_the_plane_has_no_head(window: MainWindow, qtbot: Any) -> None:
    window.state.update(workspace="explore")
    qtbot.waitUntil(lambda: window.plane_area.plane.y() < 16)
    window.state.update(workspace="compare")
    qtbot.waitUntil(lambda: _unlike(window) <= 2)


def test_behind_a_tab_a_plane_is_left_alone_until_it_is_seen_again(
    window: MainWindow, qtbot: Any
) -> None:
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: _unlike(window) <= 2)
    probe, dock = (window.findChild(QDockWidget, f"{name}Dock") for name in ("probe", "pca"))
    probe.raise_()
    qtbot.waitUntil(lambda: window.planes["pca"].visibleRegion().isEmpty())
    before = probe.width()
    window.resize(1440, 768)
    qtbot.waitUntil(lambda: not window._twins._later.isActive())
    window._twins.even()
    QApplication.processEvents()
    assert probe.width() == before
    dock.raise_()
    qtbot.waitUntil(lambda: _unlike(window) <= 2)


def test_a_plane_in_a_window_of_its_own_is_left_alone(window: MainWindow, qtbot: Any) -> None:
    dock = window.findChild(QDockWidget, "pcaDock")
    dock.setFloating(True)
    dock.resize(300, 300)
    width = dock.findChild(PlaneView).width()
    window._twins.even()
    assert dock.findChild(PlaneView).width() == width
    dock.setFloating(False)


def test_of_one_dimension_both_end_at_one_height_though_pictures_stand_below_one(
    window: MainWindow, qtbot: Any
) -> None:
    window.resize(1280, 800)
    before = window.state.now
    model = before.model
    assert model is not None
    line = replace(model, config=replace(model.config, latent_dim=1))
    window.state.update(model=line, codes=None, z=None)
    assert window.plane_area.along_z.isVisible()
    qtbot.waitUntil(lambda: _unlike(window) <= 2)
    assert window.plane_area.foot() > 40
    window.state.update(model=model, codes=before.codes, z=before.z)
    qtbot.waitUntil(lambda: window.plane_area.foot() < 4 and _unlike(window) <= 2)
