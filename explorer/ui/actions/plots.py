"""What can be done with a view of numbers: take the numbers along, and the view as a picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.app.commands import Command, Context, Shown, groups
from explorer.errors import ExplorerError
from explorer.ui.copying import copy_image, copy_text
from explorer.ui.widgets.exporting import told_export
from explorer.writing import exported


def table(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV; the first one names the columns. What is not known is empty."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        ["" if value is None else value for value in row] for row in rows
    )
    return out.getvalue()


def told_csv(text: str, target: str) -> tuple[str, str]:
    """Write a table; what is to be said of it, and in which tone."""
    out = Path(target) if Path(target).suffix else Path(f"{target}.csv")
    try:
        with exported(out, "the table") as file:
            file.write(text.encode())
    except ExplorerError as error:
        return str(error), "bad"
    return f"Exported to {out}", "done"


def _shown(context: Context) -> tuple[Shown, QWidget]:
    shown = context.shown
    assert shown is not None and isinstance(shown.widget, QWidget)
    return shown, shown.widget


def _nothing(context: Context) -> str:
    if context.shown is None:
        return "Right click a plot or a list"
    return "" if len(context.shown.rows) > 1 else "There is nothing to show yet"


def _copy_table(context: Context) -> None:
    shown, _ = _shown(context)
    copy_text(context.session, table(shown.rows), f"Copied {shown.what}")


def _save_table(context: Context) -> None:
    shown, widget = _shown(context)
    text = table(shown.rows)
    target, _ = QFileDialog.getSaveFileName(
        widget, "Save as CSV", f"{shown.name}.csv", "CSV (*.csv)"
    )
    if target:
        context.session.say(*told_csv(text, target))


def _picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def _copy_view(context: Context) -> None:
    copy_image(context.session, _picture(_shown(context)[1]))


def _save_view(context: Context) -> None:
    shown, widget = _shown(context)
    image = _picture(widget)  # before a dialog lies over it
    target, _ = QFileDialog.getSaveFileName(
        widget, f"Save {shown.drawn}", f"{shown.name}.png", "PNG (*.png)"
    )
    if target:
        context.session.say(*told_export(image, target, shown.drawn))


def _what(context: Context) -> str:
    return "the numbers" if context.shown is None else context.shown.what


def _drawn(context: Context) -> str:
    return "the plot" if context.shown is None else context.shown.drawn


@groups.register("plots")
def plots() -> list[Command]:
    """CSV and PNG, to the clipboard and to a file."""
    return [
        Command(
            name="plot-copy-table", title="Copy the numbers of a plot", on="plot", menu="plot",
            sentence="Put the numbers on the clipboard, as CSV", act=_copy_table,
            missing=_nothing, named=lambda context: f"Copy {_what(context)} as CSV",
        ),
        Command(
            name="plot-save-table", title="Save the numbers of a plot...", on="plot", menu="plot",
            order=1, sentence="Write the numbers as a CSV file", act=_save_table,
            missing=_nothing, named=lambda context: f"Save {_what(context)} as CSV...",
        ),
        Command(
            name="plot-copy-view", title="Copy a plot as a picture", on="plot", menu="plot",
            order=2, sentence="Put what is seen of it on the clipboard", act=_copy_view,
            missing=_nothing, named=lambda context: f"Copy {_drawn(context)}",
        ),
        Command(
            name="plot-save-view", title="Save a plot as a picture...", on="plot", menu="plot",
            order=3, sentence="Write what is seen of it as a PNG file", act=_save_view,
            missing=_nothing, named=lambda context: f"Save {_drawn(context)} as PNG...",
        ),
    ]  # fmt: skip
