"""The path tool, its layer and its strip, with real mouse and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QToolButton

from explorer.analysis import paths
from explorer.analysis.paths import LatentPath
from explorer.app.jobs import Jobs
from explorer.app.state import State
from explorer.ui.hand import rest
from explorer.ui.plane.path_strip import PathStrip
from explorer.ui.plane.stage import Stage
from explorer.ui.widgets.pictures.film_strip import FilmStrip

LEFT = Qt.MouseButton.LeftButton
CORNERS = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0]], np.float32)


@pytest.fixture(autouse=True)
def _path_tool(state: State, stage: Stage) -> None:
    state.update(tool="path")
    rest(20)


def _click(stage: Stage, at: tuple[float, float]) -> None:
    QTest.mouseClick(stage.plane.viewport(), LEFT, pos=stage.plane.pixel_at(at))


def _clicked(stage: Stage) -> None:
    for a, b, _ in CORNERS.tolist():
        _click(stage, (a, b))


def _draw(stage: Stage, points: list[tuple[float, float]]) -> None:
    plane = stage.plane
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(plane.viewport(), LEFT, none, plane.pixel_at(points[0]))
    for point in points[1:]:
        QTest.mouseMove(plane.viewport(), plane.pixel_at(point))
    QTest.mouseRelease(plane.viewport(), LEFT, none, plane.pixel_at(points[-1]))


@pytest.fixture
def strip(stage: Stage) -> PathStrip:
    return stage.findChild(PathStrip)


@pytest.fixture
def filmed(stage: Stage, state: State, qtbot: Any, jobs: Jobs) -> Stage:
    """A path of three corners, and its film."""
    state.update(path=LatentPath(CORNERS.copy()))
    qtbot.waitUntil(lambda: state.now.survey is not None and not jobs.busy)
    return stage


def test_clicks_add_points_and_each_is_a_step_of_undo(stage: Stage, state: State) -> None:
    z = state.now.z
    _clicked(stage)
    assert state.now.path.kind == "straight" and state.now.z is z
    np.testing.assert_allclose(state.now.path.points, CORNERS, atol=0.03)
    assert state.undo() and len(state.now.path.points) == 2
    assert state.undo() and state.undo() and state.now.path is None
    assert state.redo() and len(state.now.path.points) == 1


def test_a_drag_draws_in_equal_steps(stage: Stage, state: State) -> None:
    _draw(stage, [(-1.2, 0), (-1, 0.5), (-0.3, 0.5), (0, 0.5), (0.9, 0.5), (1, 0.6)])
    path = state.now.path
    assert path.kind == "drawn"
    steps = paths.steps(path.points)
    assert steps.max() / steps.mean() < 1.05
    np.testing.assert_allclose(path.points[[0, -1], :2], [(-1.2, 0), (1, 0.6)], atol=0.03)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_ends_the_path_and_the_next_click_begins_another(
    stage: Stage, state: State, key: Qt.Key
) -> None:
    _clicked(stage)
    QTest.keyClick(stage.plane, key)
    assert len(state.now.path.points) == 3
    _click(stage, (0, 0.5))
    assert len(state.now.path.points) == 1


def test_a_double_click_ends_the_path_and_does_not_fit(stage: Stage, state: State) -> None:
    _click(stage, (-1, -1))
    before = stage.plane.getViewBox().viewRect()
    at = stage.plane.pixel_at((0.5, 0.3))
    QTest.mouseClick(stage.plane.viewport(), LEFT, pos=at)
    QTest.mouseDClick(stage.plane.viewport(), LEFT, pos=at)
    assert stage.plane.getViewBox().viewRect() == before
    first = state.now.path.points
    assert len(first) == 2
    _click(stage, (0, 0))
    assert len(state.now.path.points) == 1


def test_backspace_takes_the_last_point_back_and_escape_clears(stage: Stage, state: State) -> None:
    _clicked(stage)
    QTest.keyClick(stage.plane, Qt.Key.Key_Backspace)
    np.testing.assert_allclose(state.now.path.points, CORNERS[:2], atol=0.03)
    _click(stage, (0, 1))
    assert len(state.now.path.points) == 3
    QTest.keyClick(stage.plane, Qt.Key.Key_Escape)
    assert state.now.path is None
    assert state.undo() and len(state.now.path.points) == 3


def test_another_tool_leaves_the_path_alone(stage: Stage, state: State) -> None:
    _clicked(stage)
    state.update(tool="probe")
    _click(stage, (0.5, 0))
    QTest.keyClick(stage.plane, Qt.Key.Key_Escape)
    assert len(state.now.path.points) == 3
    np.testing.assert_allclose(state.now.z[:2], (0.5, 0), atol=0.03)


def test_without_a_model_the_tool_is_harmless(stage: Stage, state: State) -> None:
    state.renew()
    _clicked(stage)
    assert state.now.path is None


def test_the_film_says_how_long_the_path_is(filmed: Stage, state: State, strip: PathStrip) -> None:
    film = state.now.film
    assert film.length == pytest.approx(4)
    np.testing.assert_allclose(film.z[[0, -1]], CORNERS[[0, -1]], atol=1e-6)
    texts = " ".join(label.text() for label in strip.findChildren(QLabel))
    assert "4.00 in z" in texts and "data" in texts


def test_the_layer_draws_the_path_and_follows_the_slice(filmed: Stage, state: State) -> None:
    layer = filmed.plane.layers["path"]
    np.testing.assert_array_equal(layer.route, CORNERS[:, :2])
    state.update_plane("latent", axes=(1, 2))
    np.testing.assert_array_equal(layer.route, CORNERS[:, 1:])


def test_dragging_over_the_film_moves_z_along_the_path(
    filmed: Stage, state: State, strip: PathStrip
) -> None:
    film = strip.findChild(FilmStrip)
    middle, end = QPoint(round(film.x_of(0.5)), 20), QPoint(film.width() - 1, 20)
    QTest.mousePress(film, LEFT, pos=middle)
    np.testing.assert_allclose(state.now.z, CORNERS[1], atol=0.03)
    assert filmed.plane.dot_at == pytest.approx((1, -1), abs=0.03)
    QTest.mouseMove(film, end)
    QTest.mouseRelease(film, LEFT, pos=end)
    assert state.now.path_at == 1.0
    np.testing.assert_allclose(state.now.z, CORNERS[2], atol=1e-6)
    assert state.undo() and state.now.z.tolist() == [0, 0, 0]


def test_playing_travels_to_the_end_and_stops(
    filmed: Stage, state: State, strip: PathStrip, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.ui.plane.journey.SECONDS", 0.2)
    QTest.mouseClick(strip.findChild(QToolButton, "pathPlayButton"), LEFT)
    assert strip.journey.playing
    qtbot.waitUntil(lambda: not strip.journey.playing)
    assert state.now.path_at == 1.0
    np.testing.assert_allclose(state.now.z, CORNERS[2], atol=1e-6)


def test_a_loop_goes_on_until_stop(
    filmed: Stage, state: State, strip: PathStrip, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.ui.plane.journey.SECONDS", 0.1)
    QTest.mouseClick(strip.findChild(QToolButton, "pathLoopButton"), LEFT)
    QTest.mouseClick(strip.findChild(QToolButton, "pathPlayButton"), LEFT)
    rest(300)
    assert strip.journey.playing
    QTest.mouseClick(strip.findChild(QToolButton, "pathStopButton"), LEFT)
    assert not strip.journey.playing and state.now.path_at == 0.0
    np.testing.assert_allclose(state.now.z, CORNERS[0], atol=1e-6)


def test_another_kind_joins_the_same_points_and_can_be_undone(
    filmed: Stage, state: State, strip: PathStrip, qtbot: Any, jobs: Jobs
) -> None:
    kinds = strip.findChild(QComboBox, "pathKind")
    for kind in ("spherical", "neighbours"):
        kinds.setCurrentIndex(kinds.findData(kind))
        kinds.activated.emit(kinds.currentIndex())
        assert state.now.path.kind == kind and state.now.film is None
        qtbot.waitUntil(lambda: state.now.film is not None)
    assert state.undo() and state.now.path.kind == "spherical"
    np.testing.assert_array_equal(state.now.path.points, CORNERS)
    qtbot.waitUntil(lambda: not jobs.busy)


def test_far_from_every_code_the_path_is_marked(
    filmed: Stage, state: State, strip: PathStrip, qtbot: Any, jobs: Jobs
) -> None:
    assert filmed.plane.layers["path"].off.path().isEmpty()
    far = np.array([[1, 1, 0], [30, 1, 0]], np.float32)
    state.update(path=LatentPath(far))
    qtbot.waitUntil(lambda: state.now.survey is not None and not jobs.busy)
    assert state.now.survey.ground.share > 0.5
    assert any("off the data" in label.text() for label in strip.findChildren(QLabel))
    assert not filmed.plane.layers["path"].off.path().isEmpty()


def test_the_path_is_exported(
    filmed: Stage, state: State, strip: PathStrip, qtbot: Any, jobs: Jobs, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked = []

    def name(*given: Any) -> tuple[str, str]:
        asked.extend(given[3].split(";;"))
        return str(tmp_path / "way.gif"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    strip.findChild(QToolButton, "pathExportButton").click()
    qtbot.waitUntil(lambda: state.now.message is not None and not jobs.busy)
    assert state.now.message.text == f"Exported to {tmp_path / 'way.gif'}"
    assert {text[:3] for text in asked} >= {"PNG", "GIF", "CSV"}


def test_a_model_of_another_dimension_clears_the_path(filmed: Stage, state: State) -> None:
    from dataclasses import replace

    config = replace(state.now.model.config, latent_dim=2)
    model = replace(state.now.model, config=config, id="other")
    state.update(model=model, z=np.zeros(2, np.float32), codes=None)
    assert state.now.path is None and state.now.film is None


def test_the_strip_is_there_only_when_it_is_needed(stage: Stage, state: State) -> None:
    strip = stage.findChild(PathStrip)
    assert strip.isVisible()
    state.update(tool="probe")
    assert not strip.isVisible()
    state.update(path=LatentPath(CORNERS.copy()))
    assert strip.isVisible()
    QTest.mouseClick(strip.findChild(QToolButton, "pathClearButton"), LEFT)
    assert state.now.path is None and not strip.isVisible()
