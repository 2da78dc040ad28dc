"""Whether a widget is on the screen: not in a closed dock, behind a tab or in another workspace."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QDockWidget, QWidget

from explorer.ui.on_screen import is_on_screen

TELLING = (QEvent.Type.Show, QEvent.Type.Paint)


class Sight(QObject):
    """Tells ``changed(seen)`` once events have settled.

    Qt hides no dock behind another one's tab, but puts it outside of the window: the dock says so.
    """

    def __init__(self, watched: QWidget, changed: Callable[[bool], object]) -> None:
        super().__init__(watched)
        self._watched, self._changed = watched, changed
        self._seen = False
        self._dock: QDockWidget | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Showing, painting and hiding may change it."""
        kind = event.type()
        if kind == QEvent.Type.Show:
            self._heed_dock()
        if (kind in TELLING and not self._seen) or kind == QEvent.Type.Hide:
            self._soon.start()
        return False

    def _heed_dock(self) -> None:
        above = self._watched.parentWidget()
        while above is not None and not isinstance(above, QDockWidget):
            above = above.parentWidget()
        if above is not None and above is not self._dock:
            above.visibilityChanged.connect(self._on_dock_visibility_changed)
        self._dock = above

    def leave(self) -> None:
        """It is being hidden, and may be deleted before events have settled."""
        if self._seen:
            self._seen = False
            self._changed(False)

    @Slot(bool)
    def _on_dock_visibility_changed(self, _seen: bool) -> None:
        self._soon.start()

    @Slot()
    def _look(self) -> None:
        seen = is_on_screen(self._watched)
        if seen != self._seen:
            self._seen = seen
            self._changed(seen)
