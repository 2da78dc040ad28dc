"""Open data, pictures and models; keep a model."""

from __future__ import annotations

from functools import partial

from explorer.app import needs
from explorer.app.commands import Command, Context, groups
from explorer.data.bundled import BUNDLED, Bundled


def _open(source: str, context: Context) -> None:
    context.window.open(source)


def _open_files(context: Context) -> None:
    context.window.ask_for_file()


def _open_folder(context: Context) -> None:
    context.window.ask_for_folder()


def _paste(context: Context) -> None:
    context.window.paste()


def _save(context: Context) -> None:
    context.session.save_elsewhere()


def _unsaved(context: Context) -> str:
    return needs.missing(context.now, "model")


def _bundled(order: int, data: Bundled) -> Command:
    return Command(
        name=f"open-{data.name}", title=f"Open {data.name}",
        sentence=f"Bundled data and its model: {data.summary}",
        entry=f"{data.name.capitalize()}: {data.summary}", act=partial(_open, data.name),
        menu="open", order=order, icon="open",
    )  # fmt: skip


@groups.register("opening")
def opening() -> list[Command]:
    """What the Open button offers."""
    return [
        *(_bundled(i, data) for i, data in enumerate(BUNDLED.values())),
        Command(
            name="open-files", title="Open files...", menu="open", order=20, keys=("Ctrl+O",),
            sentence="Choose data, pictures or a model and open them; several are all taken",
            act=_open_files, icon="open",
        ),
        Command(
            name="open-folder", title="Open a folder...", menu="open", order=21,
            sentence="Choose a folder of pictures, or a saved model, and open it",
            keys=("Ctrl+Shift+O",), act=_open_folder, icon="open",
        ),
        Command(
            name="paste", title="Paste a picture or files", menu="open", order=22,
            sentence="Take what the clipboard holds: files, a picture, or the paths of files",
            keys=("Ctrl+V",), act=_paste,
        ),
        Command(
            name="save-model", title="Save the model...", menu="open", order=30, keys=("Ctrl+S",),
            sentence="Keep the model shown, with its codes, in a folder",
            act=_save, missing=_unsaved, icon="save",
        ),
    ]  # fmt: skip
