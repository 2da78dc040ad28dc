"""Layer: the ends A and B, and the bookmarks, as small flags."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.surface import NOWHERE, Surface
from explorer.ui.widgets.plane.items.tag_item import TagItem


@layers.register("flags")
class FlagsLayer(Layer):
    """Bookmarks carry their number in the menu's list; A and B are filled with the accent."""

    label, order = "Bookmarks, A and B", 12
    tip = "What was marked from the plane's right-click menu"

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        self.flags: list[TagItem] = []
        super().__init__(plane, state, session)
        state.watch(f"bookmarks mark_a mark_b model {plane.projection_fields}", self._show_flags)

    def _show_flags(self) -> None:
        """Those that there were stay until it is known where the others lie."""
        wanted = self._wanted()
        z = np.stack([z for _, z in wanted]) if wanted else NOWHERE
        self.plane.place(self, z, partial(self._put_flags, [text for text, _ in wanted]))

    def _put_flags(self, texts: list[str], xy: NDArray[np.float32]) -> None:
        for flag in self.flags:
            self.group.drop(flag)
        self.flags = []
        for text, at in zip(texts, xy.tolist(), strict=False):
            flag = TagItem(text)
            self.group.pin(flag)
            self.group.place(flag, at)
            self.flags.append(flag)
        self.apply_theme()

    def _wanted(self) -> list[tuple[str, NDArray[np.float32]]]:
        now = self.state.now
        d = 0 if now.model is None else now.model.config.latent_dim
        here = [(str(i + 1), mark.z) for i, mark in enumerate(now.bookmarks_here)]
        ends = [(name, z) for name, z in (("A", now.mark_a), ("B", now.mark_b)) if z is not None]
        return [(text, z) for text, z in here + ends if len(z) == d]

    def apply_theme(self) -> None:
        """Ends in the accent, bookmarks in the colours of text."""
        t = self.tokens
        surface, text, accent = QColor(t.surface), QColor(t.text), QColor(t.accent)
        for flag in self.flags:
            if flag.text.isdigit():
                flag.set_colours(surface, text, text)
            else:
                flag.set_colours(accent, surface, surface)
