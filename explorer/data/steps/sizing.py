"""The size of the pictures: 8 to 128 a side, the aspect kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from PIL import Image

from explorer.data.dataset import Bytes
from explorer.data.kinds.images import LARGEST, SMALLEST
from explorer.errors import DataError

COMFORTABLE = 64

Size = tuple[int, int]  # height, width


def check_size(size: int | None) -> None:
    """Raise DataError for a wanted size that no model takes."""
    if size is not None and not SMALLEST <= size <= LARGEST:
        raise DataError(
            f"pictures of {size} x {size} cannot be explored",
            remedy=f"choose a size from {SMALLEST} to {LARGEST}",
        )


def size_of_array(height: int, width: int, size: int | None = None) -> Size:
    """The size that an array's pictures are kept in: their own from 8 to 128 a side."""
    if size is not None:
        return size, size
    return (height, width) if _fits(height, width) else _reduced(height, width, COMFORTABLE)


def size_of_pictures(sizes: Sequence[Size], size: int | None = None) -> Size:
    """The size for picture files: the commonest up to 64, a square where there is none."""
    if size is not None:
        return size, size
    common, count = Counter(sizes).most_common(1)[0]
    if 2 * count > len(sizes):
        return _reduced(*common, COMFORTABLE)
    longest = sorted(max(s) for s in sizes)[len(sizes) // 2]
    side = min(max(longest, SMALLEST), COMFORTABLE)
    return side, side


def resized(picture: Bytes, target: Size) -> Bytes:
    """(h, w, C) scaled into (H, W, C), aspect kept, the rest in the colour of its corners."""
    height, width, channels = picture.shape
    if (height, width) == target:
        return picture
    scale = min(target[0] / height, target[1] / width)
    sides = enumerate((height, width))
    inner = tuple(max(1, min(target[i], round(side * scale))) for i, side in sides)
    image = Image.fromarray(picture[..., 0] if channels == 1 else np.ascontiguousarray(picture))
    scaled = np.asarray(image.resize((inner[1], inner[0]), Image.Resampling.LANCZOS))
    corners = np.median(picture[[0, 0, -1, -1], [0, -1, 0, -1]], axis=0)
    out = np.empty((*target, channels), np.uint8)
    out[:] = corners.astype(np.uint8)
    top, left = (target[0] - inner[0]) // 2, (target[1] - inner[1]) // 2
    out[top : top + inner[0], left : left + inner[1]] = scaled.reshape(*inner, channels)
    return out


def size_warning(sizes: Sequence[Size], target: Size) -> str:
    """What happened to pictures of ``sizes``, or an empty string where nothing did."""
    distinct = set(sizes)
    if distinct == {target}:
        return ""
    which = (
        "pictures of {} x {}".format(*distinct.pop())
        if len(distinct) == 1
        else f"pictures of {len(distinct)} sizes"
    )
    return (
        f"{which} are scaled into {target[0]} x {target[1]}: aspect kept,"
        " the rest filled with the colour of their corners"
    )


def _fits(height: int, width: int) -> bool:
    return min(height, width) >= SMALLEST and max(height, width) <= LARGEST


def _reduced(height: int, width: int, longest: int) -> Size:
    scale = min(1.0, longest / max(height, width))
    return max(SMALLEST, round(height * scale)), max(SMALLEST, round(width * scale))
