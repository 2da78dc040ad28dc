"""The plane's right-click menu: take the place that was clicked along, mark it, move z there."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMenu

from explorer.app import needs
from explorer.app.session import Session
from explorer.app.snapshot import Vector
from explorer.app.spelling import MOST
from explorer.app.state import State
from explorer.compute.decoding.place import DecodePlace
from explorer.data.dataset import Bytes
from explorer.ui.offers import copy_image, copy_text, sample_section
from explorer.ui.plane.places import Places
from explorer.ui.plane.view import LatentPlane
from explorer.ui.widgets.exporting import told_export
from explorer.ui.widgets.pictures.pixels import qimage
from explorer.ui.widgets.plane.cursor import RADIUS
from explorer.ui.widgets.popup import Entry, Section, popup

PYTHON = """\
import torch
from explorer.models import autoencoder, checkpoint

model = autoencoder.from_snapshot(checkpoint.load({folder!r}))
with torch.no_grad():
    image = model.decode(torch.tensor([[{z}]]))  # (1, C, H, W) in [0, 1]
"""
UNSAVED = "my-model"  # where the user is to save it first


class PlaneMenu(QObject):
    """Opens on a right click; each entry speaks of the place that its head names."""

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        super().__init__(plane)
        self._plane, self._state, self._session = plane, state, session
        self.places = Places(state, session)
        plane.menu_wanted.connect(self._on_plane_menu_wanted)

    @Slot(QPoint)
    def _on_plane_menu_wanted(self, at: QPoint) -> None:
        self.open(at)

    def open(self, at: QPoint) -> QMenu:
        """The menu of a place of the screen."""
        pixel = QPointF(self._plane.viewport().mapFromGlobal(at))
        z, about = self._place(pixel), self._sample(pixel)
        sections = [Section(head(z), self._entries(z)), Section("", self.places.entries(z))]
        return popup(self._plane, at, [*([] if about is None else [about]), *sections])

    def _place(self, pixel: QPointF) -> Vector | None:
        """z at a pixel of the plane; on the cursor, the held z itself."""
        cursor = self._plane.cursor_at
        if cursor is not None:
            away = QPointF(self._plane.pixel_at(cursor)) - pixel
            if away.manhattanLength() <= RADIUS:
                return self._state.now.z
        return self._plane.lifted(self._plane.point_at(pixel))

    def _sample(self, pixel: QPointF) -> Section | None:
        row, codes = self._plane.nearest(pixel), self._state.now.codes
        if row is None or codes is None:
            return None
        return sample_section(self._state, self._session, int(codes.index[row]))

    def _entries(self, z: Vector | None) -> list[Entry]:
        missing = needs.missing(self._state.now, "z")
        acts: tuple[tuple[str, Callable[[Vector], object]], ...] = (
            ("Move z here", self.move),
            ("Copy z", self.copy_z),
            ("Copy the picture", self.copy_picture),
            ("Copy as Python", self.copy_python),
            ("Copy as a command", self.copy_command),
            ("Export the picture...", self.export_picture),
        )
        place = np.zeros(0, np.float32) if z is None else z
        return [Entry(text, partial(act, place), missing) for text, act in acts]

    # -- what the entries do ----------------------------------------------------------------

    def move(self, z: Vector) -> None:
        """Hold that z."""
        self._state.mark()
        self._session.move(z)

    def _folder(self) -> str:
        model = self._state.now.model
        return UNSAVED if model is None or model.path is None else model.path

    def _copy(self, text: str) -> None:
        unsaved = self._folder() == UNSAVED
        said = f"Copied; save the model as {UNSAVED} (Ctrl+S) to use it" if unsaved else "Copied"
        copy_text(self._session, text, said)

    def copy_z(self, z: Vector) -> None:
        """Its numbers between commas."""
        copy_text(self._session, numbers(z), f"Copied z = {numbers(z)}")

    def copy_python(self, z: Vector) -> None:
        """A script that decodes it."""
        self._copy(PYTHON.format(folder=self._folder(), z=numbers(z).replace(",", ", ")))

    def copy_command(self, z: Vector) -> None:
        """A command that decodes it."""
        folder = shlex.quote(self._folder())
        self._copy(f'latent-explorer decode {folder} --z "{numbers(z)}" --out picture.png')

    def copy_picture(self, z: Vector) -> None:
        """What is decoded there, one pixel a pixel."""
        self._decode(z, partial(copy_image, self._session))

    def export_picture(self, z: Vector) -> None:
        """What is decoded there, as a file."""
        name, _ = QFileDialog.getSaveFileName(self._plane, "Export the picture", "picture.png")
        if name:
            self._decode(z, partial(self._write, name))

    def _write(self, name: str, image: QImage) -> None:
        self._session.say(*told_export(image, name))

    def _decode(self, z: Vector, done: Callable[[QImage], object]) -> None:
        """Ask for the picture of a place that need not be the one shown."""
        model = self._state.now.model
        if model is None:
            return
        self._session.answers.ask(DecodePlace(model, z), partial(_hand_on, done), owner=self)


def _hand_on(done: Callable[[QImage], object], picture: Bytes) -> None:
    done(qimage(picture))


def head(z: Vector | None) -> str:
    """What the menu speaks of."""
    if z is None:
        return ""
    more = ", ..." if len(z) > MOST else ""
    named = ", ".join(f"{value:.2f}" for value in z[:MOST]).replace("-", "\u2212")
    return f"z = ({named}{more})"


def numbers(z: Vector) -> str:
    """z as a command takes it."""
    return ",".join(f"{value:.6g}" for value in z)
