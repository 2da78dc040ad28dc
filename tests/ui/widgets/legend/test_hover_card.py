from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QLabel

from explorer.ui.widgets.legend.hover_card import HoverCard
from explorer.ui.widgets.pictures.picture_view import PictureView


def test_the_card_tells_all_and_keeps_its_size(qtbot):
    card = HoverCard()
    qtbot.addWidget(card)
    assert not card.isVisible()
    picture = np.zeros((28, 28, 1), np.uint8)
    card.show_sample(picture, "Bag", 1234, "MSE 0.0123")
    words = [label.text() for label in card.findChildren(QLabel)]
    assert words == ["Bag", "Sample 1,234", "MSE 0.0123"]
    assert card.findChild(PictureView).image() is picture
    size = card.sizeHint()
    card.show_sample(picture, "A name that is far too long for a small card", 5)
    assert card.sizeHint() == size
    assert card.accessibleName().endswith("sample 5")
