"""Where samples stand on a sheet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from explorer.data.dataset import Preparation
from explorer.terminal.sheets import GAP, write_sheet, write_strips


def opened(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture)


def rows(values: list[float]) -> np.ndarray:
    """Even pictures of 4 x 5."""
    return np.repeat(np.array(values, np.float32)[:, None], 20, axis=1)


def test_strips_stand_under_each_other(tmp_path: Path) -> None:
    write_strips(tmp_path / "a.png", [rows([0.0, 1.0]), rows([1.0, 0.0])], Preparation(4, 5), 1)
    found = opened(tmp_path / "a.png")
    assert found.shape == (2 * 4 + GAP, 10)
    assert found[0, 0] == 0 and found[0, 5] == 255 and found[-1, 0] == 255 and found[-1, 5] == 0
    assert (found[4 : 4 + GAP] == 255).all()


def test_a_sheet_is_about_square(tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.png", rows([0.0, 0.2, 0.4, 0.6, 0.8]), Preparation(4, 5), 1)
    found = opened(tmp_path / "a.png")
    assert found.shape == (8, 15)
    assert found[0, ::5].tolist() == [0, 51, 102] and found[4, ::5].tolist() == [153, 204, 255]


def test_signals_are_drawn(tmp_path: Path) -> None:
    signal = Preparation(1, 12, 2, levels=1, kind="signals", centre=(0.0,) * 24, scale=(1.0,) * 24)
    write_sheet(tmp_path / "a.png", np.zeros((2, 24), np.float32), signal)
    assert opened(tmp_path / "a.png").ndim == 3
