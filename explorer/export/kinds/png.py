"""PNG: a picture, to the bit."""

from __future__ import annotations

from typing import IO

from explorer.export.kinds import kinds
from explorer.export.pixels import as_image
from explorer.export.things import Bytes


class Png:
    """See `explorer.export.kinds.FileKind`."""

    title = "PNG picture"
    suffixes: tuple[str, ...] = (".png",)
    face = "picture"
    order = 0

    def write(self, value: Bytes, file: IO[bytes]) -> None:
        """(H, W, C) uint8."""
        as_image(value).save(file, "PNG")


kinds.register("png")(Png())
