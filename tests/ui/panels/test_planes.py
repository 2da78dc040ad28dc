"""explorer.ui.panels.planes: a kind of plane that is one file has a dock, and no other file."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from explorer.app.planes import PlaneOfRows, plane, planes
from explorer.ui.panels import panels
from explorer.ui.panels.planes import PlanePanel
from explorer.ui.plane.axis_boxes import AxisBoxes

NEW = """
import numpy as np, os, sys
from explorer.app.planes import PlaneOfRows, plane
@plane("random")
class RandomProjection(PlaneOfRows):
    title = "Random projection"
    def lay(self, now, rows):
        return rows @ np.random.default_rng(0).normal(size=(rows.shape[1], 2))
from PySide6.QtWidgets import QApplication, QDockWidget
app = QApplication([])
from explorer.ui.window import MainWindow
from pathlib import Path
window = MainWindow(Path(sys.argv[1]))
dock = window.findChild(QDockWidget, "random-planeDock")
print(dock.windowTitle(), sorted(window.planes), window.planes["random"].objectName())
window.close()
"""


@pytest.fixture
def columns(qtbot: Any, state: Any, jobs: Any, asked: Any) -> Any:
    """A panel over any two of the features."""

    @plane("columns")
    class Columns(PlaneOfRows):
        title = "Two features"

        def choices(self, now: Any) -> Any:
            return [f"x{i}" for i in range(0 if now.dataset is None else 64)]

        def lay(self, now: Any, rows: Any) -> Any:
            return rows[:, list(now.plane("columns").axes)]

        def absence(self, now: Any) -> str:
            return "Open data first" if now.dataset is None else ""

    class ColumnsPanel(PlanePanel):
        kind = "columns"

    made = ColumnsPanel(state, asked)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    del planes._members["columns"]


def test_the_axes_of_another_kind_are_chosen_as_those_of_pca(
    columns: Any, state: Any, toy: Any
) -> None:
    assert columns._empty.text() == "Open data first"
    toy.show(state)
    boxes = columns.findChild(AxisBoxes)
    assert columns._empty.text() == "" and boxes.isVisible()
    rows = toy.data.unit(slice(None))
    np.testing.assert_array_equal(columns.plane._xy, rows[:, [0, 1]])
    boxes._boxes[1].setCurrentIndex(9)
    boxes._boxes[1].activated.emit(9)
    assert state.now.plane("columns").axes == (0, 9)
    np.testing.assert_array_equal(columns.plane._xy, rows[:, [0, 9]])
    assert columns.plane._names == ("x0", "x9")
    assert state.undo() and state.now.plane("columns").axes == (0, 1)


def test_the_kinds_at_home_in_the_window_have_no_second_dock() -> None:
    panels.discover("explorer.ui.panels")
    assert not {"latent-plane", "pca-plane"} & set(panels)


def test_a_new_kind_has_a_dock_and_is_among_the_planes_of_the_window(tmp_path: Any) -> None:
    run = subprocess.run(
        [sys.executable, "-c", NEW, str(tmp_path)], capture_output=True, text=True, check=True
    )
    found = "Random projection ['latent', 'pca', 'random'] randomPlane"
    assert run.stdout.strip() == found
