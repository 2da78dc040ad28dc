"""A menu for every view that can leave and has none of its own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtWidgets import QWidget

from explorer.app.session import Session
from explorer.task import NO_TASK
from explorer.ui.menus.offers import plot_entries
from explorer.ui.widgets.overlays.popup import PopupSection, popup


class ViewMenus(QObject):
    """Copy and Export... for the views of ``window`` that have a ``thing`` and no menu."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._session = session
        for view in window.findChildren(QWidget):
            if hasattr(view, "thing") and not hasattr(view, "menu_wanted"):
                view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                view.customContextMenuRequested.connect(self._on_menu_requested)

    @Slot(QPoint)
    def _on_menu_requested(self, at: QPoint) -> None:
        view = self.sender()
        assert isinstance(view, QWidget) and hasattr(view, "thing")
        thing = view.thing()
        name, what = ("", "it") if thing is None else (thing.name, thing.what)
        numbers = None if thing is None or thing.table is None else partial(thing.table, NO_TASK)
        entries = plot_entries(
            view, self._session, name, (), what, "the view", thing, table=numbers
        )
        popup(view, view.mapToGlobal(at), [PopupSection("", entries)])
