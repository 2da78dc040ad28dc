"""The plane's menu, second half: bookmarks, the ends A and B, and the path that joins them."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu

from explorer.analysis.paths import LatentPath
from explorer.app.session import Session
from explorer.app.state import Bookmark, State, space_of
from explorer.ui.widgets.offering import offer

JOINED = {
    "straight": "Straight", "spherical": "Spherical", "neighbours": "Along neighbours",
}  # fmt: skip


class PlacesMenu(QObject):
    """Adds its entries to ``menu``; each is one step of undo."""

    def __init__(self, menu: QMenu, state: State, session: Session) -> None:
        super().__init__(menu)
        self._state, self._session = state, session
        menu.addAction("Bookmark this z", self.bookmark)
        self.visit_menu = menu.addMenu("Go to")
        self.remove_menu = menu.addMenu("Remove a bookmark")
        menu.addSeparator()
        menu.addAction("Set as A", partial(self.set_end, "mark_a"))
        menu.addAction("Set as B", partial(self.set_end, "mark_b"))
        self.join_menu = menu.addMenu("Path from A to B")
        for kind, text in JOINED.items():
            self.join_menu.addAction(text, partial(self.join, kind))

    def show_now(self) -> None:
        """List the bookmarks of the model shown, and offer what can be done."""
        now = self._state.now
        for sub, slot in ((self.visit_menu, self.visit), (self.remove_menu, self.remove)):
            sub.clear()
            for i, mark in enumerate(now.bookmarks_here):
                sub.addAction(f"{i + 1}  {mark.name}", partial(slot, mark))
            offer(sub.menuAction(), "" if now.bookmarks_here else "Bookmark a place first")
        ends = now.mark_a is not None and now.mark_b is not None
        offer(self.join_menu.menuAction(), "" if ends else "Set both ends first: A and B")

    @Slot()
    def bookmark(self) -> None:
        """Keep the held z, named by its first coordinates."""
        now = self._state.now
        if now.model is None or now.z is None:
            return
        more = ", ..." if len(now.z) > 3 else ""
        name = f"({', '.join(f'{v:.2f}' for v in now.z[:3])}{more})".replace("-", "\u2212")
        mark = Bookmark(name, now.z, space_of(now.model))
        self._state.mark()
        self._state.update(source=self, bookmarks=(*now.bookmarks, mark))
        number = len(self._state.now.bookmarks_here)
        self._session.say(f"Bookmark {number}: z = {name}; the right-click menu goes back to it")

    def visit(self, mark: Bookmark) -> None:
        """Hold a bookmarked z again."""
        self._state.mark()
        self._session.move(mark.z)

    def remove(self, mark: Bookmark) -> None:
        """Forget a bookmark."""
        kept = tuple(one for one in self._state.now.bookmarks if one is not mark)
        self._state.mark()
        self._state.update(source=self, bookmarks=kept)

    def set_end(self, end: str) -> None:
        """Make the held z ``mark_a`` or ``mark_b``."""
        if self._state.now.z is not None:
            self._state.mark()
            self._state.update(source=self, **{end: self._state.now.z})

    def join(self, kind: str) -> None:
        """Make the path from A to B, of one of the kinds in `JOINED`."""
        a, b = self._state.now.mark_a, self._state.now.mark_b
        if a is not None and b is not None and len(a) == len(b):
            self._state.mark()
            self._state.update(source=self, path=LatentPath(np.stack([a, b]), kind))
