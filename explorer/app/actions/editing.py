"""Undo, redo, clear."""

from __future__ import annotations

from explorer.app.commands import Command, Context, groups
from explorer.app.state import NOTHING


def _undo(context: Context) -> None:
    context.session.undo()


def _redo(context: Context) -> None:
    context.session.redo()


def _clear(context: Context) -> None:
    """With the path tool, the path goes first; without a selection, own pictures."""
    now = context.now
    if now.tool == "path" and now.path is not None:
        context.state.mark()
        context.state.update(path=None)
    elif len(now.selection):
        context.state.mark()
        context.state.update(selection=NOTHING)
    else:
        context.session.drop_own()


def _nothing_to_clear(context: Context) -> str:
    now = context.now
    drawn = now.tool == "path" and now.path is not None
    return "" if drawn or len(now.selection) or now.own is not None else "Nothing is selected"


@groups.register("editing")
def editing() -> list[Command]:
    """One undo for everything."""
    return [
        Command(
            name="undo", title="Undo", menu="edit", keys=("Ctrl+Z",), icon="undo", act=_undo,
            sentence="Go back to before the last gesture",
        ),
        Command(
            name="redo", title="Redo", menu="edit", keys=("Ctrl+Shift+Z",), icon="redo",
            act=_redo, sentence="Take the last undo back",
        ),
        Command(
            name="clear", title="Clear the selection", menu="edit", keys=("Esc",),
            sentence="Select nothing, and put own pictures away; a path being drawn goes first",
            act=_clear, missing=_nothing_to_clear,
        ),
    ]  # fmt: skip
