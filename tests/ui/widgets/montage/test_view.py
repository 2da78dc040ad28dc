from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFontMetrics

from explorer.compute.montage import Drawn
from explorer.ui.themes import theme
from explorer.ui.widgets.montage.view import (
    HEAD,
    MARGIN,
    MontageView,
    fitting_label,
    whole_parts,
)


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


def test_a_narrow_label_leaves_the_count_before_it_cuts_the_name(qapp):
    metrics, chirp = QFontMetrics(theme.font(theme.SMALL)), drawn("heartbeat", 9)
    name = metrics.horizontalAdvance("heartbeat")
    both = name + 8 + metrics.horizontalAdvance("120")
    assert fitting_label(chirp, metrics, both) == ("heartbeat", "120")
    assert fitting_label(chirp, metrics, both - 1) == ("heartbeat", "")
    assert fitting_label(chirp, metrics, name) == ("heartbeat", "")
    cut, count = fitting_label(chirp, metrics, name - 1)
    assert cut.endswith("\u2026") and cut.startswith("hea") and not count


def test_a_headline_loses_whole_parts_from_its_end(qapp):
    metrics = QFontMetrics(theme.font())
    said = "960 samples \u00b7 240 held out \u00b7 5 classes"
    wide = metrics.horizontalAdvance(said)
    assert whole_parts(said, metrics, wide) == said
    assert whole_parts(said, metrics, wide - 1) == "960 samples \u00b7 240 held out"
    assert whole_parts(said, metrics, metrics.horizontalAdvance("960 samples")) == "960 samples"
    assert whole_parts(said, metrics, 40).endswith("\u2026")


def test_a_line_of_one_pixel_stays_whole_where_pictures_are_drawn_smaller(view):
    picture = np.zeros((96, 96, 1), np.uint8)
    picture[37] = picture[:, 50] = 255
    view.show_classes((Drawn("lines", 90, np.stack([picture] * 60)),))
    view.resize(300, 300)
    layout, image = view.layout_now(), view.grab().toImage()
    assert layout.cell[0] < 96 / 2
    w, h = (round(side) for side in layout.cell)
    across = [max(image.pixelColor(MARGIN + x, y).red() for y in range(HEAD + 20, HEAD + 20 + h))
              for x in range(w)]  # fmt: skip
    assert min(across) > 30, "the line lies over every column"
