"""Drives the real window through the main job with real events; a picture after each step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.data import opening
from explorer.errors import ExplorerError
from explorer.task import NO_TASK, Task
from explorer.ui.synthetic_input import LEFT, NONE, bring_to_front, click, drag, drop, find, rest
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane
from explorer.ui.window import MainWindow, open_window

PATIENCE = 900  # seconds for a step: a busy machine may take its time, a fault must end

ROUND = [(0.0, 0.0), (-2.5, 1.0), (0.5, 2.5), (3.0, -0.2)]  # through four classes
FILM_WIDTH, FRAME_MS, COLOURS = 720, 100, 224


class Tour:
    """One walk: ``steps`` in order, each a sentence and what the user does."""

    def __init__(
        self, out: Path, task: Task = NO_TASK, *, size: tuple[int, int] = (1280, 800),
        epochs: int = 6,
    ) -> None:  # fmt: skip
        self.out, self.task, self.size, self.epochs = out, task, size, epochs
        self.pictures: list[Path] = []

    def walk(self) -> list[Path]:
        """Take every step; returns the pictures. Raises ExplorerError if a step gets nowhere."""
        self.out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory() as scratch, self._window(Path(scratch)) as window:
            steps = list(self._steps(window, Path(scratch)))
            for i, (name, act) in enumerate(steps):
                self.task.check()
                self.task.progress(i / len(steps), name)
                act()
                self._shoot(window, f"{i + 1:02d}-{name.replace(' ', '-')}")
        self.task.progress(1.0, "done")
        return self.pictures

    def _steps(self, window: MainWindow, scratch: Path) -> Iterator[tuple[str, Callable[[], None]]]:
        plane = find(window, ScatterPlane, "plane")
        pca = find(window, ScatterPlane, "pcaPlane")
        yield "open", lambda: self._wait(window, "the first picture", lambda: _alive(window))
        yield "drag on the plane", lambda: self._drag(window, plane)
        yield "follow the pointer", lambda: self._follow(window, plane)
        yield "select a sample", lambda: self._select(window, plane)
        yield "drag in the pca plane", lambda: self._drag_pca(window, pca)
        yield "compare", lambda: click(window, "workspaceCompare")
        yield "explore again", lambda: click(window, "workspaceExplore")
        yield "walk a path", lambda: self._walk_a_path(window, plane)
        yield "read the formula", lambda: self._read(window)
        yield "measure the evidence", lambda: self._measure(window)
        yield "draw new samples", lambda: self._draw(window)
        yield "train", lambda: self._train(window, self.epochs)
        yield (
            "undo",
            lambda: QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        )
        yield "drop a folder", lambda: self._drop(window, scratch)
        yield "train on own pictures", lambda: self._train(window, 0)
        yield "save", lambda: self._save(window, scratch / "my-model")
        yield "bad input", lambda: self._drop_nonsense(window, scratch)
        yield "reopen", lambda: self._reopen(window, scratch / "my-model")
        yield "dark", lambda: window.appearance.set_theme("dark")

    # -- mouse and keys ---------------------------------------------------------------------

    def _drag(self, window: MainWindow, plane: ScatterPlane) -> None:
        """Filmed: a moving picture says more than all that follow."""
        frames: list[Image.Image] = []
        drag(plane, ROUND, lambda: frames.append(_frame(window)))
        first, *others = frames
        first.save(
            self.out / "drag.gif", save_all=True, append_images=others, duration=FRAME_MS, loop=0
        )

    def _follow(self, window: MainWindow, plane: ScatterPlane) -> None:
        QTest.keyClick(window, Qt.Key.Key_H)
        for step in np.linspace(0, 1, 12):
            QTest.mouseMove(plane.viewport(), plane.pixel_at((-1.5 + step, 1 - step)))
            rest(16)
        self._settle(window)

    def _select(self, window: MainWindow, plane: ScatterPlane) -> None:
        QTest.keyClick(window, Qt.Key.Key_H)
        codes = window.state.now.codes
        assert codes is not None
        row = int(np.argmin(np.square(codes.mean[:, :2] - (-1.0, 0.5)).sum(axis=1)))
        pixel = plane.pixel_at((codes.mean[row, 0], codes.mean[row, 1]))
        QTest.mouseMove(plane.viewport(), pixel)
        rest(250)
        QTest.mouseClick(plane.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, pixel)
        self._wait(window, "the comparison", lambda: window.state.now.comparison is not None)

    def _drag_pca(self, window: MainWindow, pca: ScatterPlane) -> None:
        self._wait(window, "PCA", lambda: window.state.now.pca is not None)
        drag(pca, [(0, 0), (1.5, 1.0), (3.0, 2.0)])
        self._wait(window, "PCA's picture", lambda: window.state.now.pca_decoded is not None)

    def _walk_a_path(self, window: MainWindow, plane: ScatterPlane) -> None:
        QTest.keyClick(window, Qt.Key.Key_T)
        for point in ((-1.5, 0.5), (0.5, 1.5), (1.5, -1.0)):
            QTest.mouseClick(plane.viewport(), LEFT, NONE, plane.pixel_at(point))
            rest(400)  # two clicks in a hurry are a double click
        QTest.keyClick(plane, Qt.Key.Key_Return)
        self._wait(window, "the path's film", lambda: window.state.now.path_pictures is not None)
        self._wait(window, "its lengths", lambda: window.state.now.survey is not None)

    def _read(self, window: MainWindow) -> None:
        QTest.keyClick(window, Qt.Key.Key_Escape)
        QTest.keyClick(window, Qt.Key.Key_P)
        bring_to_front(window, "Formula")

    def _measure(self, window: MainWindow) -> None:
        bring_to_front(window, "Probe")
        click(window, "workspaceMeasure")
        click(window, "measureButton")
        rest(100)
        self._wait(window, "the evidence", lambda: not window.jobs.busy)

    def _draw(self, window: MainWindow) -> None:
        bring_to_front(window, "Generate")
        click(window, "drawButton")
        rest(200)

    def _train(self, window: MainWindow, epochs: int) -> None:
        click(window, "workspaceTrain")
        if epochs:
            training = replace(window.state.now.training_config, epochs=epochs)
            window.session.configure(training=training)
        click(window, "trainButton")
        self._wait(window, "training", lambda: bool(window.state.now.moments))
        self._wait(window, "the end of training", lambda: _idle(window))

    def _drop(self, window: MainWindow, scratch: Path) -> None:
        click(window, "workspaceExplore")
        folder = _own_pictures(scratch / "my pictures")
        drop(window, folder)
        self._wait(window, "the folder", lambda: _data_name(window) == folder.name)
        self._wait(window, "its PCA", lambda: window.state.now.pca is not None)

    def _drop_nonsense(self, window: MainWindow, scratch: Path) -> None:
        path = scratch / "notes.txt"
        path.write_text("These are notes, not data.", encoding="utf-8")
        before = window.state.now.dataset
        drop(window, path)
        self._wait(window, "a message", lambda: _tone(window) == "bad")
        if window.state.now.dataset is not before:
            raise ExplorerError("bad input changed the data shown")

    def _save(self, window: MainWindow, folder: Path) -> None:
        window.session.save(folder)
        self._wait(window, "saving", lambda: (folder / "model.json").is_file() and _idle(window))

    def _reopen(self, window: MainWindow, folder: Path) -> None:
        click(window, "workspaceExplore")  # in sight of PCA's plane, whose picture is waited for
        model = window.state.now.model
        window.open(str(folder))
        self._wait(window, "the saved model", lambda: window.state.now.model is not model)
        self._wait(window, "its picture", lambda: _alive(window))

    # -- waiting and seeing -----------------------------------------------------------------

    def _settle(self, window: MainWindow) -> None:
        self._wait(window, "rest", lambda: not window.jobs.busy)
        rest(50)

    def _wait(self, window: MainWindow, what: str, condition: Callable[[], bool]) -> None:
        """Until it is so; a fault that the window tells of meanwhile ends it at once."""
        end, before = time.monotonic() + PATIENCE, window.state.now.message
        while not condition():
            message = window.state.now.message
            if time.monotonic() > end or (message is not before and _tone(window) == "bad"):
                raise ExplorerError(
                    f"the tour waited for {what} in vain",
                    details="" if message is None else message.text,
                )
            self.task.check()
            rest(10)

    def _shoot(self, window: MainWindow, name: str) -> None:
        self._settle(window)
        path = self.out / f"{name}.png"
        if not window.grab().save(str(path)):
            raise ExplorerError("the picture could not be written", where=path)
        self.pictures.append(path)

    @contextmanager
    def _window(self, scratch: Path) -> Iterator[MainWindow]:
        window = open_window(settings_dir=scratch / "settings")
        window.appearance.set_theme("light")
        window.resize(*self.size)
        try:
            yield window
        finally:
            window.close()
            window.deleteLater()
            QApplication.processEvents()


def _frame(window: MainWindow) -> Image.Image:
    """The window now, small and in few colours."""
    shown = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), -1)
    pixels = rows[:, : 3 * shown.width()].reshape(shown.height(), shown.width(), 3)
    height = round(FILM_WIDTH * shown.height() / shown.width())
    small = Image.fromarray(pixels).resize((FILM_WIDTH, height), Image.Resampling.LANCZOS)
    return small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def _own_pictures(folder: Path) -> Path:
    """A folder as a user would have it: PNG files, a sub-folder for each label."""
    emoji = opening.open_dataset("emoji")
    assert emoji.labels is not None
    for label in (0, 2, 3):
        target = folder / emoji.classes[label].replace(" & ", " and ").lower()
        target.mkdir(parents=True)
        for i in np.flatnonzero(emoji.labels == label)[:120]:
            Image.fromarray(emoji.x[i]).save(target / f"{i:04d}.png")
    return folder


def _alive(window: MainWindow) -> bool:
    now = window.state.now
    return now.decoded is not None and now.codes is not None and now.pca_decoded is not None


def _idle(window: MainWindow) -> bool:
    return window.state.now.training == "idle" and not window.jobs.busy


def _data_name(window: MainWindow) -> str:
    data = window.state.now.dataset
    return "" if data is None else data.name


def _tone(window: MainWindow) -> str:
    message = window.state.now.message
    return "" if message is None else message.tone
