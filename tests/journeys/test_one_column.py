"""Data of a single numeric column, through the whole window: its PCA has one component, not two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from explorer.analysis.latent.paths import LatentPath
from explorer.cli import main
from explorer.ui import synthetic_input
from explorer.ui.plane.view import PlaneView
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane
from explorer.ui.window import MainWindow, open_window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def column(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Heights of two groups."""
    folder = tmp_path_factory.mktemp("column")
    rng = np.random.default_rng(0)
    rows = [f"{rng.normal(170 + 20 * (i % 2), 5):.2f},{'ab'[i % 2]}" for i in range(120)]
    (folder / "heights.csv").write_text("height,label\n" + "\n".join(rows) + "\n")
    words = ["train", str(folder / "heights.csv"), "--label", "label", "--epochs", "3"]
    assert main([*words, "--set", "hidden=16", "--out", str(folder / "model")]) == 0
    return folder


@pytest.fixture
def window(column: Path, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window(column / "model", settings_dir=tmp_path / "settings")
    made.failures = []  # type: ignore[attr-defined]
    made.jobs.failed.connect(made.failures.append)  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: bool(_alive(made)))
    _rest(qtbot, made)
    yield made
    made.close()


def _alive(window: MainWindow) -> bool:
    now = window.state.now
    seen = (now.model, now.decoded, now.codes, now.pca, now.pca_decoded)
    return all(part is not None for part in seen)


def _rest(qtbot: Any, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.jobs.busy)
    synthetic_input.rest(1)
    assert [str(error) for error in window.failures] == []  # type: ignore[attr-defined]


def test_one_column_is_seen_decoded_and_used(window: MainWindow, qtbot: Any) -> None:
    now = window.state.now
    assert now.dataset is not None and now.dataset.preparation.features == 1
    assert now.pca is not None and len(now.pca) == 1
    for name, widget in (("plane", "decodedView"), ("pcaPlane", "pcaDecodedView")):
        plane = synthetic_input.find(window, ScatterPlane, name)
        before = _picture(window, widget)
        synthetic_input.drag(plane, [(0.0, 0.0), (1.2, 0.4)])
        _rest(qtbot, window)
        assert _picture(window, widget) is not before
    assert window.state.now.moved == "pca" and window.state.now.pca_decoded is not None
    window.state.update(selection=np.array([3]))
    qtbot.waitUntil(lambda: window.state.now.comparison is not None)
    _rest(qtbot, window)
    linear = window.state.now.comparison
    assert linear is not None and linear.pca_mse == pytest.approx(0.0, abs=1e-9)


def _no_fault(window: MainWindow) -> bool:
    message = window.state.now.message
    return message is None or message.tone != "bad"


def test_one_column_is_put_to_use(window: MainWindow, qtbot: Any) -> None:
    window.state.update(selection=np.array([3]))
    for task in range(4):
        box = synthetic_input.find(window, QComboBox, "application")
        box.setCurrentIndex(task)
        box.activated.emit(task)
        go = synthetic_input.find(window, QPushButton, "usesButton")
        if not go.isHidden():
            qtbot.mouseClick(go, LEFT)
        _rest(qtbot, window)
        assert _no_fault(window)
    hole = synthetic_input.find(window, QComboBox, "holeBox")
    for i in range(hole.count()):
        hole.setCurrentIndex(i)
        hole.activated.emit(i)
        _rest(qtbot, window)
    measure = synthetic_input.find(window, QPushButton, "measureButton")
    qtbot.mouseClick(measure, LEFT)
    _rest(qtbot, window)


def test_a_path_through_one_column_is_drawn_on_its_pca(window: MainWindow, qtbot: Any) -> None:
    plane, linear = (
        synthetic_input.find(window, PlaneView, name) for name in ("plane", "pcaPlane")
    )
    plane.setFocus()
    way = np.array([[0.0, 0.0], [1.0, 0.5]], np.float32)
    window.state.update(path=LatentPath(way, "straight"))
    qtbot.waitUntil(lambda: window.state.now.survey is not None)
    _rest(qtbot, window)
    for view in (plane, linear):
        route = view.layers["path"].route
        assert len(route) > 1 and np.isfinite(route).all() and np.ptp(route[:, 0]) > 0
    assert np.ptp(linear.layers["path"].route[:, 1]) == 0.0  # its other component is none
    QTest.keyClick(plane, Qt.Key.Key_Right)
    _rest(qtbot, window)


def _picture(window: MainWindow, name: str) -> Any:
    return synthetic_input.find(window, QWidget, name).image()  # type: ignore[attr-defined]
