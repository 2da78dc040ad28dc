"""Marks and lines of rows that are drawn together are told apart without colour, in both themes."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from explorer.ui.themes import theme
from explorer.ui.widgets.charts.rows.series import (
    REACH,
    colour_of,
    line_of,
    paint_mark,
    paint_sample_of_line,
)

ROLES = ("z", "sample", "model", "pca", "damaged")
SIDE = 21


def canvas(tokens: theme.Tokens) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor(tokens.surface))
    return image


def inked(image: QImage, tokens: theme.Tokens) -> np.ndarray:
    """(H, W) where something was drawn."""
    rows = np.array(image.constBits()).reshape(SIDE, SIDE, 4)[:, :, 2::-1].astype(int)
    ground = QColor(tokens.surface)
    return np.abs(rows - (ground.red(), ground.green(), ground.blue())).max(axis=2) > 40


def mark(role: str, tokens: theme.Tokens) -> np.ndarray:
    image = canvas(tokens)
    painter = QPainter(image)
    paint_mark(painter, role, 10.5, 10.5, tokens)
    painter.end()
    return inked(image, tokens)


def light_of(colour: QColor) -> float:
    """Relative luminance, as WCAG 2 defines it for contrasts."""
    parts = np.array(colour.getRgbF()[:3])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


@pytest.fixture(params=[theme.LIGHT, theme.DARK], ids=["light", "dark"])
def tokens(request: Any, qapp: Any) -> theme.Tokens:
    return request.param


def test_no_two_marks_have_one_shape(tokens: theme.Tokens) -> None:
    shapes = {role: mark(role, tokens) for role in ROLES}
    for a, b in itertools.combinations(ROLES, 2):
        assert (shapes[a] != shapes[b]).sum() >= 8, (a, b)


@pytest.mark.parametrize("role", ROLES)
def test_a_mark_lies_around_its_place_and_reaches_no_farther_than_it_says(
    tokens: theme.Tokens, role: str
) -> None:
    rows, columns = np.nonzero(mark(role, tokens))
    for at in (rows, columns):
        assert (at.min() + at.max()) / 2 == pytest.approx(10, abs=0.5)
        assert REACH - 2 <= (at.max() - at.min()) / 2 <= REACH + 1


def test_what_is_open_and_what_is_filled(tokens: theme.Tokens) -> None:
    middle = {role: bool(mark(role, tokens)[10, 10]) for role in ROLES}
    assert middle == {"z": False, "sample": True, "model": True, "pca": False, "damaged": True}


def test_colours_differ_and_stand_out_from_the_ground(tokens: theme.Tokens) -> None:
    colours = [colour_of(role, tokens) for role in ROLES]
    assert len({c.name() for c in colours}) == len(ROLES)
    ground = light_of(QColor(tokens.surface))
    for colour in colours:
        low, high = sorted((light_of(colour), ground))
        assert (high + 0.05) / (low + 0.05) >= 3, colour.name()
    assert colour_of("z", tokens) == QColor(tokens.accent)


def test_lines_differ_in_dashes_or_width(tokens: theme.Tokens) -> None:
    pens = [line_of(role, tokens) for role in ROLES]
    assert len({(tuple(pen.dashPattern()), pen.widthF()) for pen in pens}) == len(ROLES)
    assert pens[0].style() == pens[1].style() == Qt.PenStyle.SolidLine
    assert pens[0].widthF() > pens[1].widthF()


def test_a_piece_of_line_in_a_legend_is_as_long_as_its_room(tokens: theme.Tokens) -> None:
    image = canvas(tokens)
    painter = QPainter(image)
    paint_sample_of_line(painter, "sample", 3, 10, 14, tokens)
    painter.end()
    rows, columns = np.nonzero(inked(image, tokens))
    assert set(rows) <= {9, 10, 11}
    assert (columns.min(), columns.max()) == (pytest.approx(3, abs=1), pytest.approx(17, abs=1))
