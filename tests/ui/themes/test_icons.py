"""An icon is a file or its shapes, in the colours of the theme."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QColor, QIcon, QImage

from explorer.ui.themes import icons, theme

SHAPES = '<rect x="4" y="4" width="16" height="16" fill="#000000"/>'


def drawn(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return icon.pixmap(icons.SIZE, icons.SIZE, mode).toImage()


@pytest.mark.parametrize("name", ["fit", SHAPES])
@pytest.mark.parametrize("style", ["light", "dark"])
def test_an_icon_is_drawn_in_the_colour_of_text(qapp: Any, name: str, style: str) -> None:
    tokens = theme.apply(qapp, style)
    image = drawn(icons.icon(name, tokens))
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    darkest = max(pixels, key=lambda pixel: pixel.alpha())
    assert darkest.alpha() > 200 and darkest.rgb() == QColor(tokens.text).rgb()


def test_what_is_disabled_is_fainter(qapp: Any) -> None:
    icon = icons.icon(SHAPES, theme.apply(qapp, "light"))
    lines = [drawn(icon, mode) for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)]
    strong, faint = (image.pixelColor(image.rect().center()).alpha() for image in lines)
    assert 0 < faint < strong
