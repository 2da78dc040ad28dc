"""Deeds on what lies over the panels or arranges them: workspaces, palette, sheet, any command."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.pressing import gestures, travels
from benchmarks.pressing.deeds import deed
from explorer.app.history.past import CHOSEN, SHOWN
from explorer.ui.keyboard.shortcut_sheet import ShortcutSheet
from explorer.ui.palette.view import CommandPalette
from explorer.ui.workspaces import in_order

if TYPE_CHECKING:
    from benchmarks.pressing.presser import Presser

KEPT = (*CHOSEN, *SHOWN, "tool", "training", "own")  # of the state, by a change of workspace


@deed(often=5)
def workspace(presser: Presser, rng: random.Random) -> str:
    """Another arrangement, by its key: what is shown and chosen stays."""
    presser.window.plane_area.plane.setFocus()  # what was being typed is typed
    still = presser.settle() and presser.window.state.now.training == "idle"
    number = rng.randrange(len(in_order())) + 1
    before = presser.window.state.now
    _key(presser, getattr(Qt.Key, f"Key_{number}"), gestures.CTRL)
    now = presser.window.state.now
    if now.workspace != in_order()[number - 1]:
        presser.notice(f"workspace: Ctrl+{number} led to {now.workspace!r}")
    for name in KEPT if still else ():
        if not travels.same(name, before, now):
            presser.notice(f"workspace: {name} was {travels.short(before, name)}, "
                           f"and is {travels.short(now, name)}")  # fmt: skip
    return f"workspace {now.workspace}"


@deed(often=4)
def palette(presser: Presser, rng: random.Random) -> str:
    """Some letters of a command, and Enter; or Esc, which gives the focus back."""
    held, found = _held(), _palette(presser)
    _key(presser, Qt.Key.Key_K, gestures.CTRL)
    if not found.isVisible():
        return "Ctrl+K goes to something else"
    title = rng.choice(found.rows()).title
    typed = title[: rng.randrange(len(title) + 1)] + rng.choice(("", "", "", "q"))
    for letter in typed:
        QTest.keyClick(found.line, letter)  # type: ignore[call-overload]  # not in its stubs
    for _ in range(rng.randrange(4)):
        _key(presser, rng.choice((Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_PageUp)))
    if rng.random() < 0.6:
        marked = found.list.currentIndex().data()
        _key(presser, Qt.Key.Key_Return)
        if not found.isVisible():
            return f"{typed!r} > {marked!r}"
    _leave(presser, found, held, Qt.Key.Key_Escape)
    return f"{typed!r}, and Esc"


@deed(often=1.5)
def sheet(presser: Presser, rng: random.Random) -> str:
    """The keys, until a key or a click beside them closes them."""
    held, found = _held(), presser.window.findChild(ShortcutSheet)
    assert found is not None
    _key(presser, Qt.Key.Key_F1)
    if not found.isVisible():
        return "F1 goes to something else"
    presser.settle(0.2)
    if not found.rect().contains(found.card.geometry()):
        size = presser.window.size()
        presser.notice(f"sheet: {found.card.geometry()} is cut in a window of {size}")
    if rng.random() < 0.3:
        QTest.mouseClick(found, gestures.LEFT, gestures.NONE, QPoint(1, 1))
    else:
        _leave(presser, found, held, rng.choice((Qt.Key.Key_Escape, Qt.Key.Key_F1)))
    return "keys and gestures"


@deed(often=8)
def command(presser: Presser, rng: random.Random) -> str:
    """Any command by its name, whether it has a button or not; one that cannot be done says why."""
    commands = presser.window.commands
    name = rng.choice(list(commands))
    presser.touched[f"command {name}"] += 1
    reason = commands.reason(name)
    presser.window.session.put_away()
    commands.run(name)
    if reason and presser.window.state.now.message is None:
        presser.notice(f"command: {name} says nothing, and cannot be done: {reason}")
    return f"{name}{f' ({reason})' if reason else ''}"


def _palette(presser: Presser) -> CommandPalette:
    found = presser.window.findChild(CommandPalette)
    assert found is not None
    return found


def _held() -> QWidget | None:
    """Who has the keys, once a window that is on its way to the front has them."""
    QApplication.processEvents()
    return QApplication.focusWidget()


def _leave(presser: Presser, over: QWidget, held: QWidget | None, key: Qt.Key) -> None:
    _key(presser, key)
    now = QApplication.focusWidget()
    if over.isVisible():
        presser.notice(f"{over.objectName()} is not closed by {key.name}")
    elif held is not None and held.isVisible() and now is not held:
        presser.notice(f"{over.objectName()} took the focus from {held} and gave it to {now}")


def _key(presser: Presser, key: Qt.Key, modifier: Qt.KeyboardModifier = gestures.NONE) -> None:
    QTest.keyClick(presser.window.windowHandle(), key, modifier)
