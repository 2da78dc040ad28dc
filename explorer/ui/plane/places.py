"""The plane's menu, second half: bookmarks, the ends A and B, and the path that joins them."""

from __future__ import annotations

from functools import partial

import numpy as np

from explorer.analysis.paths import LatentPath
from explorer.app import needs
from explorer.app.session import Session
from explorer.app.snapshot import Vector
from explorer.app.state import Bookmark, State, space_of
from explorer.ui.widgets.popup import Entry

JOINED = {
    "straight": "Straight", "spherical": "Spherical", "neighbours": "Along neighbours",
}  # fmt: skip


class Places:
    """Each of its verbs is one step of undo."""

    def __init__(self, state: State, session: Session) -> None:
        self._state, self._session = state, session

    def entries(self, z: Vector | None) -> list[Entry]:
        """What can be done with a place, and with those that were marked."""
        now, marks = self._state.now, self._state.now.bookmarks_here
        place = np.zeros(0, np.float32) if z is None else z
        missing = needs.missing(now, "z")
        none = missing or ("" if marks else "Bookmark a place first")
        ends = now.mark_a is not None and now.mark_b is not None
        named = [(f"{i + 1}  {mark.name}", mark) for i, mark in enumerate(marks)]
        return [
            Entry("Bookmark it", partial(self.bookmark, place), missing),
            Entry("Set as A", partial(self.set_end, "mark_a", place), missing),
            Entry("Set as B", partial(self.set_end, "mark_b", place), missing),
            Entry("Path from A to B", None, missing or ("" if ends else "Set both ends first"),
                  [Entry(text, partial(self.join, kind)) for kind, text in JOINED.items()]),
            Entry("Go to a bookmark", None, none,
                  [Entry(text, partial(self.visit, mark)) for text, mark in named]),
            Entry("Remove a bookmark", None, none,
                  [Entry(text, partial(self.remove, mark)) for text, mark in named]),
        ]  # fmt: skip

    def bookmark(self, z: Vector) -> None:
        """Keep a place, named by its first coordinates."""
        now = self._state.now
        if now.model is None:
            return
        more = ", ..." if len(z) > 3 else ""
        name = f"({', '.join(f'{v:.2f}' for v in z[:3])}{more})".replace("-", "\u2212")
        mark = Bookmark(name, z, space_of(now.model))
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

    def set_end(self, end: str, z: Vector) -> None:
        """Make a place ``mark_a`` or ``mark_b``."""
        self._state.mark()
        self._state.update(source=self, **{end: z})

    def join(self, kind: str) -> None:
        """Make the path from A to B, of one of the kinds in `JOINED`."""
        a, b = self._state.now.mark_a, self._state.now.mark_b
        if a is not None and b is not None and len(a) == len(b):
            self._state.mark()
            self._state.update(source=self, path=LatentPath(np.stack([a, b]), kind))
