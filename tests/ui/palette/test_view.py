"""The palette in the real window, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.ui.palette.view import CommandPalette
from explorer.ui.window import MainWindow
from tests.fakes import toy_dataset
from tests.ui.standing import Standing, standing

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def opened(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """The window of all the tests below."""
    with standing(tmp_path_factory.mktemp("settings")) as made:
        yield made


@pytest.fixture
def window(opened: Standing, qtbot: Any) -> MainWindow:
    made = opened.begin()
    made.activateWindow()
    made.plane_area.plane.setFocus()
    made._settings.remove("recentCommands")
    return made


@pytest.fixture
def palette(window: MainWindow) -> Iterator[CommandPalette]:
    """Opened by its key."""
    QTest.keyClick(window.plane_area.plane, Qt.Key.Key_K, CTRL)
    found = window.findChild(CommandPalette, "commandPalette")
    assert found.isVisible() and QApplication.focusWidget() is found.line
    yield found
    found.shut()


def titles(palette: CommandPalette) -> list[str]:
    return [row.title for row in palette.rows()]


def press(palette: CommandPalette, key: Qt.Key) -> None:
    QTest.keyClick(palette.line, key)


def test_a_few_letters_and_enter_do_it(window: MainWindow, palette: CommandPalette) -> None:
    QTest.keyClicks(palette.line, "lasso")
    assert titles(palette)[0] == "Tool: Lasso"
    press(palette, Qt.Key.Key_Return)
    assert window.state.now.tool == "lasso" and not palette.isVisible()
    assert QApplication.focusWidget() is window.plane_area.plane


@pytest.mark.parametrize(
    ("typed", "title"),
    [("open fash", "Open fashion"), ("dark", "Colours: dark"), ("cldark", "Colours: dark"),
     ("dens", "Layer: Density of codes"), ("beta", "Network: beta-vae"),
     ("keys", "Keys and gestures"), ("f1", "Keys and gestures")],
)  # fmt: skip
def test_everything_is_found(palette: CommandPalette, typed: str, title: str) -> None:
    QTest.keyClicks(palette.line, typed)
    assert titles(palette)[0] == title


def test_letters_are_typed_and_no_shortcuts(window: MainWindow, palette: CommandPalette) -> None:
    QTest.keyClicks(palette.line, "l2")
    assert palette.line.text() == "l2" and window.state.now.tool == "probe"
    assert not window.plane_area.plane.layers["density"].appearance.visible


def test_escape_closes_and_leaves_the_selection(
    window: MainWindow, palette: CommandPalette
) -> None:
    window.state.update(dataset=toy_dataset())
    window.state.update(selection=np.array([1]))
    press(palette, Qt.Key.Key_Escape)
    assert not palette.isVisible() and len(window.state.now.selection) == 1


def test_arrows_choose(palette: CommandPalette) -> None:
    press(palette, Qt.Key.Key_Down)
    press(palette, Qt.Key.Key_Down)
    press(palette, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 1
    for _ in range(4):
        press(palette, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 0


def test_what_cannot_be_done_says_why_and_comes_last(
    window: MainWindow, palette: CommandPalette
) -> None:
    QTest.keyClicks(palette.line, "save the model")
    row = palette.rows()[0]
    assert (row.title, row.reason) == ("Save the model", "Train or open a model first")
    press(palette, Qt.Key.Key_Return)
    assert palette.isVisible() and row.reason in palette._hint.text()
    palette.line.setText("t")
    barred = [bool(row.reason) for row in palette.rows()]
    assert True in barred and not barred[0]


def test_nothing_found_says_so(palette: CommandPalette) -> None:
    palette.line.setText("qqq")
    assert palette.rows() == [] and "qqq" in palette._hint.text()
    press(palette, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_what_was_used_last_comes_first(window: MainWindow, palette: CommandPalette) -> None:
    for name in ("fit", "tool-pan", "fit"):
        window.commands[name].trigger()
    palette.shut()
    window.commands["palette"].trigger()
    assert titles(palette)[:2] == ["Fit", "Tool: Pan"]


def test_the_key_closes_as_well_and_so_does_a_click_beside_it(
    window: MainWindow, palette: CommandPalette
) -> None:
    QTest.keyClick(palette.line, Qt.Key.Key_K, CTRL)
    assert not palette.isVisible()
    window.commands["palette"].trigger()
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(5, palette.height() - 5))
    assert not palette.isVisible()


def test_a_click_does_it(window: MainWindow, palette: CommandPalette) -> None:
    palette.line.setText("tool lasso")
    at = palette.list.visualRect(palette.list.model().index(0, 0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.state.now.tool == "lasso"


@pytest.mark.parametrize("size", [(1024, 720), (1280, 800), (3840, 2160)])
def test_it_lies_in_the_window(
    window: MainWindow, palette: CommandPalette, size: tuple[int, int]
) -> None:
    window.resize(*size)
    QApplication.processEvents()
    assert palette.size() == window.size()
    assert palette.rect().contains(palette.card.geometry())


def test_rows_are_read_aloud_and_painted_in_both_themes(
    window: MainWindow, palette: CommandPalette
) -> None:
    index = palette.list.model().index(0, 0)
    assert palette.rows()[0].title in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert palette.line.accessibleName() and palette.list.accessibleName()
    light = palette.card.grab().toImage()
    window.appearance.set_theme("dark")
    QApplication.processEvents()
    dark = palette.card.grab().toImage()
    window.appearance.set_theme("light")
    assert light.pixelColor(30, 60).lightness() > 200 > 60 > dark.pixelColor(30, 60).lightness()
