"""What holds of every workspace at every size, in both themes."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

from explorer.analysis.latent.paths import LatentPath
from explorer.app.state import FIELDS
from explorer.ui.keyboard.sight import regions
from explorer.ui.panels import panels
from explorer.ui.widgets.legend.hover_card import HoverCard
from explorer.ui.window import MainWindow
from explorer.ui.workspaces import in_order, places_in

SIZES = ((1024, 720), (1280, 800), (1920, 1080), (3840, 2160))
NAMES = ("explore", "compare", "train", "measure")


def _show(window: MainWindow, name: str, size: tuple[int, int] = (1280, 800)) -> None:
    window.resize(*size)
    window.state.update(workspace=name)
    for _ in range(6):
        QApplication.processEvents()


def _docks(window: MainWindow) -> list[QDockWidget]:
    """Those that are seen: Qt keeps a dock behind a tab beyond the edge."""
    return [d for d in window.docks if d.isVisible() and d.x() >= 0 and d.y() >= 0]


def _dock(window: MainWindow, name: str) -> QDockWidget:
    return next(d for d in window.docks if d.objectName() == f"{name}Dock")


def test_there_are_four() -> None:
    assert tuple(in_order()) == NAMES
    assert all(places_in(name) for name in NAMES)


def test_every_panel_belongs_somewhere() -> None:
    assert not [name for name in panels if not set(panels[name].places) & set(NAMES)]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=lambda s: "x".join(map(str, s)))
@pytest.mark.parametrize("name", NAMES)
def test_all_of_it_is_seen(
    window: MainWindow, name: str, size: tuple[int, int], theme: str, qtbot: Any
) -> None:
    window.appearance.set_theme(theme)
    _show(window, name, size)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert window.size().toTuple() == size
    parts = [part for part in regions(window) if not isinstance(part, QTabBar)]
    for part in parts:
        assert window.rect().contains(part.geometry()), part.objectName()
    for one, other in itertools.combinations(parts, 2):
        assert not one.geometry().intersects(other.geometry())
    assert not list(_clipped(window))
    _no_dead_half(window)


def _clipped(window: MainWindow) -> list[str]:
    """What is not seen whole: its text is longer than it, or it reaches beyond what it is in."""
    found = []
    for dock in _docks(window):
        area = dock.findChild(QScrollArea)
        within = QRect(area.viewport().mapTo(window, QPoint()), area.viewport().size())
        for part in area.widget().findChildren(QWidget):
            if not part.isVisible() or not isinstance(part, QAbstractButton | QComboBox | QLabel):
                continue
            text = getattr(part, "text", lambda: "")()
            if isinstance(part, QLabel) and not text:
                continue
            left = part.mapTo(window, QPoint()).x()
            over = left < within.left() or left + part.width() > within.right() + 1
            short = part.width() < part.minimumSizeHint().width()
            if over or short:
                found.append(f"{dock.objectName()} {part.objectName()} {text!r} {over} {short}")
    return found


def _no_dead_half(window: MainWindow) -> None:
    """Neither half of the window, and no third, is the bare ground."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.array(image.constBits()).reshape(image.height(), image.width(), 4)[:, :, :3]
    top, low = window.toolbar.height(), window.height() - window.statusBar().height()
    for columns in (*np.array_split(pixels[top:low], 3, axis=1),
                    *np.array_split(pixels[top:low], 2, axis=0)):  # fmt: skip
        drawn = _touched(columns)
        assert drawn > 0.05, f"{drawn:.2f} of it is used"


def _touched(pixels: np.ndarray) -> float:
    """The share of squares of a twelfth of its width in which anything at all is drawn."""
    side = max(1, pixels.shape[1] // 12)
    rows, columns = pixels.shape[0] // side, pixels.shape[1] // side
    squares = pixels[: rows * side, : columns * side].reshape(rows, side, columns, side, 3)
    return float((np.ptp(squares.astype(np.int16), axis=(1, 3)).max(axis=-1) > 12).mean())


@pytest.mark.parametrize("name", NAMES)
def test_a_path_has_room_in_a_small_window(window: MainWindow, name: str) -> None:
    z = window.state.now.z
    assert z is not None
    points = np.stack([z, z + 1]).astype(np.float32)
    window.state.update(path=LatentPath(points, "straight"))
    _show(window, name, (1024, 720))
    assert window.size().toTuple() == (1024, 720)


@pytest.mark.parametrize("key", range(1, 5))
def test_each_has_a_key_and_a_word(window: MainWindow, key: int) -> None:
    name = NAMES[key - 1]
    button = window.findChild(QToolButton, f"workspace{name.capitalize()}")
    _show(window, NAMES[key % 4])
    assert not button.isChecked()
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + key), Qt.KeyboardModifier.ControlModifier)
    assert window.state.now.workspace == name and button.isChecked()
    _show(window, NAMES[key % 4])
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.state.now.workspace == name and button.isChecked()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.state.now.workspace == name and button.isChecked()


def test_what_belongs_to_it_is_shown_and_nothing_else(window: MainWindow) -> None:
    for name in NAMES:
        _show(window, name)
        wanted = {n for n in places_in(name) if not panels[n].absence(window.state.now)}
        shown = {d.objectName().removesuffix("Dock") for d in window.docks if d.isVisible()}
        assert shown == wanted, name


def test_to_go_round_changes_nothing_and_leaves_nothing_behind(
    window: MainWindow, qtbot: Any
) -> None:
    for name in NAMES:  # every panel has been seen once
        _show(window, name)
    _show(window, "explore")
    qtbot.waitUntil(lambda: not window.jobs.busy)
    before, places = window.state.now, [d.geometry() for d in _docks(window)]
    children = _own(window)
    for name in (*NAMES[1:], "explore"):
        _show(window, name)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    now = window.state.now
    assert now.seen == before.seen  # which planes are on the screen
    kept = FIELDS - {"seen"}
    assert [f for f in kept if getattr(before, f) is not getattr(now, f)] == []
    assert [d.geometry() for d in _docks(window)] == places
    assert not _own(window) - children


def _own(window: MainWindow) -> Counter[str]:
    """Its widgets but those that Qt makes, and keeps, for docks: separators and rows of tabs."""
    every = [w for w in window.findChildren(QWidget) if not w.objectName().startswith("qt_")]
    ours = [w for w in every if not isinstance(w, QTabBar) and not isinstance(w.parent(), QTabBar)]
    return Counter(type(w).__name__ for w in ours)


def test_a_switch_is_no_step_of_undo(window: MainWindow) -> None:
    window.state.forget()
    _show(window, "compare")
    window.session.undo()
    assert window.state.now.workspace == "compare"


def test_no_card_of_a_sample_outlives_a_switch(window: MainWindow) -> None:
    card = window.findChildren(HoverCard)[0]
    card.show()
    _show(window, "compare")
    assert not card.isVisibleTo(window)


def test_an_unknown_one_is_the_first(window: MainWindow) -> None:
    _show(window, "nowhere")
    assert _dock(window, "samples").isVisible()


@pytest.mark.parametrize("name", NAMES)
def test_stop_is_always_in_reach(window: MainWindow, name: str) -> None:
    _show(window, name, (1024, 720))
    window.state.update(training="running")
    QApplication.processEvents()
    seen = [b for b in window.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
    stops = [b for b in seen if b.text() == "Stop"]
    window.state.update(training="idle")
    assert len(stops) == 1 and window.rect().contains(stops[0].mapTo(window, QPoint(8, 8)))


def test_each_is_remembered_by_itself_and_reset_by_itself(qtbot: Any, tmp_path: Any) -> None:
    made = _new(qtbot, tmp_path)
    _dock(made, "samples").close()
    _show(made, "compare")
    _dock(made, "probe").close()
    _show(made, "train")
    _dock(made, "curves").setFloating(True)
    made.close()
    again = _new(qtbot, tmp_path)
    assert again.state.now.workspace == "train" and _dock(again, "curves").isFloating()
    _show(again, "compare")
    assert _dock(again, "probe").isHidden()
    again.reset_layout()
    assert not _dock(again, "probe").isHidden()
    _show(again, "explore")
    assert _dock(again, "samples").isHidden() and not _dock(again, "probe").isHidden()
    again.close()


def test_a_panel_from_elsewhere_can_be_shown_and_stays(qtbot: Any, tmp_path: Any) -> None:
    made = _new(qtbot, tmp_path)
    dock = _dock(made, "evidence")
    assert dock.isHidden()
    dock.toggleViewAction().trigger()
    assert not dock.isHidden() and not dock.isFloating()
    _show(made, "compare")
    assert dock.isHidden()
    _show(made, "explore")
    assert not dock.isHidden()
    made.close()


def test_another_size_is_followed_by_those_that_were_left(qtbot: Any, tmp_path: Any) -> None:
    made = _new(qtbot, tmp_path)
    _show(made, "explore", (1280, 800))
    _show(made, "compare", (1920, 1080))
    _show(made, "explore", (1920, 1080))
    assert _dock(made, "probe").width() == pytest.approx(0.295 * 1920, abs=8)
    made.close()


def _new(qtbot: Any, folder: Any) -> MainWindow:
    made = MainWindow(folder)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_small_window_stays_as_small_when_each_is_shown_first(qtbot: Any, tmp_path: Any) -> None:
    made = _new(qtbot, tmp_path)
    for name in (*NAMES, *NAMES):
        _show(made, name, (1024, 720))
        assert made.size().toTuple() == (1024, 720), name
    made.close()
