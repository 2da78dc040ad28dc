from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from explorer.compute.montage import Drawn
from explorer.ui.themes import theme
from explorer.ui.widgets.montage.view import HEAD, MARGIN, MontageView


@pytest.fixture
def view(qtbot, qapp) -> MontageView:
    theme.apply(qapp, "light")
    made = MontageView()
    qtbot.addWidget(made)
    made.resize(660, 600)
    made.show()
    return made


def drawn(name: str, value: int, m: int = 40) -> Drawn:
    return Drawn(name, 3 * m, np.full((m, 8, 8, 1), value, np.uint8))


def colour_at(view: MontageView, block: int, cell: int) -> QColor:
    layout = view.layout_now()
    (left, top), (a, b) = layout.block_at(block), layout.cell_at(cell)
    x, y = MARGIN + left + a + layout.cell[0] / 2, HEAD + top + b + layout.cell[1] / 2
    return view.grab().toImage().pixelColor(round(x), round(y))


def test_each_class_has_its_pictures_below_its_name(view):
    view.show_classes((drawn("apple", 40), drawn("pear", 200)))
    assert colour_at(view, 0, 0) == QColor(40, 40, 40)
    assert colour_at(view, 1, 0) == QColor(200, 200, 200)
    many = view.layout_now().across * view.layout_now().down
    assert many >= 30
    view.show_classes((drawn("apple", 40, m=3), drawn("pear", 200)))
    assert colour_at(view, 0, 3) == QColor(theme.LIGHT.surface)


def test_it_is_said_aloud(view):
    view.set_words("240 samples", "Train to see more")
    view.show_classes((drawn("apple", 40), drawn("pear", 200)))
    assert view.accessibleDescription() == "240 samples. apple 120, pear 120. Train to see more"
    view.show_classes(())
    assert view.accessibleDescription() == "240 samples. Train to see more"
    assert view.layout_now() is None


def test_it_follows_the_theme(light, view, qapp):
    view.set_words("240 samples", "")
    before = view.grab().toImage().pixelColor(2, 2)
    theme.apply(qapp, "dark")
    assert view.grab().toImage().pixelColor(2, 2) == QColor(theme.DARK.surface) != before
