"""A toolbar of sections that fold into one menu, the least important first, where room is short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from explorer.ui.widgets.overlays.popup import head_action

SLACK = 2  # px that rounding may take
NEVER = 0  # the rank of a section that does not fold


@dataclass
class Section:
    """Widgets of one purpose. rank: those of the highest rank fold first, `NEVER` never does.

    entries: what the menu lists in the place of the widgets.
    """

    title: str
    rank: int
    entries: list[QAction] = field(default_factory=list)
    places: list[tuple[QWidget, QAction]] = field(default_factory=list)
    absent: set[QWidget] = field(default_factory=set)

    def widgets(self) -> list[QWidget]:
        """Those that have something to show."""
        return [widget for widget, _ in self.places if widget not in self.absent]


class FoldingBar(QToolBar):
    """Sections in a row; what does not fit is in the menu of ``more``, by its name."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setMovable(False)  # there is no room for a handle in what is reckoned with
        self._sections: list[Section] = []
        self._folded: list[Section] = []
        self._springs = 0
        self.more = QToolButton(self)
        self.more.setObjectName("moreButton")
        self.more.setToolTip("More: what the window is too narrow for")
        self.more.setAccessibleName("More")
        self.more.setMenu(QMenu(self.more))
        self.more.menu().setToolTipsVisible(True)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more_place: QAction | None = None

    # -- building ---------------------------------------------------------------------------

    def add_section(self, title: str, rank: int = NEVER, *, line: bool = False) -> Section:
        """A new section at the right end, behind a ``line`` if it is to be set off."""
        section = Section(title, rank)
        self._sections.append(section)
        if line:
            rule = self.addSeparator()
            section.places.append((self.widgetForAction(rule), rule))
        return section

    def add_to(self, section: Section, widget: QWidget, entries: Sequence[QAction] = ()) -> None:
        """A widget of the section that was added last, and what stands for it in the menu."""
        section.places.append((widget, self.addWidget(widget)))
        section.entries += entries

    def add_spring(self) -> None:
        """Room that is left over goes here."""
        self._springs += 1
        spring = QWidget(self)
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spring)

    def finish(self) -> None:
        """All sections are there: the menu's button comes last."""
        self._more_place = self.addWidget(self.more)
        self._more_place.setVisible(False)
        self.fold()

    # -- folding ----------------------------------------------------------------------------

    def set_present(self, section: Section, widget: QWidget, present: bool) -> None:
        """Whether a widget of a section has anything to show."""
        if present == (widget not in section.absent):
            return
        section.absent ^= {widget}
        self._show(section)
        self.fold()

    def fold(self) -> None:
        """Show what fits."""
        if self._more_place is None:
            return
        folded = self._too_many()
        if folded != self._folded:
            changed = [s for s in self._sections if (s in folded) != (s in self._folded)]
            self._folded = folded
            for section in changed:
                self._show(section)
            self._fill_menu()
            self._more_place.setVisible(bool(folded))

    def folded(self) -> list[str]:
        """The titles of what is in the menu."""
        return [section.title for section in self._folded]

    def _too_many(self) -> list[Section]:
        """The sections without which the others fit, in the order of the bar."""
        room = self.width() - self._frame() - SLACK
        kept, over = list(self._sections), self._least_width(self._sections) - room
        if over > 0:
            over += self._width_of(self.more) + self._gap()
        for section in sorted(self._sections, key=lambda s: -s.rank):
            if over <= 0 or section.rank == NEVER:
                break
            kept.remove(section)
            over -= self._least_width([section])
        return [s for s in self._sections if s not in kept and s.widgets()]

    def _least_width(self, sections: Sequence[Section]) -> int:
        widgets = [widget for section in sections for widget in section.widgets()]
        return sum(self._width_of(widget) + self._gap() for widget in widgets)

    def _width_of(self, widget: QWidget) -> int:
        """What a widget takes at least: a label that can say less gives way."""
        widget.ensurePolished()
        shrinks = widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Maximum
        hint = widget.minimumSizeHint() if shrinks else widget.sizeHint()
        return max(hint.width(), widget.minimumWidth())

    def _gap(self) -> int:
        layout = self.layout()
        return 0 if layout is None else max(0, layout.spacing())

    def _frame(self) -> int:
        """Margins, and the gaps beside springs."""
        layout = self.layout()
        margins = self.contentsMargins() if layout is None else layout.contentsMargins()
        return margins.left() + margins.right() + self._springs * self._gap()

    def _show(self, section: Section) -> None:
        for widget, place in section.places:
            place.setVisible(section not in self._folded and widget not in section.absent)

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        for action in menu.actions():  # `clear` would make Python forget those of submenus
            menu.removeAction(action)
            if action.parent() is menu:
                action.deleteLater()
        for section in self._folded:
            if [entry.text() for entry in section.entries] == [section.title]:
                menu.addSeparator()  # it says itself what it is
            else:
                menu.addAction(head_action(section.title, menu))
            menu.addActions(section.entries)

    # -- Qt's events ------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, more buttons."""
        super().resizeEvent(event)
        self.fold()

    def event(self, event: QEvent) -> bool:
        """What stands in it may have become wider or narrower."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fold()
        return done
