"""Signed values as a picture: one hue below 0, another above, the ground at 0."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from explorer.ui.themes.theme import Tokens
from explorer.ui.widgets.pictures.pixels import Bytes

# Blue and orange stay apart for every common colour blindness (Okabe & Ito 2008).
_NEGATIVE, _POSITIVE = "#0072B2", "#D55E00"


def diverging(values: NDArray[np.float32], limit: float, tokens: Tokens) -> Bytes:
    """(H, W, 1 or 3) values in -limit..limit as (H, W, 3) uint8, 0 at the theme's ground.

    Three channels are shown as themselves about mid-grey: a colour has no single sign.
    """
    scaled = np.clip(values / max(limit, 1e-12), -1.0, 1.0)
    if values.shape[2] == 3:
        coloured: Bytes = (127.5 + 127.5 * scaled).astype(np.uint8)
        return coloured
    ground = _rgb(tokens.window)
    towards = np.where(scaled < 0, _rgb(_NEGATIVE), _rgb(_POSITIVE))  # (H, W, 3)
    mixed: Bytes = (ground + np.abs(scaled) * (towards - ground)).round().astype(np.uint8)
    return mixed


def _rgb(name: str) -> NDArray[np.float32]:
    colour = QColor(name)
    return np.array([colour.red(), colour.green(), colour.blue()], np.float32)
