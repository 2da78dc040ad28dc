"""SVG: a plot as lines and letters, which stay sharp at any size."""

from __future__ import annotations

from typing import IO

from explorer.export.kinds import kinds


class Svg:
    """See `explorer.export.kinds.FileKind`."""

    title = "SVG drawing"
    suffixes: tuple[str, ...] = (".svg",)
    face = "drawing"
    order = 1

    def write(self, value: bytes, file: IO[bytes]) -> None:
        """The drawing as it is."""
        file.write(value)


kinds.register("svg")(Svg())
