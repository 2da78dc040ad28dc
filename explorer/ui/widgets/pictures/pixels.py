"""Arrays as Qt pictures, and the whole factor by which they are enlarged."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage

Bytes = NDArray[np.uint8]

_FORMATS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888}


def qimage(picture: Bytes) -> QImage:
    """(H, W, 1 or 3) uint8 as an RGB32 image that owns its memory."""
    rows = np.ascontiguousarray(picture)
    height, width, channels = rows.shape
    wrapped = QImage(rows.data, width, height, width * channels, _FORMATS[channels])
    return wrapped.convertToFormat(QImage.Format.Format_RGB32)


def fit_rect(
    image: QImage | QSize, room: QRectF, ratio: float, *, whole: bool = True, least: float = 0.0
) -> QRectF:
    """Where ``image`` stands in the middle of ``room``, on whole device pixels.

    Enlarged by the largest whole factor that fits; shrunk where even its own size does not.
    ratio: device pixels per logical pixel. whole: False lets it fill the room by any factor.
    least: px of its larger side; where a whole factor leaves it smaller, any factor will do.
    """
    width, height = room.width() * ratio, room.height() * ratio
    factor = max(min(width / image.width(), height / image.height()), 0.0)
    if whole and factor >= 1.0:
        asked = least * ratio / max(image.width(), image.height())
        factor = max(float(int(factor)), min(factor, asked))
    w, h = round(image.width() * factor), round(image.height() * factor)
    x = round(room.x() * ratio + (width - w) / 2)
    y = round(room.y() * ratio + (height - h) / 2)
    return QRectF(x / ratio, y / ratio, w / ratio, h / ratio)
