"""The dialog behind every Export...: which file, and of which kind."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.app.session import Session
from explorer.export.exporting import kinds_of, placed
from explorer.export.kinds import FileKind
from explorer.export.things import Thing


def ask_and_export(parent: QWidget | None, session: Session, thing: Thing) -> None:
    """Choose a file of one of the kinds that ``thing`` can be, and have it written."""
    target = chosen(parent, f"Export {thing.what}", thing)
    if target is not None:
        session.export(thing, target)


def chosen(parent: QWidget | None, title: str, thing: Thing) -> Path | None:
    """The file that the user names; its ending is that of the kind which was picked."""
    fitting = {filter_of(kind): kind for kind in kinds_of(thing)}
    name = placed(thing, thing.name)
    target, picked = QFileDialog.getSaveFileName(parent, title, str(name), ";;".join(fitting))
    return placed(thing, target, fitting.get(picked)) if target else None


def filter_of(kind: FileKind) -> str:
    """A line of the dialog, as "PNG picture (*.png)"."""
    return f"{kind.title} ({' '.join(f'*{suffix}' for suffix in kind.suffixes)})"
