"""Where samples stand on a sheet."""

from __future__ import annotations

import numpy as np

from explorer.analysis.sheets import GAP, sheet, strip, strips
from explorer.data.dataset import Floats, Preparation


def rows(values: list[float]) -> Floats:
    """Even pictures of 4 x 5."""
    return np.repeat(np.array(values, np.float32)[:, None], 20, axis=1)


def test_samples_stand_side_by_side() -> None:
    found = strip(rows([0.0, 1.0, 0.0]), Preparation(4, 5))
    assert found.shape == (4, 15, 1) and found[0, ::5, 0].tolist() == [0, 255, 0]


def test_strips_stand_under_each_other() -> None:
    found = strips([rows([0.0, 1.0]), rows([1.0, 0.0])], Preparation(4, 5))
    assert found.shape == (2 * 4 + GAP, 10, 1)
    assert found[0, 0] == 0 and found[0, 5] == 255 and found[-1, 0] == 255 and found[-1, 5] == 0
    assert (found[4 : 4 + GAP] == 255).all()


def test_a_sheet_is_about_square() -> None:
    pictures = np.stack([np.full((4, 5, 1), grey, np.uint8) for grey in (0, 51, 102, 153, 204)])
    found = sheet(pictures)[..., 0]
    assert found.shape == (8, 15)
    assert found[0, ::5].tolist() == [0, 51, 102] and found[4, ::5].tolist() == [153, 204, 255]


def test_signals_are_drawn() -> None:
    signal = Preparation(1, 12, 2, levels=1, kind="signals", centre=(0.0,) * 24, scale=(1.0,) * 24)
    assert strip(np.zeros((2, 24), np.float32), signal).shape[2] == 3
