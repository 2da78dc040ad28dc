"""A class of the legend: what presses it, what keys tell, how it looks muted, hovered, focused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.ui.themes import theme
from explorer.ui.widgets.legend.legend_row import ALL, PAGE, PRESSED, ROW, SWATCH, LegendRow
from tests.ui import painted

LEFT = Qt.MouseButton.LeftButton
DOT = QPoint(6 + SWATCH // 2, ROW // 2)


@pytest.fixture
def row(qtbot: Any) -> LegendRow:
    made = LegendRow()
    qtbot.addWidget(made)
    made.set_class(1, "pear", "1,200", 60, 40)
    made.resize(made.sizeHint())
    made.show()
    made.clearFocus()
    return made


def at(row: LegendRow, place: QPoint) -> tuple[int, ...]:
    return tuple(painted.pixels(row)[place.y(), place.x()].tolist())


def test_only_the_dot_is_pressed(row: LegendRow) -> None:
    told: list[bool] = []
    row.clicked.connect(lambda: told.append(True))
    for x in (0, DOT.x(), PRESSED - 1):
        QTest.mouseClick(row, LEFT, pos=QPoint(x, 10))
    assert len(told) == 3
    for x in (PRESSED, row.width() - 1):
        QTest.mouseClick(row, LEFT, pos=QPoint(x, 10))
    assert len(told) == 3
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert len(told) == 4


def test_the_pointer_says_what_can_be_pressed(row: LegendRow) -> None:
    for x, shape in ((PRESSED + 5, "ArrowCursor"), (5, "PointingHandCursor"),
                     (PRESSED + 9, "ArrowCursor")):  # fmt: skip
        QTest.mouseMove(row, QPoint(x, 10))
        assert row.cursor().shape() == getattr(Qt.CursorShape, shape)


@pytest.mark.parametrize(
    ("key", "steps"), [("Up", -1), ("Down", 1), ("PageUp", -PAGE), ("PageDown", PAGE),
                       ("Home", -ALL), ("End", ALL)],
)  # fmt: skip
def test_keys_go_to_other_classes(row: LegendRow, key: str, steps: int) -> None:
    told: list[int] = []
    row.stepped.connect(told.append)
    QTest.keyClick(row, getattr(Qt.Key, f"Key_{key}"))
    assert told == [steps]


def test_a_reader_hears_name_count_and_that_it_is_muted(row: LegendRow) -> None:
    assert row.accessibleName() == "pear, 1,200"
    row.set_muted(True)
    assert row.accessibleName() == "pear, 1,200, muted"
    row.set_class(2, "plum", "7", 60, 40)
    assert row.accessibleName() == "plum, 7, muted"
    assert row.toolTip() == "plum: 7 samples. Click the dot to mute or unmute."


def test_it_asks_for_its_words_or_for_the_dot_alone(row: LegendRow) -> None:
    assert row.sizeHint().toTuple() == (SWATCH + 100 + 32, ROW)
    row.set_class(1, "pear", "1,200", 0, 0)
    assert row.sizeHint().toTuple() == (PRESSED, ROW)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_dot_has_the_class_s_colour_and_is_a_ring_while_muted(
    light: None, row: LegendRow, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    tokens = theme.tokens_of(row)
    ground = at(row, QPoint(row.width() - 1, 1))
    assert at(row, DOT) == painted.rgb(theme.class_colour(1, tokens))
    row.set_muted(True)
    assert at(row, DOT) == ground
    ring = painted.of_colour(painted.pixels(row), theme.class_colour(1, tokens), near=60)
    left, _, right, _ = painted.box_of(ring[:, :PRESSED])
    assert right - left == pytest.approx(SWATCH, abs=2)
    row.set_class(3, "plum", "7", 60, 40)
    row.set_muted(False)
    assert at(row, DOT) == painted.rgb(theme.class_colour(3, tokens))


def test_a_muted_name_is_struck_out_and_quiet(row: LegendRow) -> None:
    left, right = SWATCH + 14, SWATCH + 14 + 60
    plain = painted.pixels(row)[3:-3, left:right].astype(int)
    row.set_muted(True)
    muted = painted.pixels(row)[3:-3, left:right].astype(int)
    ground = painted.pixels(row)[1, -1].astype(int)
    dark = [(np.abs(seen - ground).max(axis=2) > 60).sum(axis=1) for seen in (plain, muted)]
    assert dark[1].max() > dark[0].max()  # a line through all of the name
    assert plain.min() < muted.min()


def test_the_ring_comes_with_the_keyboard_and_the_frame_with_the_pointer(row: LegendRow) -> None:
    tokens = theme.tokens_of(row)
    middle = QPoint(row.width() // 2, 1)
    row.activateWindow()
    QApplication.processEvents()
    row.clearFocus()
    away = at(row, middle)
    row.setFocus(Qt.FocusReason.TabFocusReason)
    ringed, accent = np.array(at(row, middle)), np.array(painted.rgb(tokens.accent))
    assert np.abs(ringed - accent).max() < np.abs(np.array(away) - accent).max() / 3
    row.clearFocus()
    assert at(row, middle) == away


def test_it_is_drawn_once_for_as_long_as_it_looks_the_same(
    row: LegendRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted.pixels(row)
    drawn: list[float] = []
    original = row._drawn
    monkeypatch.setattr(row, "_drawn", lambda ratio: drawn.append(ratio) or original(ratio))
    for _ in range(3):
        row.update()
        painted.pixels(row)
    assert drawn == []
    row.set_muted(False)  # as it is
    painted.pixels(row)
    assert drawn == []
    QApplication.sendEvent(row, QEvent(QEvent.Type.PaletteChange))
    painted.pixels(row)
    row.resize(row.width() + 5, ROW)
    painted.pixels(row)
    assert len(drawn) == 2
