"""What must hold of the window's arrangement: toolbar, workspaces, planes in sight, overlays."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from benchmarks.pressing.controls import named, overlay_of
from benchmarks.pressing.rules import CLOSE, Truth, rules
from explorer.ui.plane.montage import DataMontage
from explorer.ui.plane.view import PlaneView
from explorer.ui.widgets.pictures.comparing.comparison_row import ComparisonRow
from explorer.ui.widgets.pictures.comparing.difference_view import DifferenceView
from explorer.ui.window import MainWindow


@rules.register("toolbar")
def _toolbar(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """Nothing in it is cut or covered, and the word of the workspace is marked."""
    bar = window.toolbar
    if not bar.isVisible():
        return
    before: tuple[QWidget, QRect] | None = None
    for widget in sorted(_in_bar(bar), key=lambda one: one.x()):
        place = widget.geometry()
        if not bar.rect().contains(place) or place.width() < widget.minimumSizeHint().width():
            yield f"{named(widget)} is cut: {place} in {bar.rect()}"
        if before is not None and before[1].intersects(place):
            yield f"{named(widget)} lies over {named(before[0])}"
        if widget.objectName() == "qt_toolbar_ext_button":
            yield "Qt cuts the toolbar, which should fold by itself"
        before = widget, place
    marked = [
        name for name in window.commands.of("workspaces") if window.commands[name].isChecked()
    ]
    if marked != [f"workspace-{window.state.now.workspace}"]:
        yield f"{marked} are marked, {window.state.now.workspace} is shown"


def _in_bar(bar: QWidget) -> list[QWidget]:
    return [w for w in bar.findChildren(QToolButton)
            if w.parentWidget() is bar and w.isVisible()]  # fmt: skip


@rules.register("seen")
def _seen(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """The state knows which planes are on the screen."""
    views = [view for view in window.findChildren(PlaneView) if view.isVisible()]
    wanted = [v.kind.name for v in views if not v.viewport().visibleRegion().isEmpty()]
    if sorted(wanted) != sorted(window.state.now.seen):
        yield f"{sorted(wanted)} are on the screen, the state says {window.state.now.seen}"


@rules.register("cursors")
def _cursors(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """In every view of every plane the crosshair stands where the state says."""
    for view in window.findChildren(PlaneView):
        at, shown = view.kind.cursor(window.state.now), view.cursor_at
        if at is None or shown is None:
            same = at is shown
        else:
            same = np.allclose(at, shown, equal_nan=True, **CLOSE)
        if not same:
            yield f"the cursor of {view.objectName()} is {at}, and shown at {shown}"


@rules.register("pictures")
def _pictures(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """Three pictures of one size, and below them what two of them get wrong."""
    for row in window.findChildren(ComparisonRow):
        sizes = {view.size().toTuple() for view in row._views() if view.isVisible()}
        widths, heights = [{size[i] for size in sizes} for i in (0, 1)]
        if sizes and (max(widths) - min(widths) > 1 or max(heights) - min(heights) > 1):
            yield f"the pictures of a sample have the sizes {sorted(sizes)}"
    seen = window.state.now.comparison
    rows = (None, None, None) if seen is None else seen.rows
    wanted = [made - rows[0] for made in rows[1:] if made is not None and rows[0] is not None]
    for view in window.findChildren(DifferenceView):
        shown = [one.row for one in view._series]
        if len(shown) != len(wanted) or not all(map(np.array_equal, shown, wanted)):
            yield "the differences are not those of what is compared"


@rules.register("montage")
def _montage(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """What the network will see, while there is data and no model; of each class as many."""
    now, montage = window.state.now, window.findChild(DataMontage)
    assert montage is not None
    wanted = now.dataset is not None and now.model is None
    if wanted == montage.isHidden():
        yield f"the montage is {'away' if wanted else 'there'}"
    elif wanted and now.dataset is not None:
        learned = len(now.dataset.train_index) or len(now.dataset)
        drawn = sum(one.count for one in montage._classes)
        if drawn != learned and not (0 < drawn < learned and montage._more):
            yield f"the montage counts {drawn} of {learned}"


@rules.register("moments")
def _moments(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """The model shown has weights, and is that of the moment that the time line stands at."""
    now = window.state.now
    if now.model is not None and not now.model.weights:
        yield "the model shown has no weights"
    if now.asked_epoch is not None:
        yield f"epoch {now.asked_epoch} is asked for, and nothing is on its way"
    here = [moment for moment in now.moments if moment.epoch == now.epoch]
    if here and now.model is not None and now.model.id not in [one.model.id for one in here]:
        yield f"the model shown is not that of epoch {now.epoch}"


@rules.register("overlay")
def _overlay(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """What lies over the window has the keys, covers it, and its card is whole."""
    over, held = overlay_of(window), QApplication.focusWidget()
    if over is None or not window.isActiveWindow():
        return
    if over.geometry() != window.rect():
        yield f"{over.objectName()} covers {over.geometry()} of {window.rect()}"
    if not over.rect().contains(over.card.geometry()):
        yield f"the card of {over.objectName()} is cut: {over.card.geometry()} of {over.rect()}"
    if held is not None and held is not over and not over.isAncestorOf(held):
        yield f"{over.objectName()} is open, and {named(held)} has the keys"
