from __future__ import annotations

from PySide6.QtGui import QColor

from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.comparing.scale_bar import BAR, ScaleBar


def test_plus_is_orange_and_on_top_and_zero_is_the_ground_in_the_middle(qtbot, qapp):
    theme.apply(qapp, "light")
    bar = ScaleBar()
    qtbot.addWidget(bar)
    bar.resize(114, 131)
    bar.show_scale(0.8, 1, "difference", 19)
    bar.show()
    seen, x = bar.grab().toImage(), 57 - BAR // 2
    top, bottom = seen.pixelColor(x, 8), seen.pixelColor(x, 103)
    assert top.red() > 180 > 120 > top.blue()
    assert bottom.blue() > 150 > 60 > bottom.red()
    middle, ground = seen.pixelColor(x, 56), QColor(theme.LIGHT.window)
    pairs = zip(middle.getRgb(), ground.getRgb(), strict=True)
    assert all(abs(a - b) < 12 for a, b in pairs)
    assert bar.accessibleDescription() == "\u22120.8 to +0.8, difference"
