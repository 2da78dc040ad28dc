"""The data sets that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer import paths
from explorer.data.steps.scaling import Scale


@dataclass(frozen=True)
class Bundled:
    """What is fixed about a bundled set: its range, and its split where the file has none.

    scale: of pictures; signals and tables are standardised.
    """

    name: str
    summary: str
    scale: Scale | None = None
    held_out: float = 0.2

    @property
    def path(self) -> Path:
        """Where its arrays are."""
        return paths.resources() / "datasets" / f"{self.name}.npz"


_BYTES = Scale(0, 255, 255)

BUNDLED = {
    b.name: b
    for b in (
        Bundled("fashion", "7,000 pieces of clothing in 10 classes, 28 x 28, grey", _BYTES),
        Bundled("emoji", "1,861 emoji in 9 groups, 32 x 32, colour", _BYTES),
        Bundled("digits", "1,797 handwritten digits, 8 x 8, 17 shades of grey", Scale(0, 16, 16)),
        Bundled("waves", "1,200 signals of 5 shapes, 128 values, made by a formula"),
        Bundled("wine", "178 wines of 3 growers, a table of 13 chemical measurements"),
    )
}
