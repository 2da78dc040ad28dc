"""Deeds that go to samples, to own pictures, into menus and along the keyboard's way."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolButton, QWidget

from benchmarks.pressing import controls, gestures, verbs
from benchmarks.pressing.deeds import deed
from explorer.ui.on_screen import is_on_screen
from explorer.ui.widgets.legend.legend import Legend
from explorer.ui.widgets.pictures.gallery_view import GalleryView
from explorer.ui.widgets.pictures.own_tray import OwnTray

if TYPE_CHECKING:
    from benchmarks.pressing.presser import Presser

CHARTS = ("wine", "waves", "table.csv", "column.csv")


@deed(often=12)
def seldom(presser: Presser, rng: random.Random) -> str:
    """A widget of the kind, of those that are seen, that was pressed least so far."""
    seen = controls.widgets(presser.window)
    if not seen:
        return "nothing to press"
    least = min(presser.touched[controls.kind(widget)] for widget in seen)
    widget = rng.choice([w for w in seen if presser.touched[controls.kind(w)] == least])
    presser.touched[controls.kind(widget)] += 1
    name = controls.named(widget)
    return f"{name}: {gestures.press(widget, rng)}"


@deed(often=5)
def right_click(presser: Presser, rng: random.Random) -> str:
    """On anything that has a menu of its own; now and then by the key for it."""
    owners = [w for w in presser.window.findChildren(QWidget)
              if has_menu(w) and not w.visibleRegion().isEmpty()]  # fmt: skip
    if not owners:
        return "nothing has a menu"
    widget = controls.of_a_kind(owners, rng)
    name = controls.named(widget)
    presser.touched[f"menu of {name}"] += 1
    if rng.random() < 0.2:
        widget.setFocus()
        QTest.keyClick(gestures.on_window(widget, QPoint())[0], Qt.Key.Key_Menu)
        return f"{name}: Menu key"
    inside = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    return f"{name}: {gestures.context(inside, rng)}"


def has_menu(widget: QWidget) -> bool:
    """Whether the program gives it a menu that opens on a right click."""
    if widget.contextMenuPolicy() == Qt.ContextMenuPolicy.CustomContextMenu:
        return True
    own = (kind for kind in type(widget).__mro__ if kind.__module__.startswith("explorer."))
    return any("contextMenuEvent" in vars(kind) for kind in own)


@deed(often=6)
def go_to_sample(presser: Presser, rng: random.Random) -> str:
    """By a double click or Enter in the gallery, or by a click on its point."""
    if rng.random() < 0.5:
        return _click_a_point(presser, rng)
    gallery = presser.window.findChild(GalleryView, "samplesView")
    if gallery is None or gallery.visibleRegion().isEmpty():
        return "no gallery is seen"
    inside = gallery.viewport()
    if rng.random() < 0.6:
        return f"gallery: {gestures.double(inside, rng)}"
    said = gestures.click(inside, rng)
    QTest.keyClick(gestures.on_window(gallery, QPoint())[0], Qt.Key.Key_Return)
    return f"gallery: {said} and Enter"


def _click_a_point(presser: Presser, rng: random.Random) -> str:
    plane, codes = presser.window.plane_area.plane, presser.window.state.now.codes
    if codes is None or not len(codes.index):
        return "there are no codes"
    row = rng.randrange(len(codes.index))
    at = plane.pixel_at(tuple(plane.of_samples(codes.index[[row]])[0].tolist()))
    if not plane.viewport().rect().contains(at):
        return "the point is out of sight"
    window, place = gestures.on_window(plane.viewport(), at)
    QTest.mouseMove(window, place)
    QTest.mouseClick(window, gestures.LEFT, gestures.NONE, place)
    return f"click the point of sample {codes.index[row]}"


@deed(often=2)
def drop_pictures(presser: Presser, rng: random.Random) -> str:
    """One to three good pictures to look at."""
    some = rng.sample(presser.supplies.pictures, rng.choice((1, 1, 2, 3)))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in some])
    verbs.let_go(presser.window, data)
    return "drop " + ", ".join(path.name for path in some)


@deed(often=3)
def own_tray(presser: Presser, rng: random.Random) -> str:
    """The next own picture, light for dark, or away with it."""
    buttons = [b for tray in presser.window.findChildren(OwnTray)
               for b in tray.findChildren(QToolButton) if b.isVisible()]  # fmt: skip
    if not buttons:
        return "no own picture is looked at"
    button = rng.choice(buttons)
    return f"{button.objectName()}: {gestures.click(button, rng)}"


@deed(often=1.5)
def open_chart(presser: Presser, rng: random.Random) -> str:
    """A table or signals, whose samples are drawn as charts."""
    name = rng.choice(CHARTS)
    path = presser.supplies.folder / name
    presser.window.open(str(path) if path.suffix else name)
    return f"open {name}"


@deed(often=2)
def fold_legend(presser: Presser, rng: random.Random) -> str:
    """Fold it or unfold it by its button."""
    legend = presser.window.findChild(Legend)
    fold = None if legend is None else legend.findChild(QToolButton, "legendFold")
    if fold is None or not fold.isVisible():
        return "there is no legend"
    return f"fold: {gestures.click(fold, rng)}"


@deed(often=3)
def walk(presser: Presser, rng: random.Random) -> str:
    """Tab or Shift+Tab a few times, then perhaps press what it came to."""
    key = rng.choice((Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab))
    times = rng.randint(1, 12)
    presser.settle(0.2)  # panels may be on their way to other places
    for _ in range(times):
        QTest.keyClick(presser.window.windowHandle(), key)
    held = QApplication.focusWidget()
    name = "nothing" if held is None else controls.named(held)
    inside = held is not None and held.window() is presser.window  # and in no list that goes
    if held is not None and inside and not is_on_screen(held):
        presser.notice(f"walk: Tab went to {name}, which is not seen")
    if rng.random() < 0.4:
        QTest.keyClick(presser.window.windowHandle(), rng.choice(
            (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Down)))  # fmt: skip
        return f"{times} times {key.name} to {name}, and press it"
    return f"{times} times {key.name} to {name}"
