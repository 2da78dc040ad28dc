"""Starts Qt, runs the window, ends with an exit code. What goes wrong is said in a sentence."""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from explorer.data.choices import NO_CHOICES, Choices
from explorer.errors import EnvironmentFault, ExplorerError
from explorer.ui.startup import plain_imports, screen

try:
    from PySide6.QtCore import QCoreApplication, Qt, QThread
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication
except ImportError as error:
    raise screen.missing_library(error) from error

from explorer.ui.startup.faults import Faults, QtMessages
from explorer.ui.startup.interrupts import Interrupts
from explorer.ui.themes import fonts, theme

if TYPE_CHECKING:
    from explorer.ui.window import MainWindow

INTERRUPTED = 130


def create_application(argv: Sequence[str]) -> QApplication:
    """The one QApplication, named and in its theme, with every unseen error made heard.

    Raises EnvironmentFault where Qt finds no screen that lets it in.
    """
    plain_imports.restore()  # before the many modules of the window, and of torch
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    if sys.stderr is not None:
        faulthandler.enable()
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    messages = QtMessages()
    app = _started(argv, messages)
    messages.pass_on()
    QCoreApplication.setOrganizationName("latent-space-explorer")
    QCoreApplication.setApplicationName("latent-space-explorer")
    app.setApplicationDisplayName("Latent Space Explorer")
    app.setDesktopFileName("latent-space-explorer")
    fonts.load()
    theme.apply(app)
    fonts.warn_without_any()
    Faults(app).install()
    return app


def run_window(source: str | None, choices: Choices = NO_CHOICES) -> int:
    """Show the window on ``source`` until it is closed; 0, 1 without a screen, 130 on Ctrl-C."""
    fault = screen.missing_screen()
    if fault is not None:
        return _refuse(fault)
    try:
        app = create_application(["latent-explorer"])
    except EnvironmentFault as problem:
        return _refuse(problem)
    gc.disable()  # what is imported stays: to look through it again and again takes 0.1 s
    from explorer.ui.window import open_window  # its own collector takes over

    with Interrupts(app, INTERRUPTED) as interrupts:
        window = open_window(source, choices=choices)
        Faults.of(app).told.connect(window.session.say)
        code = INTERRUPTED if interrupts.heard else app.exec()
        return _end(app, window, code)


def _started(argv: Sequence[str], messages: QtMessages) -> QApplication:
    """Qt aborts the process if its only platform fails, so it gets one more to fall back on."""
    wanted = os.environ.get("QT_QPA_PLATFORM")
    if not sys.platform.startswith("linux") or wanted:
        return QApplication(list(argv))
    on_wayland = os.environ.get("XDG_SESSION_TYPE") == "wayland"
    native = "wayland;xcb" if on_wayland else "xcb;wayland"
    os.environ["QT_QPA_PLATFORM"] = f"{native};offscreen"
    try:
        app = QApplication(list(argv))
    finally:
        del os.environ["QT_QPA_PLATFORM"]
    if app.platformName() != "offscreen":
        return app
    app.shutdown()
    raise _why_not(messages.lines)


def _why_not(lines: Sequence[str]) -> EnvironmentFault:
    text = "\n".join(lines)
    if "could not connect to display" in text:
        return screen.unreachable(os.environ.get("DISPLAY", ""))
    return screen.missing_library(text)


def _refuse(fault: ExplorerError) -> int:
    sys.stderr.write(f"error: {fault}\n")
    return 1


def _end(app: QApplication, window: MainWindow, code: int) -> int:
    """Take the window down while Qt is still whole, so that nothing is left to crash at exit."""
    if not window.close():  # it asks, and nobody is there to answer
        sys.stderr.write(f"{window.session.rescue()}\n")
        window.close_at_once()
    if any(lane.isRunning() for lane in window.findChildren(QThread)):
        os._exit(code)  # work that does not hear would take the process down with noise
    window.deleteLater()
    app.processEvents()
    Faults.of(app).remove()
    return code
