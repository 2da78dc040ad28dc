"""Ctrl+Z in a field: the typing while a value is being typed, otherwise the program's undo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

Field = QLineEdit | QSpinBox | QDoubleSpinBox


class UndoKeys(QObject):
    """Watches the field that has the focus, whichever it is.

    Qt's fields claim the keys for undo and redo always, and then do nothing with them.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_app_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_app_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(new, Field):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the key to the window, unless there is typing to take back."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, Field):
            return False
        line = watched if isinstance(watched, QLineEdit) else watched.lineEdit()
        if event.matches(QKeySequence.StandardKey.Undo):
            wanted = is_typing(watched) and line.isUndoAvailable()
        elif event.matches(QKeySequence.StandardKey.Redo):
            wanted = line.isRedoAvailable()
        else:
            return False
        event.setAccepted(wanted)
        return not wanted


def is_typing(field: Field) -> bool:
    """Whether what stands in a field is not its value yet."""
    if isinstance(field, QLineEdit):
        return field.isModified()
    if isinstance(field, QSpinBox):
        value = field.textFromValue(field.value())
    else:
        value = field.textFromValue(field.value())
    return field.lineEdit().text() != f"{field.prefix()}{value}{field.suffix()}"
