"""What can be done with a place in latent space: that of a menu, or where z is held."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication

from explorer.app import needs
from explorer.app.commands import Command, Context, groups
from explorer.app.session import Session
from explorer.app.snapshot import Vector
from explorer.compute.decoding.place import DecodePlace
from explorer.data.dataset import Bytes
from explorer.export.things import Thing
from explorer.ui.files.copying import copy_image, copy_text
from explorer.ui.files.exporting import ask_and_export
from explorer.ui.widgets.pictures.pixels import qimage

PYTHON = """\
import torch
from explorer.models import autoencoder, checkpoint

model = autoencoder.from_snapshot(checkpoint.load({folder!r}))
with torch.no_grad():
    image = model.decode(torch.tensor([[{z}]]))  # (1, C, H, W) in [0, 1]
"""
UNSAVED = "my-model"  # where the user is to save it first


def numbers(z: Vector) -> str:
    """z as a command takes it."""
    return ",".join(f"{value:.6g}" for value in z)


def no_place(context: Context) -> str:
    """Why nothing can be done with the place."""
    return needs.MODEL if context.place is None else needs.missing(context.now, "z")


def _held(context: Context) -> str:
    return no_place(context) or ("z is there" if context.place is context.now.z else "")


def _move(context: Context) -> None:
    if context.place is not None:
        context.state.mark()
        context.session.move(context.place)


def _spelled(context: Context) -> str:
    return "" if context.place is None else numbers(context.place)


def _copy_z(context: Context) -> None:
    copy_text(context.session, _spelled(context), f"Copied z = {_spelled(context)}")


def _folder(context: Context) -> str:
    model = context.now.model
    return UNSAVED if model is None or model.path is None else model.path


def _copy_code(context: Context, code: str) -> None:
    unsaved = _folder(context) == UNSAVED
    said = f"Copied; save the model as {UNSAVED} (Ctrl+S) to use it" if unsaved else "Copied"
    copy_text(context.session, code, said)


def _copy_python(context: Context) -> None:
    z = _spelled(context).replace(",", ", ")
    _copy_code(context, PYTHON.format(folder=_folder(context), z=z))


def _copy_command(context: Context) -> None:
    folder = shlex.quote(_folder(context))
    code = f'latent-explorer decode {folder} --z "{_spelled(context)}" --out picture.png'
    _copy_code(context, code)


def _decode(context: Context, done: Callable[[Bytes], object]) -> None:
    """Ask for the picture of a place that need not be the one shown."""
    model = context.now.model
    if model is not None and context.place is not None:
        question = DecodePlace(model, context.place)
        context.session.answers.ask(question, done, owner=context.session)


def _copy_picture(context: Context) -> None:
    _decode(context, partial(_put_on_clipboard, context.session))


def _put_on_clipboard(session: Session, picture: Bytes) -> None:
    copy_image(session, qimage(picture))


def _export_picture(context: Context) -> None:
    model, window = context.now.model, QApplication.activeWindow()
    if model is not None and context.place is not None:
        drawn = DecodePlace(model, context.place)
        thing = Thing("picture", "the picture", picture=drawn.answer)
        ask_and_export(window, context.session, thing)


@groups.register("places")
def places() -> list[Command]:
    """Take the place along, or move z there."""
    return [*_at_hand(), *_elsewhere()]


def _at_hand() -> list[Command]:
    """z itself, and a copy of its picture."""
    return [
        Command(
            name="place-move", title="Move z here", on="place", menu="place", act=_move,
            sentence="Hold z at this place; the picture follows", missing=_held,
        ),
        Command(
            name="place-copy-z", title="Copy z", on="place", menu="place", order=1, act=_copy_z,
            sentence="Copy the numbers of z with commas between them", missing=no_place,
        ),
        Command(
            name="place-copy-picture", title="Copy the picture at z", entry="Copy the picture",
            on="place", menu="place", order=2, act=_copy_picture, missing=no_place,
            sentence="Copy what the model decodes there, one pixel a pixel",
        ),
    ]  # fmt: skip


def _elsewhere() -> list[Command]:
    """What decodes z outside the program, and its picture as a file."""
    return [
        Command(
            name="place-copy-python", title="Copy z as Python", entry="Copy as Python", on="place",
            menu="place", order=3, act=_copy_python, missing=no_place,
            sentence="Copy a script that decodes this place",
        ),
        Command(
            name="place-copy-command", title="Copy z as a command", entry="Copy as a command",
            on="place", menu="place", order=4, act=_copy_command, missing=no_place,
            sentence="Copy a command line that decodes this place",
        ),
        Command(
            name="place-export", title="Export the picture at z...",
            entry="Export the picture...", on="place", menu="place", order=5,
            act=_export_picture, missing=no_place,
            sentence="Write what the model decodes there as a file",
        ),
    ]  # fmt: skip
