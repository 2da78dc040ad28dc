"""Bookmarks outlive the window: they are remembered in its settings."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QSettings

from explorer.app.state import Bookmark, State

SETTING = "bookmarks"
Entry = dict[str, Any]


class BookmarkKeeper(QObject):
    """Remembers the bookmarks of all models as JSON, beside those of other windows."""

    def __init__(self, state: State, settings: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._settings = state, settings
        self._known = self._stored()  # what was there, or was this window's at some time
        state.update(source=self, bookmarks=tuple(_bookmark(entry) for entry in self._known))
        state.watch("bookmarks", self._write)

    def _write(self) -> None:
        """What another window has added since stays; what cannot be read is not written over."""
        own = [_entry(mark) for mark in self._state.now.bookmarks]
        self._settings.sync()
        stored = self._stored()
        entries = [entry for entry in stored if entry not in self._known and entry not in own] + own
        self._known += [entry for entry in own if entry not in self._known]
        if entries != stored:
            self._settings.setValue(SETTING, json.dumps(entries))

    def _stored(self) -> list[Entry]:
        try:
            found = json.loads(str(self._settings.value(SETTING, "[]")))
            return [_entry(_bookmark(entry)) for entry in found]
        except (ValueError, KeyError, TypeError):
            return []


def _entry(mark: Bookmark) -> Entry:
    return {"name": mark.name, "z": [float(v) for v in mark.z], "space": mark.space}


def _bookmark(entry: Entry) -> Bookmark:
    """Raises ValueError, KeyError or TypeError for what is none."""
    z = np.array([float(v) for v in entry["z"]], np.float32)
    if not len(z) or not np.isfinite(z).all():
        raise ValueError("no point of a latent space")
    return Bookmark(str(entry["name"]), z, str(entry["space"]))
