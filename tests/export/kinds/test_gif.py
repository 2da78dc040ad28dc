"""explorer.export.kinds.gif: every frame, at its pace, for ever."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from explorer.export.kinds.gif import FRAME, Gif


@pytest.mark.parametrize("channels", [1, 3])
def test_every_frame_is_there_in_its_order_and_loops(channels: int) -> None:
    film = np.stack([np.full((6, 9, channels), v, np.uint8) for v in (0, 100, 250)])
    out = io.BytesIO()
    Gif().write(film, out)
    with Image.open(out) as image:
        assert image.n_frames == 3 and image.size == (9, 6) and image.info["loop"] == 0
        for i, value in enumerate((0, 100, 250)):
            image.seek(i)
            assert image.info["duration"] == FRAME
            shown = np.asarray(image.convert("L"))
            assert np.abs(shown.astype(int) - value).max() <= 3


def test_one_picture_is_a_film_of_one() -> None:
    out = io.BytesIO()
    Gif().write(np.zeros((1, 4, 4, 1), np.uint8), out)
    with Image.open(out) as image:
        assert image.size == (4, 4)
