"""GIF: a film that loops."""

from __future__ import annotations

from typing import IO

from explorer.export.kinds import kinds
from explorer.export.pixels import as_image
from explorer.export.things import Bytes

FRAME = 50  # ms


class Gif:
    """See `explorer.export.kinds.FileKind`."""

    title = "GIF animation"
    suffixes: tuple[str, ...] = (".gif",)
    face = "film"
    order = 4

    def write(self, value: Bytes, file: IO[bytes]) -> None:
        """(n, H, W, C) uint8, n at least 1."""
        first, *more = [as_image(frame) for frame in value]
        first.save(file, "GIF", save_all=True, append_images=more, duration=FRAME, loop=0)


kinds.register("gif")(Gif())
