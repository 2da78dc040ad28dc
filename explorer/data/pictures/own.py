"""Pictures of the user's own, as a model of some data sees them: one at a time, or a small tray."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from explorer.data.dataset import Bytes, Preparation

INVERTED = "light and dark are exchanged"


@dataclass(frozen=True)
class Pasted:
    """A picture that has no file: the bytes of one, and what to call it."""

    name: str
    data: bytes


Source = Path | Pasted


@dataclass(frozen=True, eq=False)
class OwnPicture:
    """whole: (H, W, C) uint8 over 0..255, the size and the colours of ``preparation``.

    notes: what was done so that it fits. path: its file, or "" where it was pasted.
    """

    name: str
    whole: Bytes
    preparation: Preparation
    notes: tuple[str, ...] = ()
    path: str = ""

    def fits(self, preparation: Preparation | None) -> bool:
        """Whether data of that preparation would have made the same picture of the file."""
        return preparation is not None and _form(preparation) == _form(self.preparation)

    @property
    def inverted(self) -> OwnPicture:
        """The same with light and dark exchanged; of one that is, as it was."""
        back = INVERTED in self.notes
        notes = tuple(note for note in self.notes if note != INVERTED)
        whole = np.asarray(255 - self.whole, np.uint8)
        return replace(self, whole=whole, notes=notes if back else (INVERTED, *notes))


@dataclass(frozen=True, eq=False)
class Own:
    """The pictures that are looked at one by one, at least one, and which one it is now."""

    pictures: tuple[OwnPicture, ...]
    at: int = 0

    @property
    def picture(self) -> OwnPicture:
        """The one that is looked at."""
        return self.pictures[self.at]

    def stepped(self, by: int) -> Own:
        """The one that stands ``by`` further; behind the last comes the first."""
        return replace(self, at=(self.at + by) % len(self.pictures))

    def with_picture(self, picture: OwnPicture) -> Own:
        """Another one in its place."""
        return replace(
            self, pictures=(*self.pictures[: self.at], picture, *self.pictures[self.at + 1 :])
        )


def _form(preparation: Preparation) -> Preparation:
    """What does not depend on how the values are kept and drawn."""
    return replace(preparation, levels=255, binarisation="none")
