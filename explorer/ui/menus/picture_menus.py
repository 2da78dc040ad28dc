"""The menus of pictures and of the charts that stand in their place."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QWidget

from explorer.app.commands import Context, Shown
from explorer.app.session import Session
from explorer.ui.menus.offers import entries_of
from explorer.ui.widgets.charts.rows.row_chart import RowChart
from explorer.ui.widgets.overlays.popup import PopupSection, popup
from explorer.ui.widgets.pictures.picture_view import PictureView


class PictureMenus(QObject):
    """Opens the menu of each view in ``window``."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._session = session
        for picture in window.findChildren(PictureView):
            picture.menu_wanted.connect(self._on_view_menu_wanted)
        for chart in window.findChildren(RowChart):
            chart.menu_wanted.connect(self._on_view_menu_wanted)

    @Slot(QPoint)
    def _on_view_menu_wanted(self, at: QPoint) -> None:
        view = self.sender()
        if isinstance(view, QWidget):
            popup(view, at, sections_of(view, self._session))


def sections_of(view: QWidget, session: Session) -> list[PopupSection]:
    """What can be done with what a view shows; nothing while there is nothing."""
    shown = Shown("picture", (), "the picture", "the picture", view)
    return [PopupSection("", entries_of(Context(session.state, session, shown=shown), "picture"))]
