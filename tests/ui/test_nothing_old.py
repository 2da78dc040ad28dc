"""All panels: full of answers, and then the subject changes. Nothing of the old is left.

What a window shows then is what a window shows that has never seen anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDockWidget, QScrollBar, QWidget

from explorer.app.history.past import CHOSEN, SHOWN
from explorer.app.state import LayerAppearance
from explorer.models import checkpoint
from explorer.ui.panels import panels
from explorer.ui.panels.models import ModelsPanel
from explorer.ui.widgets.charts.difference_table import DifferenceTable
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane
from explorer.ui.window import MainWindow
from tests.ui.desk import CHANGES, Desk
from tests.ui.onscreen import idle

USES = ("Find anomalies", "Remove noise", "Fill a hole", "Use few labels")
OF_SAMPLE = ("probe ", "pca ", "applications Remove noise", "applications Fill a hole")
PRESSED = ("Find anomalies", "Use few labels")


@pytest.fixture
def desks(qtbot: Any, tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    made: list[MainWindow] = []

    def shown() -> Desk:
        made.append(MainWindow(tmp_path / f"settings {len(made)}"))
        qtbot.addWidget(made[-1])
        made[-1].resize(1600, 1100)  # room for every panel without a scroll bar
        with qtbot.waitExposed(made[-1]):
            made[-1].show()
        return Desk(made[-1], qtbot)

    yield shown
    for window in made:
        window.close()


def _fill(desk: Desk, folder: Path) -> None:
    """Ask everything that a panel can be asked; folder: for a model to compare with."""
    desk.select(3)
    desk.lay()
    desk.choose("samplesOrder", "Greatest error first")
    desk.state.update(layers={"contours": LayerAppearance()})
    desk.press("measureButton")
    desk.press("drawButton")
    desk.settle()
    desk.press("boundAboveButton")
    data, models = desk.state.now.dataset, desk.window.findChild(ModelsPanel)
    assert data is not None and isinstance(models, ModelsPanel)
    checkpoint.save(folder, desk.model(data, seed=1)["model"])
    models.compare_with(str(folder))
    desk.settle()
    for use in USES:
        desk.front("applications")
        desk.choose("application", use)
        desk.settle()
        if use in PRESSED:
            desk.press("usesButton")
        desk.settle()
    desk.front("codes")
    desk.settle()


def _see(desk: Desk) -> dict[str, list[tuple[str, bytes]]]:
    """Every smallest widget of every panel as it is painted, the planes' own views excepted."""
    seen = {}
    for name in sorted(panels):
        dock = desk.find(QDockWidget, f"{name}Dock")
        if dock.toggleViewAction().isEnabled():
            for use in USES if name == "applications" else ("",):
                desk.front(name)
                if use:
                    desk.choose("application", use)
                idle(desk.window, desk.window.jobs)  # where tabs stand is seen to a moment later
                seen[f"{name} {use}"] = [_painted(leaf) for leaf in _leaves(dock)]
    return seen


def _leaves(dock: QDockWidget) -> list[QWidget]:
    every = dock.widget().findChildren(QWidget)
    planes = dock.findChildren(ScatterPlane)
    return [
        w for w in every
        if w.isVisible() and not w.findChildren(QWidget) and not isinstance(w, QScrollBar)
        and not any(plane.isAncestorOf(w) for plane in planes)
    ]  # fmt: skip


def _painted(leaf: QWidget) -> tuple[str, bytes]:
    image = leaf.grab().toImage()
    text = getattr(leaf, "text", lambda: "")()
    return f"{type(leaf).__name__} {leaf.objectName()} {text}", bytes(image.constBits() or b"")


@pytest.mark.parametrize("kind", ["vae", "vq-vae"])
@pytest.mark.parametrize(
    "change", ["another model", "another space", "other data", "another sample", "no sample"]
)
def test_nothing_of_the_old_is_left_in_any_panel(
    desks: Callable[[], Desk], kind: str, change: str, tmp_path: Path
) -> None:
    used = desks()
    used.begin(kind)
    _fill(used, tmp_path / "another")
    assert used.find(DifferenceTable, "differenceTable").lines()
    CHANGES[change](used)
    used.settle()
    fresh, now = desks(), used.state.now
    fresh.choose("samplesOrder", "Greatest error first")
    fresh.state.renew(**{name: getattr(now, name) for name in (*CHOSEN, *SHOWN)})
    fresh.settle()
    old, new = _see(used), _see(fresh)
    assert old.keys() == new.keys()
    for name in OF_SAMPLE if "sample" in change else new:
        assert [text for text, _ in old[name]] == [text for text, _ in new[name]]
        differing = [a for (a, x), (_, y) in zip(old[name], new[name], strict=True) if x != y]
        assert not differing, name
