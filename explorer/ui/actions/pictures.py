"""What can be done with a picture, or with the chart that stands in its place."""

from __future__ import annotations

from typing import Protocol, cast, runtime_checkable

from PySide6.QtWidgets import QWidget

from explorer.app import needs
from explorer.app.commands import Command, Context, groups
from explorer.export.things import Thing
from explorer.ui.files.exporting import ask_and_export


@runtime_checkable
class View(Protocol):
    """A widget that shows one thing, which can be taken along."""

    def copy(self) -> None:
        """Put it on the clipboard as it is: pixels, or values."""

    def copy_as_shown(self) -> None:
        """Put it on the clipboard as a picture, as large as it is on the screen."""

    def is_empty(self) -> bool:
        """Whether there is nothing."""

    def copied(self) -> str:
        """What `copy` takes, for its entry."""

    def thing(self) -> Thing | None:
        """What can leave; None while there is nothing."""


def _view(context: Context) -> View | None:
    widget = None if context.shown is None else context.shown.widget
    return widget if isinstance(widget, View) else None


def _nothing(context: Context) -> str:
    view = _view(context)
    if view is None:
        return "Right click a picture"
    return needs.PICTURE if view.is_empty() else ""


def _copy(context: Context) -> None:
    view = _view(context)
    if view is not None:
        view.copy()


def _copy_as_shown(context: Context) -> None:
    view = _view(context)
    if view is not None:
        view.copy_as_shown()


def _export(context: Context) -> None:
    view = _view(context)
    thing = None if view is None else view.thing()
    if thing is not None:
        ask_and_export(cast(QWidget, view), context.session, thing)


def _copied(context: Context) -> str:
    view = _view(context)
    return f"Copy {'image' if view is None else view.copied()}"


@groups.register("pictures")
def pictures() -> list[Command]:
    """Pixels and values, to the clipboard and to a file."""
    return [
        Command(
            name="picture-copy-shown", title="Copy a picture as it is shown", menu="picture",
            entry="Copy image as shown", on="picture", act=_copy_as_shown, missing=_nothing,
            sentence="Put it on the clipboard, as large as it is on the screen",
        ),
        Command(
            name="picture-copy", title="Copy a picture pixel by pixel", menu="picture", order=1,
            on="picture", act=_copy, missing=_nothing, named=_copied,
            sentence="Put it on the clipboard, one pixel a pixel (Ctrl+C)",
        ),
        Command(
            name="picture-export", title="Export a picture...", entry="Export...", menu="picture",
            order=2, on="picture", act=_export, missing=_nothing,
            sentence="Write it as a file, pixel by pixel",
        ),
    ]  # fmt: skip
