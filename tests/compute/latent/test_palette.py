"""explorer.compute.latent.palette: each picture is what the decoder draws with that code."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.compute.decoding.place import DecodePlace
from explorer.compute.latent.codebook import CountCodes
from explorer.compute.latent.palette import DrawPalette
from explorer.errors import Cancelled
from explorer.task import Task
from tests.compute.latent.test_codebook import quantised


@pytest.mark.parametrize("position", [0, 1])
def test_a_palette_is_what_the_decoder_draws(position: int) -> None:
    model = quantised()
    book = CountCodes(model, None).answer().codes
    held = (5, 12)
    pictures = DrawPalette(model, held, position).answer()
    assert len(pictures) == 40
    for code in (0, 17, 39):
        grid = list(held)
        grid[position] = code
        there = DecodePlace(model, book[grid].ravel().astype(np.float32)).answer()
        assert np.array_equal(pictures[code], there)


def test_the_code_held_at_the_position_plays_no_part() -> None:
    model = quantised()
    one, two = (DrawPalette(model, (code, 3), 0).answer() for code in (0, 21))
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))
    other = DrawPalette(model, (0, 4), 0).answer()
    assert not all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_it_stops_when_it_is_told_to() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        DrawPalette(quantised(), (0, 0), 1).answer(task)
