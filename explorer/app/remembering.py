"""A field of the state that the next window finds as this one left it."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, QSettings

from explorer.app.serialising import Names, field_from_text, field_text
from explorer.app.state import State
from explorer.errors import SettingsError


class FieldKeeper(QObject):
    """Writes a field to the window's settings whenever it changes, and reads it once, at first.

    It is kept as in the file of a session. What cannot be read, or does not fit whatever is shown,
    is forgotten, and so are names of what there is no more. names: as for `field_from_text`.
    """

    def __init__(
        self, field: str, names: Names, state: State, settings: QSettings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._field, self._state, self._settings = field, state, settings
        with suppress(SettingsError):
            value = field_from_text(field, str(settings.value(field, "")), names)
            state.update(source=self, **{field: value})
        state.watch(field, self._write)

    def _write(self) -> None:
        value = getattr(self._state.now, self._field)
        self._settings.setValue(self._field, field_text(self._field, value))
