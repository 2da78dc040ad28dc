"""Panels, one dock a file. A panel shows the state, and asks the session; it owns neither.

A new panel is one file that registers a `Panel`; the window docks what it finds here, in the
workspaces that the panel names.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QEvent, QMargins, QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from explorer.app.background.jobs import Jobs
from explorer.app.commands import Command
from explorer.app.session import Session
from explorer.app.state import Snapshot, State
from explorer.registry import Registry
from explorer.ui.menus.picture_menus import PictureMenus
from explorer.ui.menus.view_menus import ViewMenus
from explorer.ui.themes import theme


@dataclass(frozen=True)
class Place:
    """Where a panel stands in a workspace.

    area: "left", "beside" (between the plane and the right), "right" or "bottom"; order: from the
    top, or the left. share: of the height of its column, 0 for what is left. most: px of width that
    it has use for, 0 for any. behind: the panel behind whose dock it stands at first, as a tab; ""
    for a place of its own.
    """

    area: str
    order: int = 0
    share: float = 0.0
    most: int = 0
    behind: str = ""


class Panel(QWidget):
    """What every panel has. places: where it stands, by the names of workspaces; away in others.

    least: px of width and height that its dock never goes below, though it may ask for more.
    bare: it needs no title above it.
    """

    title: ClassVar[str] = ""
    places: ClassVar[Mapping[str, Place]] = {}
    least: ClassVar[tuple[int, int]] = (240, 160)
    bare: ClassVar[bool] = False

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state, self.session = state, session
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # the theme paints the ground

    def commands(self) -> Sequence[Command]:
        """What can be done in it; the window shows the panel first where they are done elsewhere.

        A button is bound to one of them (`ui.menus.bound_button`); the palette lists them all.
        """
        return ()

    @staticmethod
    def absence(now: Snapshot) -> str:
        """Why there is nothing that it could show, so that its dock is away; "" where there is."""
        return ""


class ScrollablePanel(QScrollArea):
    """Around a docked panel: scrolls it where the window has not the room that it asks for."""

    def __init__(self, panel: Panel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel, self._least = panel, QSize(*panel.least)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(panel)
        self.setWidgetResizable(True)

    def minimumSizeHint(self) -> QSize:
        """What the panel asks for, as far as every window has that much; and a bar to scroll by."""
        wanted = self._panel.minimumSizeHint()
        asked = wanted.boundedTo(self._least)
        bar = self.verticalScrollBar().sizeHint().width() if asked.height() < wanted.height() else 0
        return asked.grownBy(QMargins(0, 0, bar, 1))  # a dock without a title gives one px less

    def sizeHint(self) -> QSize:
        """The panel's own."""
        return self._panel.sizeHint()

    def event(self, event: QEvent) -> bool:
        """A panel that asks for more, or less, is heard by the dock."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


panels: Registry[type[Panel]] = Registry("panel")


def run_alone(kind: type[Panel], source: str = "fashion") -> int:
    """Show one panel in a window of its own, on ``source``; returns when it is closed."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.apply(app)
    state, jobs = State(), Jobs()
    session = Session(state, jobs)
    panel = kind(state, session)
    panel.setWindowTitle(kind.title)
    panel.resize(panel.sizeHint().expandedTo(QSize(*kind.least)))
    PictureMenus(panel, session)
    ViewMenus(panel, session)
    panel.show()
    session.open(source)
    code = app.exec()
    jobs.close()
    return code
