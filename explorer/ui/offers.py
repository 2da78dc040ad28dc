"""What the menus of several panels offer alike: a sample, numbers, a plot as a picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.app import needs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.errors import ExplorerError
from explorer.ui.widgets.exporting import told_export
from explorer.ui.widgets.pictures.pixels import qimage
from explorer.ui.widgets.popup import Entry, Section
from explorer.writing import exported

Rows = Iterable[Sequence[object]]


def sample_section(state: State, session: Session, sample: int) -> Section | None:
    """Select a sample, go to it, take its picture along; None where there is no such sample."""
    data = state.now.dataset
    if data is None or not 0 <= sample < len(data):
        return None
    name = ", ".join(part for part in (data.label_name(sample), f"sample {sample:,}") if part)
    missing = needs.missing(state.now, "model")
    return Section(name[:1].upper() + name[1:], [
        Entry("Select it", partial(_select, state, sample)),
        Entry("Go to it: z is its code", partial(session.go_to, sample), missing),
        Entry("Copy its picture", partial(copy_image, session, qimage(data.picture(sample)))),
    ])  # fmt: skip


def _select(state: State, sample: int) -> None:
    state.mark()
    state.update(selection=np.array([sample], np.int64))


def copy_image(session: Session, image: QImage) -> None:
    """Put a picture on the clipboard, and say so."""
    QGuiApplication.clipboard().setImage(image.copy())
    session.say("Copied the picture")


def copy_text(session: Session, text: str, said: str = "Copied") -> None:
    """Put a text on the clipboard, and say so."""
    QGuiApplication.clipboard().setText(text)
    session.say(said)


def table(rows: Rows) -> str:
    """Rows as CSV; the first one names the columns. What is not known is empty."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        ["" if value is None else value for value in row] for row in rows
    )
    return out.getvalue()


def plot_entries(
    plot: QWidget, session: Session, name: str, rows: Sequence[Sequence[object]], what: str,
    drawn: str = "the plot",
) -> list[Entry]:  # fmt: skip
    """Take the numbers of a plot along, and the plot as a picture.

    name: of the files. rows: with the names of the columns in front. what: the numbers are.
    drawn: what is seen is, if it is no plot.
    """
    missing = "" if len(rows) > 1 else "There is nothing to show yet"
    text = table(rows)
    return [
        Entry(f"Copy {what} as CSV", partial(copy_text, session, text, f"Copied {what}"), missing),
        Entry(f"Save {what} as CSV...", partial(_ask_csv, plot, session, name, text), missing),
        Entry(f"Copy {drawn}", partial(_copy_plot, plot, session), missing),
        Entry(f"Save {drawn} as PNG...", partial(_ask_png, plot, session, name, drawn), missing),
    ]


def _copy_plot(plot: QWidget, session: Session) -> None:
    copy_image(session, plot.grab().toImage())


def _ask_png(plot: QWidget, session: Session, name: str, drawn: str) -> None:
    image = plot.grab().toImage()  # before a dialog lies over it
    target, _ = QFileDialog.getSaveFileName(plot, f"Save {drawn}", f"{name}.png", "PNG (*.png)")
    if target:
        session.say(*told_export(image, target, drawn))


def _ask_csv(plot: QWidget, session: Session, name: str, text: str) -> None:
    target, _ = QFileDialog.getSaveFileName(plot, "Save as CSV", f"{name}.csv", "CSV (*.csv)")
    if target:
        session.say(*told_csv(text, target))


def told_csv(text: str, target: str) -> tuple[str, str]:
    """Write a table; what is to be said of it, and in which tone."""
    out = Path(target) if Path(target).suffix else Path(f"{target}.csv")
    try:
        with exported(out, "the table") as file:
            file.write(text.encode())
    except ExplorerError as error:
        return str(error), "bad"
    return f"Exported to {out}", "done"
