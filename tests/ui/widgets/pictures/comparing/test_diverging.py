from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor

from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.comparing.diverging import diverging


def test_zero_is_the_ground_and_the_ends_are_blue_and_orange():
    values = np.array([[-2.0, -1.0, 0.0, 1.0, 2.0]], np.float32)[..., None]
    for tokens in (theme.LIGHT, theme.DARK):
        row = diverging(values, 1.0, tokens)[0].tolist()
        ground = list(QColor(tokens.window).getRgb()[:3])
        assert row == [[0, 114, 178], [0, 114, 178], ground, [213, 94, 0], [213, 94, 0]]


def test_colours_are_shown_about_mid_grey():
    values = np.array([[[0.0, 1.0, -1.0]]], np.float32)
    assert diverging(values, 1.0, theme.LIGHT).tolist() == [[[127, 255, 0]]]


def test_all_zero_does_no_harm():
    assert diverging(np.zeros((2, 2, 1), np.float32), 0.0, theme.LIGHT).shape == (2, 2, 3)
