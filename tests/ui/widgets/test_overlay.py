"""What lies over a window takes the keys of all its windows, and gives them back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLineEdit, QMainWindow, QWidget

from explorer.ui.widgets.overlay import Overlay


class Sheet(Overlay):
    """An overlay with a line that takes the keys."""

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window, name)
        self.line = QLineEdit(self.card)

    def taker(self) -> QWidget:
        """The line."""
        return self.line


@dataclass
class Windows:
    """A window with a line and two sheets, and a floating dock with another line."""

    window: QMainWindow
    line: QLineEdit
    floating: QDockWidget
    outside: QLineEdit
    sheet: Sheet
    other: Sheet


@pytest.fixture
def windows(qtbot: Any) -> Iterator[Windows]:
    window = QMainWindow()
    qtbot.addWidget(window)
    line, outside = QLineEdit(window), QLineEdit()
    window.setCentralWidget(line)
    dock = QDockWidget("Floating", window)
    dock.setWidget(outside)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.show()
    dock.setFloating(True)
    yield Windows(window, line, dock, outside, Sheet(window, "sheet"), Sheet(window, "other"))
    window.close()


def focused(qtbot: Any, widget: QWidget) -> None:
    qtbot.waitUntil(lambda: QApplication.focusWidget() is widget)


def begin(qtbot: Any, widget: QWidget) -> None:
    widget.window().activateWindow()
    widget.setFocus()
    focused(qtbot, widget)


@pytest.mark.parametrize("where", ["line", "outside"])
def test_the_keys_come_and_go_back(qtbot: Any, windows: Windows, where: str) -> None:
    origin = getattr(windows, where)
    begin(qtbot, origin)
    windows.sheet.open()
    focused(qtbot, windows.sheet.line)
    QTest.keyClicks(QApplication.focusWidget(), "fit")
    assert windows.sheet.line.text() == "fit" and not origin.text()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not windows.sheet.isVisible()
    focused(qtbot, origin)


def test_from_one_to_another_and_back_to_where_the_keys_were(qtbot: Any, windows: Windows) -> None:
    begin(qtbot, windows.outside)
    windows.sheet.open()
    focused(qtbot, windows.sheet.line)
    windows.sheet.shut()
    windows.other.open()
    focused(qtbot, windows.other.line)
    windows.other.shut()
    focused(qtbot, windows.outside)


def test_who_is_gone_gets_nothing(qtbot: Any, windows: Windows) -> None:
    begin(qtbot, windows.outside)
    windows.sheet.open()
    focused(qtbot, windows.sheet.line)
    windows.floating.close()
    windows.sheet.shut()
    assert not windows.sheet.isVisible()
    assert QApplication.focusWidget() is not windows.outside
