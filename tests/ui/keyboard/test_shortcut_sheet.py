"""The shortcut sheet shows every key, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QScrollArea,
    QToolButton,
)

from explorer.app.gestures import GESTURES
from explorer.ui.keyboard.shortcut_sheet import ShortcutSheet, split
from explorer.ui.widgets.overlays.overlay import Overlay
from explorer.ui.window import MainWindow

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(tmp_path)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


@pytest.fixture
def sheet(window: MainWindow) -> ShortcutSheet:
    window.plane_area.plane.setFocus()
    QTest.keyClick(window.plane_area.plane, Qt.Key.Key_F1)
    found = window.findChild(ShortcutSheet, "shortcutSheet")
    assert found.isVisible()
    return found


def _texts(sheet: ShortcutSheet) -> list[str]:
    return [label.text() for label in sheet.card.findChildren(QLabel) if label.isVisible()]


def test_every_key_and_gesture_is_on_it(window: MainWindow, sheet: ShortcutSheet) -> None:
    texts = _texts(sheet)
    keys = [key for name in window.commands for key in window.commands.command(name).keys]
    assert len(keys) > 20
    assert all(QKeySequence(key).toString() in " ".join(texts) for key in keys)
    assert all(gesture.how in texts and gesture.does in texts for gesture in GESTURES)


@pytest.mark.parametrize("size", [(1280, 800), (1024, 720)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_one_page_and_nothing_is_cut(
    window: MainWindow, sheet: ShortcutSheet, size: tuple[int, int], theme: str
) -> None:
    window.appearance.set_theme(theme)
    window.resize(*size)
    for _ in range(3):
        QApplication.processEvents()
    assert sheet.rect().contains(sheet.card.geometry())
    for label in sheet.card.findChildren(QLabel):
        if label.isVisible():
            assert label.width() >= label.minimumSizeHint().width(), label.text()
            at = label.mapTo(sheet.card, label.rect().topLeft())
            assert sheet.card.rect().contains(at) and label.height() > 8


def test_in_the_smallest_window_it_is_narrower_and_scrolls(
    window: MainWindow, sheet: ShortcutSheet
) -> None:
    wide = sheet.card.width()
    window.resize(100, 100)
    for _ in range(3):
        QApplication.processEvents()
    assert sheet.rect().contains(sheet.card.geometry()) and sheet.card.width() < wide
    assert sheet.width() < wide, "else nothing is tested"
    area = sheet.card.findChild(QScrollArea)
    shown, bar = area.widget(), area.verticalScrollBar()
    assert shown.width() <= area.viewport().width() and shown.height() > area.viewport().height()
    QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    window.resize(1280, 800)
    for _ in range(3):
        QApplication.processEvents()
    assert sheet.card.width() == wide and area.widget().height() <= area.viewport().height()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F1])
def test_keys_close_it_and_no_shortcut_works_meanwhile(
    window: MainWindow, sheet: ShortcutSheet, key: Qt.Key
) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_L)
    assert window.state.now.tool == "probe"
    QTest.keyClick(sheet, key)
    assert not sheet.isVisible() and QApplication.focusWidget() is window.plane_area.plane


def test_it_shows_what_there_is_when_it_is_opened(window: MainWindow, sheet: ShortcutSheet) -> None:
    sheet.shut()
    window.commands["shortcuts"].trigger()
    assert _texts(sheet).count("Keys and gestures") == 2  # the title, and F1


def test_columns_are_as_low_as_they_can_be() -> None:
    parts = [
        (name, [("k", "does")] * count) for name, count in zip("abcd", (1, 4, 3, 2), strict=True)
    ]
    assert [[head for head, _ in column] for column in split(parts, 2)] == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize(
    ("key", "name"), [(Qt.Key.Key_F1, "shortcutSheet"), (Qt.Key.Key_K, "commandPalette")]
)
def test_from_a_floating_panel_the_keys_come_here_and_go_back(
    window: MainWindow, qtbot: Any, key: Qt.Key, name: str
) -> None:
    dock, plane = window.findChild(QDockWidget, "pcaDock"), window.planes["pca"]
    dock.setFloating(True)
    dock.activateWindow()
    plane.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is plane)
    held = Qt.KeyboardModifier.ControlModifier if key is Qt.Key.Key_K else NONE
    QTest.keyClick(plane, key, held)
    found = window.findChild(Overlay, name)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is found.taker())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is plane)
    assert not found.isVisible()
    dock.setFloating(False)


def test_from_a_menu_of_a_button_the_keys_go_back_to_the_button(
    window: MainWindow, qtbot: Any
) -> None:
    button = window.findChild(QToolButton, "openButton")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    window.commands["shortcuts"].trigger()
    sheet = window.findChild(ShortcutSheet, "shortcutSheet")
    assert QApplication.focusWidget() is sheet
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is button
