"""What the right click copies works elsewhere."""

from __future__ import annotations

import shlex

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from explorer.app.state import State
from explorer.ui.plane.menu import PlaneMenu
from explorer.ui.plane.stage import Stage


@pytest.fixture
def menu(stage: Stage, state: State) -> PlaneMenu:
    state.update(z=np.array([0.5, -1, 0], np.float32))
    return stage.plane.findChild(PlaneMenu)


def test_z_is_copied_as_numbers(menu: PlaneMenu) -> None:
    menu.copy_z()
    assert QGuiApplication.clipboard().text() == "0.5,-1,0"


def test_the_command_names_the_folder_and_z(menu: PlaneMenu) -> None:
    menu.copy_command()
    words = shlex.split(QGuiApplication.clipboard().text())
    assert words[:5] == ["latent-explorer", "decode", "/models/my vae", "--z", "0.5,-1,0"]


def test_the_python_compiles(menu: PlaneMenu) -> None:
    menu.copy_python()
    text = QGuiApplication.clipboard().text()
    compile(text, "copied", "exec")
    assert "[[0.5, -1, 0]]" in text and "'/models/my vae'" in text


def test_the_picture_is_copied_pixel_for_pixel(menu: PlaneMenu, state: State) -> None:
    menu.copy_picture()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (8, 8)
    assert image.pixelColor(3, 4).red() == state.now.decoded.image[4, 3, 0]


def test_a_right_click_opens_the_menu(menu: PlaneMenu, stage: Stage) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(50, 50), QPoint(50, 50))
    QApplication.sendEvent(stage.plane.viewport(), event)
    assert menu._menu.isVisible()
    menu._menu.close()
