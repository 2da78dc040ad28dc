"""How sentences begin, what goes into the message bar, and how a latent vector is written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.app.snapshot import Message, Snapshot
from explorer.compute.decoding.linear import LinearDecoded

MINUS = "\u2212"
MOST = 4  # coordinates that are read at a glance
ENDS = 11  # letters of a long name that are kept on either side


def spelled(z: NDArray[np.float32]) -> str:
    """z in words: its coordinates, or where they are many its length |z|."""
    if len(z) <= MOST:
        return f"z = {placed(z)}"
    return f"{_length(z)} in {len(z)} dimensions"


def spelled_shortly(z: NDArray[np.float32]) -> tuple[str, ...]:
    """The same for where there is no room, ever shorter: coordinates alone, then the length."""
    return (placed(z), placed(z, 1), _length(z)) if len(z) <= MOST else (_length(z),)


def _length(z: NDArray[np.float32]) -> str:
    """In double precision: squares of the largest codes are beyond float32."""
    return f"|z| = {np.linalg.norm(z.astype(np.float64)):.2f}"


def placed(point: Sequence[float] | NDArray[np.float32], digits: int = 2) -> str:
    """Coordinates with their signs; what is written as zero has none but plus."""
    told = (f"{round(float(v), digits) + 0.0:+.{digits}f}" for v in point)
    return f"({', '.join(told)})".replace("-", MINUS)


def placed_linearly(now: Snapshot, decoded: LinearDecoded) -> str:
    """The point of a picture of PCA; with the names of its axes, if the first view has others."""
    if decoded.axes == now.plane("pca").axes:
        return placed(decoded.point)
    return ", ".join(map(_along, decoded.axes, decoded.point))


def _along(axis: int, score: float) -> str:
    return f"PC{axis + 1} {placed([score])[1:-1]}"


def sentence(text: str) -> str:
    """``text`` with a capital at its start, unless that is the name of a file."""
    first = text.partition(" ")[0].rstrip(".,:;")
    return text if set(first) & set("./\\") else text[:1].upper() + text[1:]


def shortened(name: str, ends: int = ENDS) -> str:
    """A long name without its middle, which tells least; ends: letters kept on either side."""
    return name if len(name) <= 2 * ends + 1 else f"{name[:ends]}\u2026{name[-ends:]}"


def spoken(text: str, tone: str = "hint", details: str = "") -> Message:
    """What goes into the message bar; warnings and errors come as parts of a sentence."""
    return Message(sentence(text) if tone in ("warn", "bad") else text, tone, details)
