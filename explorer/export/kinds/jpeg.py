"""JPEG: a picture for a slide; without a see-through part."""

from __future__ import annotations

from typing import IO

from explorer.export.kinds import kinds
from explorer.export.pixels import as_image
from explorer.export.things import Bytes

QUALITY = 95


class Jpeg:
    """See `explorer.export.kinds.FileKind`."""

    title = "JPEG picture"
    suffixes: tuple[str, ...] = (".jpg", ".jpeg")
    face = "picture"
    order = 20

    def write(self, value: Bytes, file: IO[bytes]) -> None:
        """(H, W, C) uint8."""
        as_image(value[..., :3]).save(file, "JPEG", quality=QUALITY)


kinds.register("jpeg")(Jpeg())
