"""How things come into the window: by its dialogs, from the clipboard, dropped, or by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from explorer.app.session import Session
from explorer.data.choices import NO_CHOICES, Choices
from explorer.data.pictures.own import Pasted
from explorer.ui.files.clipboard import Found, dropped, pasted
from explorer.ui.files.openable import file_filters


class Opening(QObject):
    """Every way in ends at the session; what cannot come in is said in a sentence."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session

    def open(self, source: str, choices: Choices = NO_CHOICES) -> None:
        """Open anything: a bundled name, a path, or one picture to look at."""
        if choices == NO_CHOICES and Path(source).is_file():
            self._session.take([source])  # which finds out whether it is one picture
        else:
            self._session.open(source, choices)

    @Slot()
    def ask_for_file(self) -> None:
        """Choose a file and open it; several are all taken."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, "Open data or pictures", "", file_filters(),
            options=QFileDialog.Option.HideNameFilterDetails,
        )  # fmt: skip
        self._session.take(names)

    @Slot()
    def ask_for_folder(self) -> None:
        """Choose a folder of pictures, or a checkpoint, and open it."""
        title = "Open a folder of pictures or a checkpoint"
        name = QFileDialog.getExistingDirectory(self._window, title)
        if name:
            self.open(name)

    @Slot(str, object)
    def ask_for_target(self, title: str, then: Callable[[str], object]) -> None:
        """Choose the folder that something is kept in."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, title, "my-model", options=QFileDialog.Option.DontConfirmOverwrite
        )
        if name:
            then(name)

    @Slot()
    def paste(self) -> None:
        """Take what the clipboard holds: files, a picture, or the paths of files as text."""
        self._take(pasted(QApplication.clipboard().mimeData()))

    def drop(self, data: QMimeData) -> bool:
        """Take all that was dropped; whether it could be."""
        found = dropped(data)
        self._take(found)
        return not isinstance(found, str)

    def _take(self, found: Found) -> None:
        if isinstance(found, str):
            self._session.say(found, "warn")
        elif isinstance(found, Pasted):
            self._session.look_at(found)
        else:
            self._session.take(found)
