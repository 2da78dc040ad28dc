"""Input as a person gives it: what a click, a drag, a drop and a rest do to a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QVBoxLayout, QWidget

from explorer.errors import ExplorerError
from explorer.ui.synthetic_input import bring_to_front, click, drag, drop, find, rest
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane


@pytest.fixture
def window(shown: Callable[..., Any]) -> QWidget:
    """A button, a label, and two bars of tabs, the second of which is hidden."""
    made = QWidget()
    column = QVBoxLayout(made)
    button, label = QPushButton("Go"), QLabel("Gone")
    button.setObjectName("go")
    label.setObjectName("label")
    bars = QTabBar(), QTabBar()
    for bar, titles in zip(bars, (("Probe", "Formula"), ("Hidden",)), strict=True):
        for title in titles:
            bar.addTab(title)
    for widget in (button, label, *bars):
        column.addWidget(widget)
    bars[1].hide()
    shown(made, 300, 200)
    return made


def test_a_widget_is_found_by_kind_and_name(window: QWidget) -> None:
    assert find(window, QPushButton, "go").text() == "Go"
    for kind, name in ((QLabel, "go"), (QPushButton, "went")):
        with pytest.raises(ExplorerError, match=f"the window has no {name}"):
            find(window, kind, name)


def test_a_click_presses_a_button_that_is_offered(window: QWidget) -> None:
    button, heard = find(window, QPushButton, "go"), list[int]()
    button.clicked.connect(lambda: heard.append(1))
    click(window, "go")
    assert len(heard) == 1
    button.setEnabled(False)
    click(window, "go")
    assert len(heard) == 1
    with pytest.raises(ExplorerError):
        click(window, "label")


def test_a_tab_comes_to_the_front(window: QWidget) -> None:
    bar = window.findChildren(QTabBar)[0]
    bring_to_front(window, "Formula")
    assert bar.currentIndex() == 1
    bring_to_front(window, "Probe")
    assert bar.currentIndex() == 0
    for title in ("Hidden", "Nothing"):
        with pytest.raises(ExplorerError, match=f"the window has no tab {title}"):
            bring_to_front(window, title)


def test_while_it_rests_the_window_lives(qapp: Any) -> None:
    rung: list[int] = []
    for ms in (0, 20):
        QTimer.singleShot(ms, lambda ms=ms: rung.append(ms))
    rest(60)
    assert rung == [0, 20]
    QTimer.singleShot(600_000, qapp, lambda: rung.append(1))
    rest(0)
    assert len(rung) == 2


@pytest.fixture
def plane(qtbot: Any) -> ScatterPlane:
    made = ScatterPlane()
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.set_points(np.array([[-2, -2], [2, 2]], np.float32))
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_drag_goes_through_all_points_in_a_dozen_moves_each(plane: ScatterPlane) -> None:
    events: list[tuple[str, tuple[float, float]]] = []
    for name in ("pressed", "dragged"):
        getattr(plane, name).connect(lambda *at, name=name: events.append((name, at)))
    plane.released.connect(lambda: events.append(("released", (0, 0))))
    places: list[int] = []
    drag(plane, [(-1, 0.5), (1, 0.5), (1, -1)], lambda: places.append(len(events)))
    names = [name for name, _ in events]
    assert names[0] == "pressed" and names[-1] == "released" and len(places) == 24
    assert set(names[1:-1]) == {"dragged"} and 20 <= len(names) - 2 <= 24
    way = np.array([at for _, at in events[:-1]])
    step = plane.getViewBox().viewPixelSize()[0]
    np.testing.assert_allclose(way[0], (-1, 0.5), atol=step)
    np.testing.assert_allclose(way[-1], (1, -1), atol=step)
    assert np.abs(way - (1, 0.5)).sum(axis=1).min() <= 2 * step  # round the corner
    steps = np.abs(np.diff(way, axis=0)).sum(axis=1)
    assert steps.max() <= 2 / 11 + 3 * step  # evenly: none jumps
    assert places == sorted(places)


def test_what_is_dropped_falls_on_the_middle_of_the_window(
    shown: Callable[..., Any], tmp_path: Path
) -> None:
    class Taking(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.setAcceptDrops(True)
            self.heard: list[tuple[str, list[str], tuple[float, float]]] = []

        def _note(self, name: str, event: QDragEnterEvent | QDropEvent) -> None:
            files = [url.toLocalFile() for url in event.mimeData().urls()]
            self.heard.append((name, files, event.position().toTuple()))
            event.acceptProposedAction()

        def dragEnterEvent(self, event: QDragEnterEvent) -> None:
            self._note("enter", event)

        def dropEvent(self, event: QDropEvent) -> None:
            self._note("drop", event)

    target = shown(Taking(), 301, 201)
    path = tmp_path / "my pictures"
    drop(target, path)
    assert target.heard == [
        ("enter", [str(path)], (150, 100)), ("drop", [str(path)], (150, 100)),
    ]  # fmt: skip
