"""The tour's own machinery: steps, waiting, pictures. Its whole way is walked in tests/journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication

from explorer.app.parts.values import Message
from explorer.data import opening
from explorer.errors import Cancelled, ExplorerError
from explorer.task import Task
from explorer.ui import tour
from explorer.ui.themes import theme
from explorer.ui.tour import Tour
from explorer.ui.window import MainWindow
from tests.fakes import toy_dataset
from tests.ui.desk import Desk
from tests.ui.standing import Standing, standing

Steps = list[tuple[str, Callable[[], None]]]
BAD = Message("It is broken", "bad")


@pytest.fixture(scope="module")
def opened(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """The window of all the tests below."""
    with standing(tmp_path_factory.mktemp("settings")) as made:
        yield made


@pytest.fixture
def window(opened: Standing) -> MainWindow:
    """Where nothing is open."""
    return opened.begin()


class Short(Tour):
    """A tour of other steps through a window that is there."""

    window: MainWindow
    steps: Steps

    def _steps(self, window: MainWindow, scratch: Path) -> Iterator[tuple[str, Callable[[], None]]]:
        assert window is self.window and scratch.is_dir()
        yield from self.steps

    @contextmanager
    def _window(self, scratch: Path) -> Iterator[MainWindow]:
        yield self.window


def short(window: MainWindow, out: Path, steps: Steps, task: Task | None = None) -> Short:
    made = Short(out, task or Task())
    made.window, made.steps = window, steps
    return made


def test_each_step_is_taken_and_then_seen(window: MainWindow, tmp_path: Path) -> None:
    told: list[tuple[float | None, str]] = []
    task = Task(lambda *given: told.append(given), interval=0.0)
    taken: list[int] = []
    out = tmp_path / "new" / "folder"
    steps: Steps = [
        ("look at it", lambda: taken.append(len(list(out.glob("*.png"))))),
        ("dark", lambda: taken.append(len(list(out.glob("*.png"))))),
    ]
    pictures = short(window, out, steps, task).walk()
    assert taken == [0, 1]
    assert pictures == [out / "01-look-at-it.png", out / "02-dark.png"]
    assert told == [(0.0, "look at it"), (0.5, "dark"), (1.0, "done")]
    for path in pictures:
        with Image.open(path) as picture:
            assert picture.size == window.size().toTuple()


def test_a_tour_that_is_stopped_goes_no_farther(window: MainWindow, tmp_path: Path) -> None:
    task, taken = Task(), list[str]()
    steps: Steps = [("one", task.cancel), ("two", lambda: taken.append("two"))]
    with pytest.raises(Cancelled):
        short(window, tmp_path, steps, task).walk()
    assert taken == [] and [path.name for path in tmp_path.glob("*.png")] == ["01-one.png"]


def test_a_picture_that_cannot_be_written_is_said(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "01-one.png").mkdir()
    with pytest.raises(ExplorerError, match="could not be written") as told:
        short(window, tmp_path, [("one", lambda: None)]).walk()
    assert told.value.where == str(tmp_path / "01-one.png")


class Broken(Tour):
    """Its first step fails."""

    def _steps(self, window: MainWindow, scratch: Path) -> Iterator[tuple[str, Callable[[], None]]]:
        assert window.isVisible() and window.size() == QSize(1100, 740)
        assert theme.tokens_of(window) is theme.LIGHT
        assert window._settings.fileName().startswith(str(scratch))
        yield "fail", lambda: 1 // 0


def test_it_walks_in_a_light_window_of_its_size_and_closes_it(qapp: Any, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        Broken(tmp_path, size=(1100, 740)).walk()
    windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    assert not any(w.isVisible() for w in windows if w.size() == QSize(1100, 740))


def test_it_waits_until_it_is_so(window: MainWindow, tmp_path: Path) -> None:
    looks: list[int] = []
    Tour(tmp_path)._wait(window, "a picture", lambda: len(looks) > 3 or looks.append(1) is not None)
    assert len(looks) == 4


def test_it_does_not_wait_for_ever(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tour, "PATIENCE", 0)
    with pytest.raises(ExplorerError, match="the tour waited for a picture in vain"):
        Tour(tmp_path)._wait(window, "a picture", lambda: False)


def test_a_fault_ends_the_wait_and_says_what_it_was(window: MainWindow, tmp_path: Path) -> None:
    QTimer.singleShot(0, window, lambda: window.state.update(message=BAD))
    with pytest.raises(ExplorerError) as told:
        Tour(tmp_path)._wait(window, "a picture", lambda: False)
    assert told.value.details == BAD.text


@pytest.mark.parametrize("later", [Message("Well done", "done"), Message("Mind", "warn"), None])
def test_what_was_said_before_or_is_no_fault_ends_no_wait(
    window: MainWindow, tmp_path: Path, later: Message | None
) -> None:
    looks: list[int] = []
    if later is None:
        window.state.update(message=BAD)
    else:
        QTimer.singleShot(0, window, lambda: window.state.update(message=later))
    Tour(tmp_path)._wait(window, "a picture", lambda: len(looks) > 3 or looks.append(1) is not None)


def test_who_stops_it_does_not_wait(window: MainWindow, tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        Tour(tmp_path, task)._wait(window, "a picture", lambda: False)


def test_a_frame_is_small_in_few_colours_and_looks_like_the_window(window: MainWindow) -> None:
    window.resize(1200, 800)
    frame = tour._frame(window)
    assert frame.size == (720, 480) and frame.mode == "P"
    colours = frame.convert("RGB").getcolors(1 << 24)
    assert colours is not None and len(colours) <= tour.COLOURS
    shot = window.grab().toImage()
    seen = np.asarray(frame.convert("RGB")).astype(int)
    scale = 1200 / tour.FILM_WIDTH
    for x, y in ((10, 10), (400, 300), (600, 450)):
        there = shot.pixelColor(round(x * scale), round(y * scale))
        near = seen[y - 2 : y + 3, x - 2 : x + 3].reshape(-1, 3)
        away = np.abs(near - (there.red(), there.green(), there.blue())).max(axis=1).min()
        assert away < 30, (x, y)


def test_own_pictures_are_a_folder_for_each_label(tmp_path: Path) -> None:
    folder, emoji = tour._own_pictures(tmp_path / "mine"), opening.open_dataset("emoji")
    assert emoji.labels is not None
    names = {emoji.classes[i].replace(" & ", " and ").lower() for i in (0, 2, 3)}
    assert {path.name for path in folder.iterdir()} == names
    found = sorted(folder.rglob("*.png"))
    counts = [int((emoji.labels == i).sum()) for i in (0, 2, 3)]
    assert len(found) == sum(min(120, count) for count in counts)
    with Image.open(found[0]) as picture:
        assert np.array_equal(np.asarray(picture), emoji.x[int(found[0].stem)])


def test_nonsense_is_refused_and_the_data_stays(window: MainWindow, tmp_path: Path) -> None:
    window.state.update(dataset=toy_dataset())
    Tour(tmp_path)._drop_nonsense(window, tmp_path)
    message = window.state.now.message
    assert message is not None and message.tone == "bad" and "notes.txt" in str(vars(message))


def test_data_that_nonsense_changes_ends_the_tour(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_given: object) -> None:
        window.state.update(dataset=toy_dataset(), message=BAD)

    monkeypatch.setattr(tour, "drop", taken)
    with pytest.raises(ExplorerError, match="bad input changed the data shown"):
        Tour(tmp_path)._drop_nonsense(window, tmp_path)


def test_it_knows_what_is_alive_and_what_is_idle(window: MainWindow, qtbot: Any) -> None:
    assert not tour._alive(window) and tour._data_name(window) == tour._tone(window) == ""
    Desk(window, qtbot).begin()
    qtbot.waitUntil(lambda: window.state.now.pca_decoded is not None)
    qtbot.waitUntil(lambda: tour._idle(window))
    assert tour._alive(window) and tour._data_name(window) == toy_dataset().name
    now = window.state.now
    for field in ("decoded", "codes", "pca_decoded"):
        window.state.update(**{field: None})
        assert not tour._alive(window)
        window.state.update(**{field: getattr(now, field)})
    window.state.update(training="running")
    assert not tour._idle(window)
    window.state.update(training="idle", message=replace(BAD, tone="warn"))
    assert tour._tone(window) == "warn"
