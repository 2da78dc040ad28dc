"""How raw samples became rows, as plain values that are kept with the data and with a model."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.data.pictures.pixels import Floats


@dataclass(frozen=True)
class Preparation:
    """How raw samples became rows; written down with the data so that a later encode repeats it.

    images: a raw value v is kept as ``round((v - low) / (high - low) * levels)`` in uint8, and
    ``kept / levels`` lies in [0, 1]. channels: 1 (grey) or 3 (RGB). binarisation: one of
    BINARISATIONS. signals (1, L, C) and tables (1, D, 1) are kept as float32 with levels 1,
    ``(v - centre) / scale`` a feature; centre, scale: D numbers, measured on the training part.
    names: the columns of a table, the channels of a signal, or nothing. axis: where the values of a
    signal lie, as wavelengths in a header, or nothing.
    """

    height: int
    width: int
    channels: int = 1
    low: float = 0.0
    high: float = 255.0
    levels: int = 255
    kind: str = "images"
    binarisation: str = "none"
    centre: tuple[float, ...] = ()
    scale: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    axis: tuple[float, ...] = ()

    def __repr__(self) -> str:
        """Short, and for plain images what it has always been: content hashes are made of it."""
        shown = ["height", "width", "channels", "low", "high", "levels"]
        usual = {one.name: one.default for one in fields(self)}
        shown += [n for n in ("kind", "binarisation") if getattr(self, n) != usual[n]]
        return f"Preparation({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    @property
    def shape(self) -> tuple[int, int, int]:
        """(H, W, C)."""
        return (self.height, self.width, self.channels)

    @property
    def features(self) -> int:
        """D = H W C."""
        return self.height * self.width * self.channels

    @property
    def by_channel(self) -> bool:
        """Whether all points of a channel have one scale: how far the channel's values vary."""
        points = range(0, len(self.scale), self.channels)
        return bool(self.scale) and all(
            self.scale[i : i + self.channels] == self.scale[: self.channels] for i in points
        )

    def original(self, rows: Floats) -> Floats:
        """Standardised rows (b, D) in the units that the data came in; pictures stay as they are.

        Up to float32: 7 digits.
        """
        if not self.centre:
            return rows
        import numpy as np  # here, so that whoever lists kinds needs no arrays

        scale, centre = np.array(self.scale), np.array(self.centre)
        return np.asarray(rows * scale + centre, np.float32)
