"""What a hand does to one widget: clicks, drags, turns the wheel, types."""

from __future__ import annotations

import random

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from benchmarks.pressing import controls

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE, SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
WORDS = ("0", "1", "2", "3", "5", "0.5", "-1", "-0", "1e-3", "1e30", "nan", "", "abc", "1,5", "²")
KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Delete, Qt.Key.Key_Menu,
    Qt.Key.Key_Backspace, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_A, Qt.Key.Key_B,
)  # fmt: skip


def press(widget: QWidget, rng: random.Random) -> str:
    """Use the widget as its kind is used; says how."""
    if isinstance(widget, QLineEdit | QAbstractSpinBox | QPlainTextEdit):
        return rng.choice((write, write, write, turn, keys))(widget, rng)
    if isinstance(widget, QAbstractSlider):
        return rng.choice((click, drag, turn, keys))(widget, rng)
    if isinstance(widget, QComboBox):
        return rng.choice((click, click, turn, keys))(widget, rng)
    if isinstance(widget, QAbstractButton | QTabBar):
        return rng.choice((click, click, click, hover, keys))(widget, rng)
    return rng.choice((click, click, drag, drag, turn, hover, context, double, keys))(widget, rng)


def click(widget: QWidget, rng: random.Random) -> str:
    """Once, now and then with Shift or Ctrl."""
    at, key = _at(widget, rng), rng.choice((NONE, NONE, NONE, NONE, SHIFT, CTRL))
    window, place = on_window(widget, at)
    QTest.mouseMove(window, place)
    QTest.mouseClick(window, LEFT, key, place)
    return f"click {_said(at)}"


def double(widget: QWidget, rng: random.Random) -> str:
    """Twice."""
    at = _at(widget, rng)
    window, place = on_window(widget, at)
    QTest.mouseClick(window, LEFT, NONE, place)
    QTest.mouseDClick(window, LEFT, NONE, place)
    return f"double click {_said(at)}"


def drag(widget: QWidget, rng: random.Random) -> str:
    """Press, move a few times, let go."""
    at, key = _at(widget, rng), rng.choice((NONE, NONE, NONE, SHIFT, CTRL, ALT))
    button = rng.choice((LEFT, LEFT, LEFT, MIDDLE))
    window, place = on_window(widget, at)
    QTest.mouseMove(window, place)
    QTest.mousePress(window, button, key, place)
    for _ in range(rng.randint(1, 8)):
        place = _within(window, place + QPoint(rng.randint(-40, 40), rng.randint(-40, 40)))
        QTest.mouseMove(window, place)
        QApplication.processEvents()
    QTest.mouseRelease(window, button, key, place)
    return f"drag {_said(at)}"


def turn(widget: QWidget, rng: random.Random) -> str:
    """The wheel, over it."""
    at, steps = _at(widget, rng), rng.choice((-5, -1, -1, 1, 1, 5))
    window, place = on_window(widget, at)
    QTest.wheelEvent(window, QPointF(place), QPoint(0, 120 * steps))
    return f"wheel {steps}"


def hover(widget: QWidget, rng: random.Random) -> str:
    """Over it, and sometimes away."""
    for _ in range(rng.randint(1, 5)):
        QTest.mouseMove(*on_window(widget, _at(widget, rng)))
        QApplication.processEvents()
    if rng.random() < 0.4:
        QTest.mouseMove(on_window(widget, QPoint())[0], QPoint(2, 2))
        return "hover and leave"
    return "hover"


def context(widget: QWidget, rng: random.Random) -> str:
    """A right click."""
    at = _at(widget, rng)
    target = widget.childAt(at) or widget
    inside = target.mapFrom(widget, at) if target is not widget else at
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, inside, target.mapToGlobal(inside), NONE
    )
    QApplication.sendEvent(target, event)
    return f"right click {_said(at)}"


def write(widget: QWidget, rng: random.Random) -> str:
    """Replace what stands there; in a window that is not active nothing can be typed."""
    text = rng.choice(WORDS)
    widget.window().activateWindow()
    widget.setFocus()
    window = on_window(widget, QPoint())[0]
    QTest.keyClick(window, Qt.Key.Key_A, CTRL)
    QTest.keyClick(window, Qt.Key.Key_Delete)
    for letter in text:
        QTest.keyClick(window, letter)  # type: ignore[call-overload]  # not in its stubs
    QTest.keyClick(window, rng.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)))
    return f"write {text!r}"


def keys(widget: QWidget, rng: random.Random) -> str:
    """One to three keys, to it if it takes them."""
    widget.setFocus()
    pressed = [rng.choice(KEYS) for _ in range(rng.randint(1, 3))]
    for key in pressed:
        QTest.keyClick(on_window(widget, QPoint())[0], key, rng.choice((NONE, NONE, NONE, SHIFT)))
    return "keys " + " ".join(key.name.removeprefix("Key_") for key in pressed)


def _at(widget: QWidget, rng: random.Random) -> QPoint:
    if isinstance(widget, QAbstractButton) or rng.random() < 0.2:
        return widget.visibleRegion().boundingRect().center()
    return controls.place_in(widget, rng)


def on_window(widget: QWidget, at: QPoint) -> tuple[QWindow, QPoint]:
    """The window that a pixel of a widget is in, as the screen has it, and where in it.

    Events go to the window, so that Qt finds out what lies there, as it does for a real mouse.
    """
    top = widget.window()
    handle = top.windowHandle()
    assert handle is not None, "what is seen is in a window"
    return handle, widget.mapTo(top, at)


def _within(window: QWindow, at: QPoint) -> QPoint:
    return QPoint(min(max(at.x(), 0), window.width() - 1), min(max(at.y(), 0), window.height() - 1))


def _said(at: QPoint) -> str:
    return f"({at.x()}, {at.y()})"
