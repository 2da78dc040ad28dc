from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollBar, QToolButton

from explorer.ui.themes import theme
from explorer.ui.widgets.legend.legend import Legend
from explorer.ui.widgets.legend.legend_row import PRESSED, LegendRow

SWATCH = QPoint(10, 10)


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
    qtbot.mouseClick(legend.row(1), Qt.MouseButton.LeftButton, pos=SWATCH)
    qtbot.keyClick(legend.row(0), Qt.Key.Key_Space)
    assert heard == [1, 0]


def test_only_the_swatches_take_clicks(legend, qtbot):
    heard = []
    legend.class_toggled.connect(heard.append)
    row = legend.row(1)
    for x in range(PRESSED, row.width(), 8):
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    for y in range(0, legend.height(), 8):
        at = QPoint(legend.width() // 2, y)
        under = legend.childAt(at) or legend
        qtbot.mouseClick(under, Qt.MouseButton.LeftButton, pos=under.mapFrom(legend, at))
    assert heard == []


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
    made.resize(200, 800)
    made.set_classes([f"class {i}" for i in range(500)], range(500))
    return made


def test_fewer_classes_are_shown_where_many_were_scrolled(many):
    many._bar.setValue(400)
    many.set_classes(("apple", "pear"), (1200, 7))
    assert [row.accessibleName() for row in many.findChildren(LegendRow) if row.isVisible()] == [
        "apple, 1,200",
        "pear, 7",
    ]


def _seen(legend):
    return [row.label for row in legend.findChildren(LegendRow) if row.isVisible()]


def _line(legend):
    texts = [label.text() for label in legend.findChildren(QLabel) if label.isVisible()]
    return next(text for text in texts if text != "Classes")


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
    assert met == set(range(500)) and _line(many) == "477\u2013500 of 500"
    qtbot.mouseClick(many.row(499), Qt.MouseButton.LeftButton, pos=SWATCH)
    assert heard == [499]
    _turn(many, 1000)
    assert _line(many) == "1\u201324 of 500"


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
    many.resize(200, height)
    assert 1 <= len(_seen(many)) <= 24
    inside = [row.geometry().bottom() for row in many.findChildren(LegendRow) if row.isVisible()]
    many.layout().activate()
    assert max(inside) <= max(height, 130)
    assert _line(many) == f"1\u2013{len(_seen(many))} of 500"


def test_what_scrolls_by_keeps_what_is_muted(many):
    many.set_classes([f"class {i}" for i in range(500)], range(500), {300})
    assert many.row(300).muted and not many.row(301).muted
    assert many.row(300).accessibleName() == "class 300, 300, muted"


def test_few_classes_neither_scroll_nor_take_the_wheel(legend):
    assert not _turn(legend, -1)
    texts = [label.text() for label in legend.findChildren(QLabel) if label.isVisible()]
    assert texts == ["Classes"]
    assert not legend.findChild(QScrollBar).isVisible()
    assert not legend.findChild(QLineEdit).isVisible()


def test_of_many_classes_some_are_found_by_their_letters(many, qtbot):
    heard = []
    many.class_toggled.connect(heard.append)
    line = many.findChild(QLineEdit)
    qtbot.keyClicks(line, "CLASS 49")
    assert _seen(many) == [49, *range(490, 500)]
    qtbot.mouseClick(many.row(497), Qt.MouseButton.LeftButton, pos=SWATCH)
    assert heard == [497]
    qtbot.keyClicks(line, "x")
    assert _seen(many) == [] and _line(many) == "no such class"
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert len(_seen(many)) == 24


def test_folded_it_keeps_the_swatches_and_is_narrow(legend, qtbot):
    told, heard, wide = [], [], legend.sizeHint().width()
    legend.fold_changed.connect(told.append)
    legend.class_toggled.connect(heard.append)
    fold = legend.findChild(QToolButton, "legendFold")
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    legend.layout().activate()
    assert legend.folded and legend.sizeHint().width() < 40 < wide
    qtbot.mouseClick(legend.row(1), Qt.MouseButton.LeftButton, pos=SWATCH)
    assert heard == [1] and "pear" in legend.row(1).toolTip()
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    legend.layout().activate()
    assert legend.sizeHint().width() == wide and told == [True, False]


def test_a_long_name_loses_its_middle(qtbot, qapp):
    theme.apply(qapp, "light")
    name = "Travel and places of every kind: at the sea"
    pictures = []
    for end in ("sea", "seal"):
        row = Legend()
        qtbot.addWidget(row)
        row.set_classes((name.replace("sea", end),), (1,))
        pictures.append(row.row(0).grab().toImage())
    assert pictures[0] != pictures[1]  # the end is seen


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK])
def test_no_class_has_the_colour_of_the_ground(tokens):
    ground = QColor(tokens.surface)
    for label in range(500):
        colour = theme.class_colour(label, tokens)
        assert colour == theme.class_colour(label % theme.MOST_COLOURS, tokens)
        far = [abs(a - b) for a, b in zip(colour.getRgb()[:3], ground.getRgb()[:3], strict=True)]
        assert max(far) >= 40


def test_in_a_narrow_place_it_folds_and_what_was_chosen_comes_back(legend):
    heard = []
    legend.fold_changed.connect(heard.append)
    legend.set_narrow(True)
    assert legend.folded and not heard  # nobody chose that
    legend.set_narrow(False)
    assert not legend.folded and not heard
    legend.set_folded(True)
    legend.set_narrow(True)
    legend.set_narrow(False)
    assert legend.folded and heard == [True]


def test_in_a_narrow_place_it_can_be_unfolded(legend, qtbot):
    legend.set_narrow(True)
    legend.findChild(QToolButton, "legendFold").click()
    assert not legend.folded
    legend.set_narrow(True)  # a little narrower still
    assert not legend.folded
