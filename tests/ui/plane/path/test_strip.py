"""explorer.ui.plane.path.strip: what is offered, said and marked of a path."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QToolButton, QWidget

from explorer.analysis.latent.joins import joins
from explorer.analysis.latent.paths import LatentPath
from explorer.app.background.jobs import Jobs
from explorer.app.state import State
from explorer.ui.actions.films import NO_FILM
from explorer.ui.plane.path import strip as path_strip
from explorer.ui.plane.path.commands import NO_PATH
from explorer.ui.plane.path.strip import PathStrip
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.synthetic_input import rest
from explorer.ui.themes import icons, theme
from explorer.ui.widgets.pictures.film_strip import FilmStrip
from tests.ui.plane.conftest import CORNERS

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
LEFT = Qt.MouseButton.LeftButton
NEED_A_FILM = ("pathPlayButton", "pathStopButton", "pathLoopButton", "pathExportButton")


@pytest.fixture
def strip(plane_area: PlaneArea) -> PathStrip:
    return plane_area.findChild(PathStrip)


@pytest.fixture
def filmed(filmed: PlaneArea) -> PathStrip:
    """The strip over a path of three corners, with its film and its survey."""
    return filmed.findChild(PathStrip)


def button(strip: PathStrip, name: str) -> QToolButton:
    found: QToolButton = strip.findChild(QToolButton, name)
    return found


def kinds(strip: PathStrip) -> list[str]:
    box = strip.findChild(QComboBox, "pathKind")
    return [box.itemData(i) for i in range(box.count())]


def test_it_is_there_with_a_path_or_with_its_tool_on_a_model(
    strip: PathStrip, state: State
) -> None:
    assert strip.isHidden()
    state.update(tool="path")
    assert not strip.isHidden()
    state.update(tool="probe")
    assert strip.isHidden()
    state.update(path=LatentPath(CORNERS.copy()))
    assert not strip.isHidden()
    QTest.mouseClick(button(strip, "pathClearButton"), LEFT)
    assert state.now.path is None and strip.isHidden()
    state.update(tool="path")
    state.update(model=None, codes=None)
    assert strip.isHidden()


def test_what_needs_a_path_or_a_film_says_so_until_it_is_there(
    strip: PathStrip, state: State, qtbot: Any, jobs: Jobs
) -> None:
    state.update(tool="path")
    for name in NEED_A_FILM:
        assert not button(strip, name).isEnabled() and NO_FILM in button(strip, name).toolTip()
    clear, kind = button(strip, "pathClearButton"), strip.findChild(QComboBox, "pathKind")
    assert not clear.isEnabled() and NO_PATH in clear.toolTip() and not kind.isEnabled()
    state.update(path=LatentPath(CORNERS.copy()))
    assert clear.isEnabled() and kind.isEnabled()
    qtbot.waitUntil(lambda: state.now.path_pictures is not None and not jobs.busy)
    for name in NEED_A_FILM:
        assert button(strip, name).isEnabled() and NO_FILM not in button(strip, name).toolTip()


def test_the_kinds_are_those_that_may_join_the_points(filmed: PathStrip, state: State) -> None:
    three = ["straight", "spherical", "neighbours"]
    box = filmed.findChild(QComboBox, "pathKind")
    assert kinds(filmed) == three and box.currentData() == "straight"
    state.update(path=LatentPath(CORNERS.copy(), "spherical"))
    assert kinds(filmed) == three and box.currentText() == "Spherical"
    assert joins["spherical"].tip in box.toolTip()
    state.update(path=LatentPath(CORNERS.copy(), "drawn"))
    assert kinds(filmed) == ["drawn"] and box.currentData() == "drawn"
    state.update(path=None)
    assert kinds(filmed) == three and box.currentData() == "straight"


def test_the_kind_that_it_is_already_changes_nothing(filmed: PathStrip, state: State) -> None:
    path, box = state.now.path, filmed.findChild(QComboBox, "pathKind")
    box.activated.emit(box.findData("straight"))
    assert state.now.path is path and state.now.path_pictures is not None


def test_clearing_is_one_step_that_undo_takes_back(filmed: PathStrip, state: State) -> None:
    QTest.mouseClick(button(filmed, "pathClearButton"), LEFT)
    assert state.now.path is None and state.now.path_pictures is None
    assert state.undo() and state.now.path is not None
    np.testing.assert_array_equal(state.now.path.points, CORNERS)


def test_folding_hides_the_pictures_alone(filmed: PathStrip) -> None:
    film = filmed.findChild(FilmStrip)
    QTest.mouseClick(button(filmed, "pathFoldButton"), LEFT)
    assert film.isHidden() and not filmed.isHidden()
    QTest.mouseClick(button(filmed, "pathFoldButton"), LEFT)
    assert not film.isHidden()


def test_playing_is_a_button_that_says_what_it_does(filmed: PathStrip) -> None:
    play = button(filmed, "pathPlayButton")
    QTest.mouseClick(play, LEFT)
    assert filmed.player.playing and play.toolTip() == "Stay here"
    QTest.mouseClick(play, LEFT)
    assert not filmed.player.playing and play.toolTip().startswith("Travel along")


def test_pressing_the_film_holds_what_travels(filmed: PathStrip) -> None:
    film = filmed.findChild(FilmStrip)
    filmed.player.play()
    QTest.mouseClick(film, LEFT, pos=QPoint(round(film.x_of(0.5)), 20))
    assert not filmed.player.playing


def test_one_point_asks_for_the_next(strip: PathStrip, state: State) -> None:
    state.update(tool="path")
    empty = strip.findChild(FilmStrip)
    assert "draw" in empty._empty_text
    state.update(path=LatentPath(CORNERS[:1].copy()))
    assert empty._empty_text == "Click where the path goes next"


def test_what_is_off_the_data_is_warned_of_and_marked_where_it_lies(
    filmed: PathStrip, state: State, qtbot: Any, jobs: Jobs
) -> None:
    film = filmed.findChild(FilmStrip)
    assert filmed._off.text() == "all of it near data" and filmed._off.property("role") == "quiet"
    assert not film._off.any() and len(film._off) == len(state.now.path_pictures.z)
    state.update(path=LatentPath(np.array([[1, 1, 0], [30, 1, 0]], np.float32)))
    assert filmed._off.text() == "" and not film._off.any(), "nothing of the path before"
    qtbot.waitUntil(lambda: state.now.survey is not None and not jobs.busy)
    share = state.now.survey.ground.share
    assert filmed._off.text() == f"{share:.0%} off the data"
    assert filmed._off.property("role") == "warn"
    assert not film._off[0] and film._off[-1]
    assert film._off.mean() == pytest.approx(share, abs=1 / len(film._off))


def test_what_is_said_stands_in_the_strip_and_over_nothing(filmed: PathStrip) -> None:
    for width in (260, 600):
        filmed.window().resize(width, 600)
        QApplication.processEvents()
        shown = [w for w in filmed.findChildren(QWidget, options=DIRECT) if w.isVisible()]
        for i, one in enumerate(shown):
            assert filmed.rect().contains(one.geometry()), one
            assert not any(one.geometry().intersects(other.geometry()) for other in shown[:i])
    texts = [w.text() for w in shown if isinstance(w, QLabel)]
    assert any("in z" in text for text in texts) and "all of it near data" in texts


def test_the_length_is_said_in_z_and_as_soon_as_it_is_known_in_pictures() -> None:
    film, survey = SimpleNamespace(length=4.0), SimpleNamespace(image_length=12.34)
    lengths: Any = path_strip._lengths
    assert lengths(None, None) == lengths(None, survey) == ("",)
    assert lengths(film, None) == ("length 4.00 in z", "4.00 in z")
    assert lengths(film, survey) == (
        "length 4.00 in z, 12.3 in pictures",
        "4.00 in z, 12.3 in pictures",
        "4.00 in z",
    )


def test_the_menu_of_the_film_is_about_the_picture_there(
    filmed: PathStrip, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(path_strip, "popup", lambda *given: shown.append(given[2]))
    film, images = filmed.findChild(FilmStrip), state.now.path_pictures.images
    filmed.player.play()
    filmed._on_strip_menu_requested(QPoint(film.width() - 1, 20))
    (place, every) = shown[0]
    assert place.head == f"Picture {len(images)} of {len(images)}" and every.entries
    place.entries[0].act()
    assert state.now.path_at == 1.0 and not filmed.player.playing
    np.testing.assert_allclose(state.now.z, CORNERS[-1], atol=1e-6)
    assert state.undo() and state.now.z.tolist() != CORNERS[-1].tolist()
    state.update(path=replace(state.now.path, points=CORNERS[:1].copy()))
    filmed._on_strip_menu_requested(QPoint(5, 5))
    assert len(shown) == 1, "no menu about a film that is not there"


def test_every_button_has_its_picture_from_the_start(strip: PathStrip) -> None:
    for name in NEED_A_FILM:
        assert not button(strip, name).icon().isNull(), name


def test_the_film_says_how_long_the_path_is(filmed: PathStrip, state: State) -> None:
    film = state.now.path_pictures
    assert film.length == pytest.approx(4)
    np.testing.assert_allclose(film.z[[0, -1]], CORNERS[[0, -1]], atol=1e-6)
    texts = " ".join(label.text() for label in filmed.findChildren(QLabel))
    assert "4.00 in z" in texts and "data" in texts


def test_dragging_over_the_film_moves_z_along_the_path(
    plane_area: PlaneArea, filmed: PathStrip, state: State
) -> None:
    film = filmed.findChild(FilmStrip)
    middle, end = QPoint(round(film.x_of(0.5)), 20), QPoint(film.width() - 1, 20)
    QTest.mousePress(film, LEFT, pos=middle)
    np.testing.assert_allclose(state.now.z, CORNERS[1], atol=0.03)
    assert plane_area.plane.dot_at == pytest.approx((1, -1), abs=0.03)
    QTest.mouseMove(film, end)
    QTest.mouseRelease(film, LEFT, pos=end)
    assert state.now.path_at == 1.0
    np.testing.assert_allclose(state.now.z, CORNERS[2], atol=1e-6)
    assert state.undo() and state.now.z.tolist() == [0, 0, 0]


def test_playing_travels_to_the_end_and_stops(
    filmed: PathStrip, state: State, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.ui.plane.path.player.SECONDS", 0.2)
    QTest.mouseClick(filmed.findChild(QToolButton, "pathPlayButton"), LEFT)
    assert filmed.player.playing
    qtbot.waitUntil(lambda: not filmed.player.playing)
    assert state.now.path_at == 1.0
    np.testing.assert_allclose(state.now.z, CORNERS[2], atol=1e-6)


def test_a_loop_goes_on_until_stop(
    filmed: PathStrip, state: State, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.ui.plane.path.player.SECONDS", 0.1)
    QTest.mouseClick(filmed.findChild(QToolButton, "pathLoopButton"), LEFT)
    QTest.mouseClick(filmed.findChild(QToolButton, "pathPlayButton"), LEFT)
    rest(300)
    assert filmed.player.playing
    QTest.mouseClick(filmed.findChild(QToolButton, "pathStopButton"), LEFT)
    assert not filmed.player.playing and state.now.path_at == 0.0
    np.testing.assert_allclose(state.now.z, CORNERS[0], atol=1e-6)


def test_another_kind_joins_the_same_points_and_can_be_undone(
    filmed: PathStrip, state: State, qtbot: Any, jobs: Jobs
) -> None:
    kinds = filmed.findChild(QComboBox, "pathKind")
    for kind in ("spherical", "neighbours"):
        kinds.setCurrentIndex(kinds.findData(kind))
        kinds.activated.emit(kinds.currentIndex())
        assert state.now.path.kind == kind and state.now.path_pictures is None
        qtbot.waitUntil(lambda: state.now.path_pictures is not None)
    assert state.undo() and state.now.path.kind == "spherical"
    np.testing.assert_array_equal(state.now.path.points, CORNERS)
    qtbot.waitUntil(lambda: not jobs.busy)


def test_the_path_is_exported(
    filmed: PathStrip, state: State, qtbot: Any, jobs: Jobs, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked = []

    def name(*given: Any) -> tuple[str, str]:
        asked.extend(given[3].split(";;"))
        return str(tmp_path / "way.gif"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    filmed.findChild(QToolButton, "pathExportButton").click()
    qtbot.waitUntil(lambda: state.now.message is not None and not jobs.busy)
    assert state.now.message.text == f"Exported to {tmp_path / 'way.gif'}"
    assert {text[:3] for text in asked} >= {"PNG", "GIF", "CSV"}


@pytest.mark.parametrize("share", [0.0, 0.3, 0.55, 1.0])
def test_the_menu_goes_to_the_picture_under_the_pointer(
    filmed: PathStrip, state: State, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(path_strip, "popup", lambda *given: shown.append(given[2]))
    film, count = filmed.findChild(FilmStrip), len(state.now.path_pictures.images)
    at = QPoint(round(film.x_of(share)), 20)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, film.mapToGlobal(at))
    QApplication.sendEvent(film, asked)
    i = round(share * (count - 1))
    assert shown[0][0].head == f"Picture {i + 1} of {count}"
    shown[0][0].entries[0].act()
    assert state.now.path_at == pytest.approx(i / (count - 1))


def test_the_film_shows_the_share_and_the_look_of_the_state(
    filmed: PathStrip, state: State
) -> None:
    film = filmed.findChild(FilmStrip)
    state.update(path_at=0.25)
    assert film._share == 0.25
    for smooth in (True, False):
        state.update(smooth=smooth)
        assert film._smooth == smooth


def test_pictures_on_buttons_go_with_the_theme(light: None, filmed: PathStrip, qapp: Any) -> None:
    one, seen = button(filmed, "pathClearButton"), []
    for tokens in (theme.DARK, theme.LIGHT):
        theme.apply(qapp, tokens.name)
        seen.append(one.icon().pixmap(16).toImage())
    assert seen[0] != seen[1]


def test_a_strip_that_was_away_comes_back_in_the_theme_of_now(
    light: None, strip: PathStrip, state: State, qapp: Any
) -> None:
    assert strip.isHidden()
    theme.apply(qapp, theme.DARK.name)
    state.update(tool="path")
    assert strip.isVisible()
    seen = button(strip, "pathFoldButton").icon().pixmap(16).toImage()
    assert seen == icons.icon("fold", theme.DARK).pixmap(16).toImage()
    assert seen != icons.icon("fold", theme.LIGHT).pixmap(16).toImage()


def test_the_codes_of_the_film_are_taken_along_below_their_names(
    filmed: PathStrip, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Any] = []
    monkeypatch.setattr(path_strip, "popup", lambda *_: None)
    monkeypatch.setattr(path_strip, "plot_entries", lambda *given: taken.append(given[3]) or [])
    filmed._on_strip_menu_requested(QPoint(5, 5))
    names, *rows = taken[0]
    assert names == ["z1", "z2", "z3"]
    np.testing.assert_allclose(np.array(rows, float), state.now.path_pictures.z, atol=1e-5)
