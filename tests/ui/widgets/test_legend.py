from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from explorer.ui.widgets.legend import Legend


@pytest.fixture
def legend(qtbot):
    made = Legend()
    qtbot.addWidget(made)
    made.set_classes(("apple", "pear"), (1200, 7))
    return made


def test_a_row_names_its_class_and_count(legend):
    assert legend.row(0).accessibleName() == "apple, 1,200"
    assert legend.row(1).accessibleName() == "pear, 7"
    assert legend.isVisible()


def test_a_click_or_space_tells_the_class(legend, qtbot):
    heard = []
    legend.class_toggled.connect(heard.append)
    qtbot.mouseClick(legend.row(1), Qt.MouseButton.LeftButton)
    qtbot.keyClick(legend.row(0), Qt.Key.Key_Space)
    assert heard == [1, 0]


def test_muted_classes_say_so_without_colour(legend):
    legend.set_classes(("apple", "pear"), (1200, 7), {1})
    assert legend.row(1).accessibleName() == "pear, 7, muted"
    assert legend.row(0).accessibleName() == "apple, 1,200"


def test_no_classes_no_legend(legend):
    legend.set_classes((), ())
    assert not legend.isVisible()


def test_rows_are_wide_enough_for_their_words(legend):
    legend.set_classes(("a much longer name", "b"), (1, 2))
    row = legend.row(0)
    assert row.width() >= row.fontMetrics().horizontalAdvance("a much longer name 1")
