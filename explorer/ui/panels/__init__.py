"""Panels, one dock a file. A panel shows the state, and asks the session; it owns neither.

A new panel is one file that registers a `Panel`; the window docks what it finds here.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from PySide6.QtCore import QEvent, QMargins, QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from explorer.app.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import Snapshot, State
from explorer.registry import Registry
from explorer.ui import theme


class Panel(QWidget):
    """What every panel has. area: "left", "right" or "bottom"; order: from the top.

    tab_with: the panel behind whose dock it stands at first, as a tab; "" for a place of its own.
    """

    title: ClassVar[str] = ""
    area: ClassVar[str] = "right"
    order: ClassVar[int] = 0
    tab_with: ClassVar[str] = ""

    def __init__(
        self, state: State, jobs: Jobs, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.state, self.jobs, self.session = state, jobs, session
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # the theme paints the ground

    @staticmethod
    def absence(now: Snapshot) -> str:
        """Why there is nothing that it could show, so that its dock is away; "" where there is."""
        return ""


class Roomy(QScrollArea):
    """Around a docked panel: scrolls it where the window has not the room that it asks for."""

    def __init__(self, panel: Panel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel, self._least = panel, QSize(*_LEAST[panel.area])
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(panel)
        self.setWidgetResizable(True)

    def minimumSizeHint(self) -> QSize:
        """What the panel asks for, as far as every window has that much."""
        asked = self._panel.minimumSizeHint().boundedTo(self._least)
        return asked.grownBy(QMargins(0, 0, 0, 1))  # a dock without a title gives one px less

    def sizeHint(self) -> QSize:
        """The panel's own."""
        return self._panel.sizeHint()

    def event(self, event: QEvent) -> bool:
        """A panel that asks for more, or less, is heard by the dock."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


# px that a dock never goes below for a panel that asks for more; the sums fit 1024 x 720
_LEAST = {"left": (176, 232), "right": (312, 304), "bottom": (700, 160)}
_SIZES = {"left": (220, 600), "right": (340, 480), "bottom": (1280, 240)}

panels: Registry[type[Panel]] = Registry("panel")


def run_alone(kind: type[Panel], source: str = "fashion") -> int:
    """Show one panel in a window of its own, on ``source``; returns when it is closed."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.apply(app)
    state, jobs = State(), Jobs()
    session = Session(state, jobs)
    panel = kind(state, jobs, session)
    panel.setWindowTitle(kind.title)
    panel.resize(*_SIZES[kind.area])
    panel.show()
    session.open(source)
    code = app.exec()
    jobs.close()
    return code
