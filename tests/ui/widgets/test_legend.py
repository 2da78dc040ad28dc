from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollBar

from explorer.ui import theme
from explorer.ui.widgets.legend import Legend
from explorer.ui.widgets.legend_row import LegendRow


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


@pytest.fixture
def many(qtbot):
    made = Legend()
    qtbot.addWidget(made)
    made.set_classes([f"class {i}" for i in range(500)], range(500))
    return made


def _seen(legend):
    return [row.label for row in legend.findChildren(LegendRow) if row.isVisible()]


def _line(legend):
    return next(label.text() for label in legend.findChildren(QLabel) if label.isVisible())


def _turn(legend, notches):
    at = QPointF(legend.rect().center())
    event = QWheelEvent(
        at, legend.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(legend, event)
    return event.isAccepted()


def test_every_one_of_many_classes_is_reached_by_the_wheel(many, qtbot):
    heard, met = [], set(_seen(many))
    many.class_toggled.connect(heard.append)
    for _ in range(200):
        assert _turn(many, -1)
        met |= set(_seen(many))
    assert met == set(range(500)) and _line(many) == "477-500 of 500 classes"
    qtbot.mouseClick(many.row(499), Qt.MouseButton.LeftButton)
    assert heard == [499]
    _turn(many, 1000)
    assert _line(many) == "1-24 of 500 classes"


@pytest.mark.parametrize(
    ("key", "to"),
    [("Down", 101), ("Up", 99), ("PageDown", 110), ("PageUp", 90), ("End", 499), ("Home", 0)],
)
def test_every_one_of_many_classes_is_reached_by_the_keys(many, qtbot, key, to):
    many.show()
    qtbot.waitExposed(many)
    heard = []
    many.class_toggled.connect(heard.append)
    many.row(100).setFocus()
    qtbot.keyClick(many.row(100), getattr(Qt.Key, f"Key_{key}"))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert heard == [to] and to in _seen(many)


@pytest.mark.parametrize("height", [30, 200, 480, 2000])
def test_the_legend_keeps_to_its_room(many, height):
    many.set_room(height)
    assert 1 <= len(_seen(many)) <= 24
    assert many.height() <= max(height, 60)
    assert _line(many) == f"1-{len(_seen(many))} of 500 classes"


def test_what_scrolls_by_keeps_what_is_muted(many):
    many.set_classes([f"class {i}" for i in range(500)], range(500), {300})
    assert many.row(300).muted and not many.row(301).muted
    assert many.row(300).accessibleName() == "class 300, 300, muted"


def test_few_classes_neither_scroll_nor_take_the_wheel(legend):
    assert not _turn(legend, -1)
    assert not [label for label in legend.findChildren(QLabel) if label.isVisible()]
    assert not legend.findChild(QScrollBar).isVisible()


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK])
def test_no_class_has_the_colour_of_the_ground(tokens):
    ground = QColor(tokens.surface)
    for label in range(500):
        colour = theme.class_colour(label, tokens)
        assert colour == theme.class_colour(label % theme.MOST_COLOURS, tokens)
        far = [abs(a - b) for a, b in zip(colour.getRgb()[:3], ground.getRgb()[:3], strict=True)]
        assert max(far) >= 40
