"""More of what must hold: of own pictures, samples as places, and what the window says."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtWidgets import QAbstractButton, QLabel

from benchmarks.pressing.rules import CLOSE, Truth, rules, same_picture
from explorer.compute.comparing.own import dataset_of
from explorer.data.pictures.drawing import LARGE, drawn
from explorer.ui.panels import panels
from explorer.ui.widgets.focus_ring import FocusRing
from explorer.ui.widgets.forms.latent_slider import LatentSlider
from explorer.ui.widgets.legend.hover_card import HoverCard
from explorer.ui.widgets.legend.legend import Legend
from explorer.ui.widgets.message_bar import MessageBar
from explorer.ui.widgets.pictures.comparing.comparison_row import ComparisonRow
from explorer.ui.widgets.plane.items.cursor import Cursor
from explorer.ui.widgets.plane.pictured_plot import PicturedPlot
from explorer.ui.window import MainWindow

OFF = 2  # px that a cursor may be rounded away
TWO_DIGITS = 0.0051


@rules.register("own")
def _own(window: MainWindow, truth: Truth) -> Iterator[str]:
    """While an own picture is looked at, it is what is compared, by the model shown."""
    now = window.state.now
    if now.own is None or now.preparation is None:
        return
    seen = now.own_comparison
    if seen is None:
        yield "the comparison is not of the own picture that is looked at"
    elif now.model is not None:
        alone = dataset_of(now.own.picture, now.preparation)
        code = truth.encoded(now.model, alone.x, alone.preparation.levels)[0]
        if seen.mean is None or not np.allclose(code, seen.mean, equal_nan=True, **CLOSE):
            yield "the code of the own picture is another one's"
        again = drawn(truth.decoded(now.model, code), now.model.preparation, LARGE)
        if not same_picture(seen.reconstruction, again, off=2):
            yield "the reconstruction is not that of the own picture"


@rules.register("went")
def _went(window: MainWindow, truth: Truth) -> Iterator[str]:
    """Who went to a sample is at its code."""
    now, went = window.state.now, truth.went
    if went is None or now.moved != "sample" or now.dataset is None or not len(now.selection):
        return
    if now.selection is not went.selection or now.z is not went.z:
        return
    if now.model is None or now.model is not went.model or now.dataset is not went.dataset:
        return
    first = int(now.selection[0])
    x = now.dataset.x[first : first + 1]
    code = truth.encoded(now.model, x, now.dataset.preparation.levels)[0]
    if now.z is None or not np.allclose(code, now.z, equal_nan=True, **CLOSE):
        yield f"z went to sample {first}, and is {now.z} instead of {code}"


@rules.register("in sight")
def _in_sight(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """A plane that has a cursor shows it, or an arrow towards it."""
    for plot in window.findChildren(PicturedPlot):
        cursor = plot.findChild(Cursor)
        if cursor is None or plot.cursor_at is None or not plot.isVisible() or not cursor._shown:
            continue
        at = plot.pixel_at(plot.cursor_at) - cursor.pos()
        inside, arrow = cursor.rect().contains(at), cursor._arrow
        if cursor._ring.isHidden():
            yield f"the cursor of {plot.objectName()} is hidden"
        elif inside and (cursor._ring.geometry().center() - at).manhattanLength() > 2 * OFF:
            yield f"the ring of {plot.objectName()} is not where its cursor is"
        near = cursor.rect().adjusted(-OFF, -OFF, OFF, OFF).contains(at)
        if arrow.isHidden() and not near:
            yield f"the cursor of {plot.objectName()} is at {at}, out of sight, without an arrow"
        elif not arrow.isHidden() and cursor.rect().adjusted(OFF, OFF, -OFF, -OFF).contains(at):
            yield f"an arrow of {plot.objectName()} points at what is in sight"
        elif not arrow.isHidden() and not cursor.rect().contains(arrow.geometry()):
            yield f"the arrow of {plot.objectName()} is out of sight"


@rules.register("spoken")
def _spoken(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """What is asked can be answered still, and the bar says what is said."""
    now, bar = window.state.now, window.findChild(MessageBar)
    said = now.message
    if said is not None and said.actions and said.holds is not None and not said.holds():
        yield f"what is asked is so no longer: {said.text!r}"
    if bar is not None and bar.text() != ("" if said is None else said.text):
        yield f"the bar says {bar.text()!r}"
    if said is not None and now.own is None and (
        "encoded at" in said.text or "looked at one by one" in said.text):  # fmt: skip
        yield f"the message speaks of an own picture that is away: {said.text!r}"


@rules.register("shown")
def _shown(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """Pictures, numbers and names beside the plane are those of the state."""
    now, seen = window.state.now, window.state.now.comparison
    for row in window.findChildren(ComparisonRow):
        if row.objectName().startswith("typicalSample"):
            if seen is not None and not row.isHidden():
                yield "a typical sample stands where another one is compared"
            continue
        wanted = (None, None, None) if seen is None else (
            seen.original, seen.reconstruction, seen.pca_reconstruction)  # fmt: skip
        if any(v.image() is not picture for v, picture in zip(row._views(), wanted, strict=True)):
            yield "the row of pictures is not of what is compared"
    for card in window.findChildren(HoverCard):
        if not card.isHidden() and now.hover is None:
            yield "a card is shown of no sample"
    for slider in window.findChildren(LatentSlider):
        if slider.isHidden() or now.shown_z is None or slider.dimension >= len(now.shown_z):
            continue
        value = float(now.shown_z[slider.dimension])
        far = abs(value) > slider.spin.maximum()
        if not np.isclose(slider.value, value, atol=TWO_DIGITS) and not far:
            yield f"slider {slider.dimension + 1} is at {slider.value}, z at {value}"
    yield from _named_classes(window)


def _named_classes(window: MainWindow) -> Iterator[str]:
    now, legend = window.state.now, window.findChild(Legend)
    data = now.dataset
    classes = () if data is None or data.labels is None or now.codes is None else data.classes
    if legend is not None and not legend.isHidden() and legend._names != tuple(classes):
        yield f"the legend names {legend._names[:5]}, the data {tuple(classes)[:5]}"
    for label in window.plane_area.findChildren(QLabel):
        text = label.text()
        if text.startswith("showing ") and not label.isHidden():
            shown = 0 if now.codes is None else len(now.codes.index)
            if not text.startswith(f"showing {shown:,} of {len(data or ()):,}"):
                yield f"it says {text!r}, and shows {shown}"
            if text.endswith("while training") and now.training == "idle":
                yield f"it says {text!r}, and nothing is trained"


@rules.register("offered")
def _offered(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """A panel is there only while it has something to show, and Stop while there is a training."""
    now = window.state.now
    for dock in window.docks:
        reason = panels[dock.objectName().removesuffix("Dock")].absence(now)
        action = dock.toggleViewAction()
        if bool(reason) == action.isEnabled():
            yield f"{dock.windowTitle()} can{'' if reason else 'not'} be opened"
        if reason and not dock.isHidden():
            yield f"{dock.windowTitle()} is there, and has nothing to show"
    for name in ("stopButton", "pauseButton"):
        button = window.findChild(QAbstractButton, name)
        offered = button is not None and button.isVisible() and button.isEnabled()
        if offered and now.training == "idle":
            yield f"{name} can be pressed, and nothing is trained"


@rules.register("ring")
def _ring(window: MainWindow, _truth: Truth) -> Iterator[str]:
    """A ring of the keyboard is around what has the keyboard, and fits it."""
    ring = window.findChild(FocusRing)
    if ring is None or ring._around is None:
        return
    if ring._around.isVisible() and not ring._around.hasFocus() and window.isActiveWindow():
        yield f"a ring is around {ring._around.objectName() or ring._around}, which has no focus"
