"""What can be done with a view of numbers: take the numbers along, and the view as a picture."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from explorer.app.commands import Command, Context, Shown, groups
from explorer.export.kinds.csv import as_text
from explorer.export.things import Columns, tabled
from explorer.ui.files.copying import copy_image, copy_text
from explorer.ui.files.exporting import ask_and_export
from explorer.ui.widgets.exporting import seen


def _shown(context: Context) -> tuple[Shown, QWidget]:
    shown = context.shown
    assert shown is not None and isinstance(shown.widget, QWidget)
    return shown, shown.widget


def _nothing(context: Context) -> str:
    if context.shown is None:
        return "Right click a plot or a list"
    shown = context.shown
    known = shown.thing is not None or shown.table is not None or len(shown.rows) > 1
    return "" if known else "There is nothing to show yet"


def _no_numbers(context: Context) -> str:
    shown = context.shown
    numbers = shown is None or shown.table is not None or len(shown.rows) > 1
    return _nothing(context) or ("" if numbers else "It is a picture, without numbers")


def _columns(shown: Shown) -> Columns:
    if shown.table is not None:
        return shown.table()
    return tabled([str(name) for name in shown.rows[0]], shown.rows[1:])


def _copy_table(context: Context) -> None:
    shown, _ = _shown(context)
    copy_text(context.session, as_text(_columns(shown)), f"Copied {shown.what}")


def _copy_view(context: Context) -> None:
    copy_image(context.session, _shown(context)[1].grab().toImage())


def _export(context: Context) -> None:
    """As it is seen before a dialog lies over it."""
    shown, widget = _shown(context)
    thing = shown.thing or seen(widget, shown.name, shown.what, partial(_columns, shown))
    ask_and_export(widget, context.session, thing)


def _what(context: Context) -> str:
    return "the numbers" if context.shown is None else context.shown.what


def _drawn(context: Context) -> str:
    return "the plot" if context.shown is None else context.shown.drawn


@groups.register("plots")
def plots() -> list[Command]:
    """Numbers and pictures, to the clipboard and to a file."""
    return [
        Command(
            name="plot-copy-table", title="Copy the numbers of a plot", on="plot", menu="plot",
            sentence="Put the numbers on the clipboard, as CSV", act=_copy_table,
            missing=_no_numbers, named=lambda context: f"Copy {_what(context)} as CSV",
        ),
        Command(
            name="plot-copy-view", title="Copy a plot as a picture", on="plot", menu="plot",
            order=2, sentence="Put what is seen of it on the clipboard", act=_copy_view,
            missing=_nothing, named=lambda context: f"Copy {_drawn(context)}",
        ),
        Command(
            name="plot-export", title="Export a plot...", entry="Export...", on="plot", menu="plot",
            order=3, sentence="Write it as a picture, as lines or as numbers", act=_export,
            missing=_nothing,
        ),
    ]  # fmt: skip
