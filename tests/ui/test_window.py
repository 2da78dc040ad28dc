"""The window itself: what it remembers, what it follows, what it refuses."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDockWidget,
    QFileDialog,
    QProgressBar,
    QTabBar,
    QWidget,
)

from explorer.app.state import Message
from explorer.ui import synthetic_input
from explorer.ui.docks.arrangement import AREAS
from explorer.ui.menus.picture_menus import sections_of
from explorer.ui.panels import ScrollablePanel
from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.picture_view import PictureView
from explorer.ui.window import MainWindow, open_window

NAMES = (
    "plane", "decodedView", "originalView", "reconstructionView", "pcaReconstructionView",
    "latentSlider0", "latentSlider1", "pcaPlane", "pcaDecodedView", "screePlot", "lossPlot",
    "timeline", "trainButton", "pauseButton", "stopButton", "progressBar", "cancelButton",
    "messageBar", "samplesView", "openButton",
)  # fmt: skip


@pytest.fixture
def empty(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    """A window in which nothing was opened."""
    made = MainWindow(tmp_path / "settings")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_the_contract_is_there_from_the_start(empty: MainWindow, name: str) -> None:
    assert synthetic_input.find(empty, QWidget, name)


def test_the_window_returns_at_once_and_has_no_torch_when_it_paints(tmp_path: Path) -> None:
    program = f"""
import sys
from PySide6.QtCore import QEvent, QObject
from explorer.ui.application import create_application
app = create_application(["x"])
from explorer.ui.window import open_window

class Watcher(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print("torch" in sys.modules, "sklearn" in sys.modules)
            app.exit(0)
            watched.removeEventFilter(self)
        return False

watcher = Watcher()
window = open_window(settings_dir={str(tmp_path)!r})
window.plane_area.plane.viewport().installEventFilter(watcher)
app.exec()
window.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split()) == (0, ["False", "False"]), done.stderr


def test_the_theme_is_remembered_and_colours_everything(
    empty: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    empty.appearance.set_theme("dark")
    assert theme.tokens_of(empty) is theme.DARK
    assert theme.tokens_of(empty.plane_area.plane) is theme.DARK
    empty.close()
    again = MainWindow(tmp_path / "settings")
    qtbot.addWidget(again)
    assert theme.tokens_of(again) is theme.DARK
    again.appearance.set_theme("light")
    assert theme.tokens_of(again) is theme.LIGHT
    again.close()


def test_the_layout_is_remembered_and_can_be_reset(
    empty: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    dock = next(d for d in empty.docks if d.objectName() == "samplesDock")
    dock.hide()
    empty.close()
    again = MainWindow(tmp_path / "settings")
    qtbot.addWidget(again)
    again.show()
    found = next(d for d in again.docks if d.objectName() == "samplesDock")
    assert found.isHidden()
    again.reset_layout()
    assert not found.isHidden()
    again.close()


def test_a_reset_after_a_restart_with_a_closed_dock_shows_every_row_of_tabs(
    empty: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    empty.state.update(workspace="measure")
    qtbot.waitUntil(lambda: _rows_of_tabs(empty) == {("Evidence", "Applications", "Generate")})
    _dock(empty, "evidence").close()
    qtbot.waitUntil(lambda: _rows_of_tabs(empty) == {("Applications", "Generate")})
    empty.close()
    again = MainWindow(tmp_path / "settings")
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    qtbot.waitUntil(lambda: _rows_of_tabs(again) == {("Applications", "Generate")})
    again.reset_layout()
    for _ in range(5):  # Qt shows them, and hides them when it next lays out
        QApplication.processEvents()
    assert _rows_of_tabs(again) == {("Evidence", "Applications", "Generate")}
    again.close()


def _rows_of_tabs(window: MainWindow) -> set[tuple[str, ...]]:
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    bars = [bar for bar in window.findChildren(QTabBar, options=direct) if bar.isVisible()]
    return {tuple(bar.tabText(i) for i in range(bar.count())) for bar in bars}


def _dock(window: MainWindow, name: str) -> QDockWidget:
    return next(d for d in window.docks if d.objectName() == f"{name}Dock")


@pytest.mark.parametrize("latent_dim", [2, 16])
def test_everything_fits_a_screen_of_1024_by_768(empty: MainWindow, latent_dim: int) -> None:
    config = replace(empty.state.now.model_config, latent_dim=latent_dim)
    empty.session.configure(model=config)
    empty.resize(1024, 720)
    QApplication.processEvents()
    assert empty.size().toTuple() == (1024, 720)
    big = synthetic_input.find(empty, QWidget, "decodedView")
    small = synthetic_input.find(empty, QWidget, "originalView")
    assert big.height() > small.minimumHeight() + 32
    for area in empty.findChildren(ScrollablePanel):
        if area.isVisible() and area.widget() and area.parent().x() >= 0:
            wanted, there = area.widget().minimumSizeHint(), area.viewport().size()
            assert wanted.expandedTo(there) == there or "training" in area.parent().objectName()


def test_a_small_window_comes_back_as_small_as_it_was(
    empty: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    empty.resize(1024, 720)
    empty.close()
    again = MainWindow(tmp_path / "settings")
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    assert again.height() == 720  # its width is cut to that of the screen that tests have
    again.close()


@pytest.mark.parametrize("own", [False, True])
def test_docks_give_way_to_one_another_in_a_smaller_window(empty: MainWindow, own: bool) -> None:
    empty.resize(1500, 900)
    empty.resizeDocks([_dock(empty, "pca")], [600], Qt.Orientation.Horizontal)
    empty.arrangement.own = own
    QApplication.processEvents()
    assert _dock(empty, "pca").width() > 500
    empty.resize(1024, 720)
    QApplication.processEvents()
    right, low = (_dock(empty, name).geometry() for name in ("pca", "training"))
    assert low.right() < right.left() and right.right() <= empty.width()


@pytest.mark.parametrize("text", ["", "not settings at all", "[General]\ngeometry=@Invalid()"])
def test_broken_settings_do_no_harm(qtbot: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "window.ini").write_text(text)
    made = MainWindow(tmp_path)
    qtbot.addWidget(made)
    made.show()
    assert made.docks
    made.close()


def test_dragging_and_training_before_anything_is_open_is_harmless(empty: MainWindow) -> None:
    synthetic_input.drag(empty.plane_area.plane, [(0.0, 0.0), (1.0, 1.0)])
    empty.session.train()
    assert empty.state.now.z is None and empty.state.now.training == "idle"
    assert "no data" in empty.state.now.message.text


def _export(window: MainWindow, view: PictureView, target: Path, qtbot: Any) -> Message:
    """Choose Export... in the view's menu, and name a file; what is said of it."""
    window.session.put_away()
    with patch.object(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), "")):
        (section,) = sections_of(view, window.session)
        next(entry for entry in section.entries if entry.text == "Export...").act()
    qtbot.waitUntil(lambda: window.state.now.message is not None)
    return window.state.now.message


def test_a_picture_that_is_exported_or_not_is_told(
    empty: MainWindow, tmp_path: Path, qtbot: Any
) -> None:
    view = synthetic_input.find(empty, PictureView, "decodedView")
    view.set_picture(np.zeros((4, 4, 1), np.uint8))
    said = _export(empty, view, tmp_path / "a.png", qtbot)
    assert said.text == f"Exported to {tmp_path / 'a.png'}" and (tmp_path / "a.png").exists()
    said = _export(empty, view, tmp_path / "nowhere" / "a.png", qtbot)
    assert said.tone == "bad" and "nowhere" in said.text


@pytest.mark.parametrize("name", ["nowhere/a.png", "a\0b.png", "n" * 300 + ".png", "folder.png"])
def test_every_picture_that_cannot_be_exported_says_so(
    empty: MainWindow, tmp_path: Path, name: str, qtbot: Any
) -> None:
    (tmp_path / "folder.png").mkdir()
    views = empty.findChildren(PictureView)
    assert len(views) > 10
    for view in views:
        view.set_picture(np.zeros((4, 4, 1), np.uint8))
        said = _export(empty, view, tmp_path / name, qtbot)
        assert said.tone == "bad" and "choose a" in said.text
        assert str(tmp_path / name)[:60] in said.text
        view.set_picture(None)
        assert view.thing() is None


def test_undo_with_no_past_says_so(empty: MainWindow) -> None:
    empty.session.undo()
    assert empty.state.now.message.text == "Nothing to undo"


def test_what_is_not_a_local_file_is_refused(empty: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/pictures.zip")])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    empty.dropEvent(event)
    assert "this machine" in empty.state.now.message.text


def test_long_work_shows_progress_and_cancel_is_answered_at_once(
    empty: MainWindow, qtbot: Any
) -> None:
    def work(task: Any) -> None:
        while True:
            task.check()
            task.progress(0.25, "counting sheep")

    empty.jobs.run("count", work, owner=empty)
    bar = synthetic_input.find(empty, QProgressBar, "progressBar")
    qtbot.waitUntil(lambda: bar.isVisible() and bar.value() > 0)
    synthetic_input.click(empty, "cancelButton")
    assert not synthetic_input.find(empty, QAbstractButton, "cancelButton").isEnabled()
    qtbot.waitUntil(lambda: not empty.jobs.busy)
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_opening_a_second_set_while_the_first_loads_shows_the_second(
    qtbot: Any, tmp_path: Path
) -> None:
    window = open_window("fashion", settings_dir=tmp_path)
    qtbot.addWidget(window)
    window.open("digits")
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert window.state.now.dataset.name == "digits"
    assert window.state.now.decoded.image.shape == (8, 8, 1)
    window.close()


SIZES = ((1024, 720), (1600, 900), (700, 500), (1280, 800))


@pytest.mark.parametrize("own", [False, True], ids=["first", "own"])
@pytest.mark.parametrize("seed", range(2))
def test_no_arrangement_of_docks_makes_qt_warn(
    empty: MainWindow, qtlog: Any, seed: int, own: bool
) -> None:
    chance = random.Random(seed)
    for dock in empty.docks:
        dock.setFloating(chance.random() < 0.2)
        if not dock.isFloating():
            empty.addDockWidget(chance.choice(list(AREAS.values())), dock)
        dock.setVisible(chance.random() < 0.8)
        empty.arrangement.own = own
        QApplication.processEvents()
    for size in SIZES:
        empty.resize(*size)
        QApplication.processEvents()
    assert not [record for record in qtlog.records if "resizeDocks" in record.message]
    empty.reset_layout()


def test_three_docks_on_the_right_share_its_height(empty: MainWindow) -> None:
    empty.resize(1600, 1300)
    empty.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, _dock(empty, "samples"))
    empty.arrangement.arrange()
    QApplication.processEvents()
    heights = [_dock(empty, name).height() for name in ("probe", "pca", "samples")]
    assert min(heights) > 250


def test_a_folded_legend_is_remembered(empty: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    assert not empty.plane_area.legend.folded
    empty.plane_area.legend.set_folded(True)
    empty.close()
    again = MainWindow(tmp_path / "settings")
    qtbot.addWidget(again)
    assert again.plane_area.legend.folded
    again.close()
