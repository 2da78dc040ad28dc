"""Bookmarks outlive the window: they are remembered in its settings."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QObject, QSettings

from explorer.app.serialising import field_from_text
from explorer.app.state import Bookmark, State
from explorer.config import to_json
from explorer.errors import SettingsError

SETTING = "bookmarks"
Entry = dict[str, Any]


class BookmarkKeeper(QObject):
    """Remembers the bookmarks of all models as JSON, beside those of other windows."""

    def __init__(self, state: State, settings: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._settings = state, settings
        stored = self._stored()
        self._known: list[Entry] = to_json(stored)  # was there, or was this window's at some time
        state.update(source=self, bookmarks=tuple(stored))
        state.watch("bookmarks", self._write)

    def _write(self) -> None:
        """What another window has added since stays; what cannot be read is not written over."""
        own: list[Entry] = to_json(self._state.now.bookmarks)
        self._settings.sync()
        stored = to_json(self._stored())
        entries = [entry for entry in stored if entry not in self._known and entry not in own]
        entries += own
        self._known += [entry for entry in own if entry not in self._known]
        if entries != stored:
            self._settings.setValue(SETTING, json.dumps(entries))

    def _stored(self) -> list[Bookmark]:
        try:
            return [*field_from_text(SETTING, str(self._settings.value(SETTING, "[]")), {})]
        except SettingsError:
            return []
