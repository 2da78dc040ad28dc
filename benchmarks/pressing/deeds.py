"""What a random user does next: a registry of deeds, those of mouse and keys first."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton

from benchmarks.pressing import controls, gestures
from explorer.registry import Registry
from explorer.ui.widgets.plane.pictured_plot import PicturedPlot

if TYPE_CHECKING:
    from benchmarks.pressing.presser import Presser

Act = Callable[["Presser", random.Random], str]


@dataclass(frozen=True)
class Deed:
    """act: does it and says what it did. often: how often, against the others."""

    act: Act
    often: float


deeds: Registry[Deed] = Registry("deed")


def deed(often: float) -> Callable[[Act], Act]:
    """Register a function as a deed by its own name."""

    def add(act: Act) -> Act:
        deeds.register(act.__name__.replace("_", " "))(Deed(act, often))
        return act

    return add


def next_name(rng: random.Random) -> str:
    """Which one comes next."""
    return rng.choices(list(deeds), [one.often for one in deeds.values()])[0]


@deed(often=40)
def control(presser: Presser, rng: random.Random) -> str:
    """Any widget that is seen."""
    widget = controls.chosen(presser.window, rng)
    if widget is None:
        return "nothing to press"
    name = controls.named(widget)
    presser.touched[controls.kind(widget)] += 1
    return f"{name}: {gestures.press(widget, rng)}"


@deed(often=14)
def plane(presser: Presser, rng: random.Random) -> str:
    """A latent plane, PCA plane or plot."""
    plots = [p for p in presser.window.findChildren(PicturedPlot)
             if not p.viewport().visibleRegion().isEmpty()]  # fmt: skip
    if not plots:
        return "no plot is seen"
    plot = rng.choice(plots)
    how = rng.choice((gestures.click, gestures.click, gestures.drag, gestures.drag, gestures.hover,
                      gestures.turn, gestures.context, gestures.double))  # fmt: skip
    return f"{controls.named(plot)}: {how(plot.viewport(), rng)}"


@deed(often=10)
def shortcut(presser: Presser, rng: random.Random) -> str:
    """The key of an action of the window."""
    actions = controls.keyed_actions(presser.window)
    action = rng.choice(actions)
    keys = rng.choice(action.shortcuts())
    return _pressed(presser, keys, action.text())


@deed(often=8)
def undo_or_redo(presser: Presser, rng: random.Random) -> str:
    """Ctrl+Z, now and then with Shift."""
    keys = QKeySequence(rng.choice(("Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z")))
    return _pressed(presser, keys, "undo or redo")


def _pressed(presser: Presser, keys: QKeySequence, name: str) -> str:
    combined: QKeyCombination = keys[0]  # type: ignore[index]  # not in its stubs
    handle = presser.window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, combined.key(), combined.keyboardModifiers())
    return f"{keys.toString()} ({name})"


@deed(often=6)
def key(presser: Presser, rng: random.Random) -> str:
    """Keys to whatever has the focus."""
    widget = QApplication.focusWidget() or presser.window
    return f"{controls.named(widget)}: {gestures.keys(widget, rng)}"


@deed(often=4)
def tab(presser: Presser, rng: random.Random) -> str:
    """Another tab, of docks or within a panel."""
    bars = [b for b in presser.window.findChildren(QTabBar) if b.isVisible() and b.count()]
    if not bars:
        return "no tabs are seen"
    bar = rng.choice(bars)
    i = rng.randrange(bar.count())
    window, place = gestures.on_window(bar, bar.tabRect(i).center())
    QTest.mouseClick(window, gestures.LEFT, gestures.NONE, place)
    return f"tab {bar.tabText(i)!r}"


@deed(often=4)
def menu(presser: Presser, rng: random.Random) -> str:
    """A menu button; whatever pops up is answered."""
    buttons = [b for b in presser.window.findChildren(QToolButton)
               if b.isVisible() and b.isEnabled() and b.menu() is not None]  # fmt: skip
    if not buttons:
        return "no menus are seen"
    button = rng.choice(buttons)
    window, place = gestures.on_window(button, button.rect().center())
    QTest.mouseClick(window, gestures.LEFT, gestures.NONE, place)
    return f"menu {controls.named(button)}"
