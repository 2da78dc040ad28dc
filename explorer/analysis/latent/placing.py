"""Where to begin in a latent space: at data, along the dimensions that say most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def central(codes: Floats) -> Floats | None:
    """The code (d,) of (n, d) nearest their coordinate-wise median, the first of equals.

    The median itself may lie where no data is. None where no code is finite.
    """
    finite = codes[np.isfinite(codes).all(axis=1)].astype(np.float64)
    if not len(finite):
        return None
    away = np.square(finite - np.median(finite, axis=0)).sum(axis=1)  # (n,)
    made: Floats = finite[int(np.argmin(away))].astype(np.float32)
    return made


def telling(codes: Floats, kl: Floats | None) -> tuple[int, int]:
    """The two of d > 1 dimensions that say most of a sample, in their order.

    kl: (d,) nats per sample that each carries; where there is none, the spread of the codes.
    """
    if codes.shape[1] < 2:
        return (0, 1)
    says = kl if kl is not None and np.isfinite(kl).all() else np.nan_to_num(codes.std(axis=0))
    a, b = sorted(np.argsort(-says, kind="stable")[:2].tolist())
    return (a, b)
