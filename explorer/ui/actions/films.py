"""What can be done with the film of a path, and with one of its pictures."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from explorer.app.commands import Command, Context, groups
from explorer.compute.path import pictures
from explorer.ui.files.copying import copy_image
from explorer.ui.files.exporting import ask_and_export
from explorer.ui.widgets.pictures.pixels import qimage

NO_FILM = "Once a path is there, and its pictures are"


def no_film(context: Context) -> str:
    """Why nothing can be done with the film."""
    return "" if context.now.path_pictures is not None else NO_FILM


def _no_frame(context: Context) -> str:
    return no_film(context) or ("" if context.frame is not None else "Right click the film")


def _visit(context: Context) -> None:
    if context.frame is not None:
        context.frame.visit()


def _copy(context: Context) -> None:
    shown, frame = context.now.path_pictures, context.frame
    if shown is not None and frame is not None:
        copy_image(context.session, qimage(shown.images[frame.number]))


def _export(context: Context) -> None:
    shown, model = context.now.path_pictures, context.now.model
    if shown is not None and model is not None:
        window = QApplication.activeWindow()
        ask_and_export(window, context.session, pictures.kept(model, shown))


@groups.register("films")
def films() -> list[Command]:
    """Go to a picture, take it along, or all of the path."""
    return [
        Command(
            name="frame-go", title="Go to a picture of the film", entry="Go there", on="frame",
            menu="film", act=_visit, missing=_no_frame, sentence="Move z to this place of the path",
        ),
        Command(
            name="frame-copy", title="Copy a picture of the film", entry="Copy its picture",
            on="frame", menu="film", order=1, act=_copy, missing=_no_frame,
            sentence="Put the picture on the clipboard, one pixel a pixel",
        ),
        Command(
            name="path-export", title="Export the path...", menu="path", order=5, act=_export,
            missing=no_film, sentence="Write its pictures as a strip or a loop, or its codes",
        ),
    ]  # fmt: skip
