"""How a latent vector is written in a sentence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST = 4  # coordinates that are read at a glance


def spelled(z: NDArray[np.float32]) -> str:
    """z in words: its coordinates, or where they are many its length |z|."""
    if len(z) <= MOST:
        return f"z = ({', '.join(f'{v:+.2f}' for v in z)})".replace("-", "\u2212")
    return f"|z| = {np.linalg.norm(z):.2f} in {len(z)} dimensions"
