"""What a model is good for: one application a file; the panel "Applications" shows one of them.

A new application is one file that registers an `Application`; the panel lists what it finds here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.question import Question, settings_of
from explorer.config import Setting
from explorer.registry import Registry
from explorer.ui.themes import theme
from explorer.ui.widgets.forms.boxes import ChoiceBox
from explorer.ui.widgets.forms.settings_form import SettingsForm
from explorer.ui.widgets.layouts.even_grid import EvenGrid

LABELS = 56  # px of width of the names of settings
WIDTH = 176  # px of the column of controls, where it stands beside what comes of them


class Application(QWidget):
    """One thing a model does, and what comes of it; ``controls`` is a column to stand beside it.

    title and tip: what the list of applications says. order: in that list. verb: what the button
    that starts it says, "" where what is asked follows the selection. asks: what it asks then.
    offers: those of the question's settings that can be chosen, in ``form``.
    """

    title: ClassVar[str] = ""
    tip: ClassVar[str] = ""
    order: ClassVar[int] = 0
    verb: ClassVar[str] = ""
    asks: ClassVar[type[Question[Any]] | None] = None
    offers: ClassVar[tuple[str, ...]] = ()

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state, self.session = state, session
        self.current = False
        self.controls = QWidget(self)
        self.column = QVBoxLayout(self.controls)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.GRID)
        settings = () if self.asks is None else settings_of(self.asks)
        offered = [one for one in map(_chosen, settings) if one.name in self.offers]
        self.form = SettingsForm({"": offered}, self.controls, labels=LABELS)
        self.column.addWidget(self.form)
        self.form.setVisible(bool(offered))
        self.said = QLabel(self)
        self.said.setProperty("role", "quiet")
        self.said.setWordWrap(True)
        self.said.setMinimumWidth(1)

    def set_current(self, current: bool) -> None:
        """Whether this is the use that is shown; one that is not asks nothing."""
        self.current = current
        if current:
            self.enter()

    def enter(self) -> None:
        """Show what the state has now."""

    def start(self) -> None:
        """Do what ``verb`` says."""

    def box(self, name: str, tip: str) -> ChoiceBox:
        """A list to choose from, in the column of controls."""
        box = box_of(self.controls, name, tip)
        self.column.addWidget(box)
        return box

    def lay_out(self, *widgets: QWidget) -> None:
        """As large as the room allows each, with what is said below."""
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(4)
        page.addWidget(EvenGrid(widgets, self), 1)
        page.addWidget(self.said)


def box_of(parent: QWidget, name: str, tip: str) -> ChoiceBox:
    """A list as wide as the column of controls."""
    box = ChoiceBox(parent)
    box.setObjectName(name)
    box.setAccessibleName(tip)
    box.setToolTip(tip)
    box.setMinimumWidth(1)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return box


def _chosen(one: Setting) -> Setting:
    """Of several words, one is chosen, or none."""
    return replace(one, type=str, default="") if one.type == tuple[str, ...] else one


applications: Registry[type[Application]] = Registry("application")


def discover() -> list[type[Application]]:
    """All applications in their order."""
    applications.discover(__name__)
    return sorted(applications.values(), key=lambda use: use.order)
