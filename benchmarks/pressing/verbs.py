"""Deeds that concern the whole window: open, drop, paste, train, dress, arrange."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6 import __version_info__
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from benchmarks.pressing import gestures
from benchmarks.pressing.deeds import deed
from benchmarks.pressing.supplies import BUNDLED

if TYPE_CHECKING:
    from benchmarks.pressing.presser import Presser

COPY = Qt.DropAction.CopyAction
SIZES = ((1280, 800), (1024, 700), (1600, 1000), (800, 600), (1366, 768))
PRESETS = ("vae", "ae", "beta-vae", "vq-vae", "iwae")


@deed(often=3)
def open_bundled(presser: Presser, rng: random.Random) -> str:
    """One of the sets that come with the program."""
    name = rng.choice(BUNDLED)
    presser.window.open(name)
    return f"open {name}"


@deed(often=3)
def drop(presser: Presser, rng: random.Random) -> str:
    """Files on the window, good and bad."""
    paths = [presser.supplies.any(rng) for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    let_go(presser.window, data)
    return f"drop {_names(paths)}"


@deed(often=0.3)
def drop_link(presser: Presser, _rng: random.Random) -> str:
    """Something of another machine."""
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.png")])
    let_go(presser.window, data)
    return "drop a link"


def let_go(window: QWidget, data: QMimeData) -> None:
    """Drop it over the middle, if the window takes it."""
    at = window.rect().center()
    where: Any = QPointF(at) if __version_info__ >= (6, 12) else at  # Qt asks for it anew
    entered = QDragEnterEvent(where, COPY, data, gestures.LEFT, gestures.NONE)
    QApplication.sendEvent(window, entered)
    if entered.isAccepted():
        dropped = QDropEvent(QPointF(at), COPY, data, gestures.LEFT, gestures.NONE)
        QApplication.sendEvent(window, dropped)


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(path.name for path in paths)


@deed(often=1.5)
def paste(presser: Presser, rng: random.Random) -> str:
    """Ctrl+V with a picture, files or words on the clipboard."""
    kind, data = rng.choice(("picture", "file", "words")), QMimeData()
    if kind == "picture":
        image = QImage(28, 28, QImage.Format.Format_RGB32)
        image.fill(QColor(rng.randrange(256), 80, 80))
        data.setImageData(image)
    elif kind == "file":
        data.setUrls([QUrl.fromLocalFile(str(presser.supplies.any(rng)))])
    else:
        data.setText("some words")
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(presser.window.windowHandle(), Qt.Key.Key_V, gestures.CTRL)
    return f"paste a {kind}"


@deed(often=2)
def train(presser: Presser, rng: random.Random) -> str:
    """Press Train for a few epochs of one of the presets."""
    now = presser.window.state.now
    if now.training != "idle" or now.dataset is None:
        return "no training can begin"
    if rng.random() < 0.5:
        presser.window.session.choose_preset(rng.choice(PRESETS))
    now, session = presser.window.state.now, presser.window.session
    model = now.model_config
    if rng.random() < 0.3:
        model = replace(model, latent_dim=rng.choice((1, 2, 3, 8)))
    session.configure(model, replace(now.training_config, epochs=rng.choice(presser.epochs)))
    _press(presser, "trainButton", session.train)
    return f"train {model.preset}, {model.latent_dim} latents"


@deed(often=3)
def stop(presser: Presser, _rng: random.Random) -> str:
    """End a training."""
    if presser.window.state.now.training == "idle":
        return "nothing to stop"
    _press(presser, "stopButton", presser.window.session.stop)
    return "stop"


@deed(often=1)
def pause(presser: Presser, _rng: random.Random) -> str:
    """Hold a training, or let it go on."""
    if presser.window.state.now.training == "idle":
        return "nothing to pause"
    _press(presser, "pauseButton", presser.window.session.pause)
    return "pause or go on"


def _press(presser: Presser, name: str, otherwise: Any) -> None:
    """The button where it is seen, or the verb behind it."""
    button = presser.window.findChild(QAbstractButton, name)
    if button is not None and button.isVisible() and button.isEnabled():
        QTest.mouseClick(button, gestures.LEFT)
    else:
        otherwise()


@deed(often=0.6)
def apply_theme(presser: Presser, rng: random.Random) -> str:
    """Light, dark, or as the system is."""
    name = rng.choice(("light", "dark", "system"))
    presser.window.appearance.set_theme(name)
    return f"theme {name}"


@deed(often=2)
def resize(presser: Presser, rng: random.Random) -> str:
    """Another size of the window."""
    width, height = rng.choice(SIZES)
    presser.window.resize(width, height)
    return f"resize to {width} x {height}"


@deed(often=3)
def dock(presser: Presser, rng: random.Random) -> str:
    """Hide, show or float a panel."""
    one = rng.choice(presser.window.docks)
    if rng.random() < 0.3 and one.isVisible():
        one.setFloating(not one.isFloating())
        return f"float {one.windowTitle()}"
    one.toggleViewAction().trigger()
    return f"toggle {one.windowTitle()}"


@deed(often=0.5)
def reset_layout(presser: Presser, _rng: random.Random) -> str:
    """Every panel where it was on the first day."""
    presser.window.reset_layout()
    return "reset the layout"
