"""The plane's right-click menu: take what is here along, as numbers, picture, Python or command."""

from __future__ import annotations

import shlex

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu

from explorer.app import needs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.data.dataset import Bytes
from explorer.ui.plane.places import PlacesMenu
from explorer.ui.plane.view import LatentPlane
from explorer.ui.widgets.exporting import told_export
from explorer.ui.widgets.offering import offer

PYTHON = """\
import torch
from explorer.models import autoencoder, checkpoint

model = autoencoder.from_snapshot(checkpoint.load({folder!r}))
with torch.no_grad():
    image = model.decode(torch.tensor([[{z}]]))  # (1, C, H, W) in [0, 1]
"""
UNSAVED = "my-model"  # where the user is to save it first


class PlaneMenu(QObject):
    """Opens on a right click; each entry speaks of the held z."""

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        super().__init__(plane)
        self._plane, self._state, self._session = plane, state, session
        self._menu = QMenu(plane)
        self._menu.setToolTipsVisible(True)
        for text, slot in (
            ("Copy z", self.copy_z),
            ("Copy the picture", self.copy_picture),
            ("Copy as Python", self.copy_python),
            ("Copy as a command", self.copy_command),
        ):
            self._menu.addAction(text, slot)
        self._menu.addSeparator()
        self._menu.addAction("Export the picture...", self.export_picture)
        self._menu.addSeparator()
        self.places = PlacesMenu(self._menu, state, session)
        plane.menu_wanted.connect(self._on_plane_menu_wanted)

    @Slot(QPoint)
    def _on_plane_menu_wanted(self, at: QPoint) -> None:
        for action in self._menu.actions():
            offer(action, needs.missing(self._state.now, "z"))
        self.places.show_now()
        self._menu.popup(at)

    def _numbers(self) -> str:
        z = self._state.now.z
        return "" if z is None else ",".join(f"{value:.6g}" for value in z)

    def _folder(self) -> str:
        model = self._state.now.model
        return UNSAVED if model is None or model.path is None else model.path

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        unsaved = self._folder() == UNSAVED
        self._session.say(
            f"Copied; save the model as {UNSAVED} (Ctrl+S) to use it" if unsaved else "Copied"
        )

    @Slot()
    def copy_z(self) -> None:
        """The held z as numbers between commas."""
        QGuiApplication.clipboard().setText(self._numbers())
        self._session.say(f"Copied z = {self._numbers()}")

    @Slot()
    def copy_python(self) -> None:
        """A script that decodes the held z."""
        self._copy(PYTHON.format(folder=self._folder(), z=self._numbers().replace(",", ", ")))

    @Slot()
    def copy_command(self) -> None:
        """A command that decodes the held z."""
        folder = shlex.quote(self._folder())
        self._copy(f'latent-explorer decode {folder} --z "{self._numbers()}" --out picture.png')

    @Slot()
    def copy_picture(self) -> None:
        """The decoded picture, one pixel a pixel."""
        decoded = self._state.now.decoded
        if decoded is not None:
            QGuiApplication.clipboard().setImage(_as_image(decoded.image))
            self._session.say("Copied the picture")

    @Slot()
    def export_picture(self) -> None:
        """The decoded picture as a file."""
        decoded = self._state.now.decoded
        name, _ = QFileDialog.getSaveFileName(self._plane, "Export the picture", "picture.png")
        if name and decoded is not None:
            self._session.say(*told_export(_as_image(decoded.image), name))


def _as_image(picture: Bytes) -> QImage:
    height, width, channels = picture.shape
    form = QImage.Format.Format_Grayscale8 if channels == 1 else QImage.Format.Format_RGB888
    return QImage(picture.tobytes(), width, height, width * channels, form).copy()
