"""explorer.ui.widgets.exporting: what is seen becomes pixels and lines."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel

from explorer.task import NO_TASK
from explorer.ui.widgets.exporting import drawing_of, pixels_of, seen


@pytest.mark.parametrize("width", [1, 3, 4, 5])
def test_pixels_are_those_of_the_image(qapp: Any, width: int) -> None:
    image = QImage(width, 2, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    image.setPixelColor(width - 1, 1, QColor(200, 100, 50))
    pixels = pixels_of(image)
    assert pixels.shape == (2, width, 3) and pixels.dtype == np.uint8
    assert pixels[0, 0].tolist() == [10, 20, 30] or width == 1
    assert pixels[1, -1].tolist() == [200, 100, 50]


def test_a_drawing_keeps_letters_and_its_size(qtbot: Any) -> None:
    label = QLabel("seven words")
    qtbot.addWidget(label)
    label.resize(200, 40)
    root = ET.fromstring(drawing_of(label))
    assert root.get("viewBox") == "0 0 200 40"
    assert "seven words" in "".join(root.itertext())


def test_a_view_of_graphics_is_drawn_too(qtbot: Any) -> None:
    plot = pyqtgraph.PlotWidget(title="four letters")
    qtbot.addWidget(plot)
    plot.plot([1, 2, 3])
    text = drawing_of(plot)
    assert b"four letters" in text and b"<path" in text


def test_what_is_seen_stays_what_it_was(qtbot: Any) -> None:
    label = QLabel("before")
    qtbot.addWidget(label)
    thing = seen(label, "a", "the label", lambda: {"n": [1]})
    label.setText("after")
    assert b"before" in thing.drawing(NO_TASK) and thing.picture(NO_TASK).ndim == 3
    assert thing.table(NO_TASK) == {"n": [1]}
    assert seen(label, "a", "the label").table is None
