"""A line each, in the order given; the own one stands out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from explorer.ui.widgets.charts.ranking import Ranked, Ranking

LINES = (
    Ranked("The model", "0.875", "0.812 to 0.921", own=True),
    Ranked("PCA <b> (k = 3)", "0.900", "0.850 to 0.950", "it learned"),
    Ranked("Forest", "0.5"),
)


@pytest.fixture
def ranking(shown: Callable[..., Any]) -> Ranking:
    made: Ranking = shown(Ranking(), 320, 120)
    made.show_lines(LINES)
    return made


def labels(ranking: Ranking) -> list[QLabel]:
    """Those in use, from left to right and from the top down."""
    return ranking._labels


def test_lines_stand_in_their_order_one_below_the_other(ranking: Ranking, qtbot: Any) -> None:
    assert ranking.lines() == [(one.name, one.value, one.within) for one in LINES]
    qtbot.waitUntil(lambda: labels(ranking)[3].y() > labels(ranking)[0].y())
    rows = [labels(ranking)[i : i + 3] for i in (0, 3, 6)]
    assert all(len({label.y() for label in row}) == 1 for row in rows)
    assert [row[0].x() for row in rows] == [0, 0, 0]
    for row in rows:
        assert row[0].geometry().right() < row[1].x() < row[2].x()
    assert len({row[1].x() for row in rows}) == len({row[2].x() for row in rows}) == 1


def test_the_own_line_is_bold_and_what_is_around_is_quiet(ranking: Ranking) -> None:
    roles = [label.property("role") for label in labels(ranking)]
    assert roles == ["head", "head", "quiet", *["", "", "quiet"] * 2]


def test_names_are_plain_text_with_a_tip_and_can_be_copied(ranking: Ranking) -> None:
    """A mark of rich text, too, is one line as the others are."""
    name = labels(ranking)[3]
    assert name.text() == "PCA <b> (k = 3)" and name.toolTip() == "it learned"
    assert name.textFormat() == Qt.TextFormat.PlainText
    name.setSelection(0, 3)
    assert name.selectedText() == "PCA"


def test_new_lines_take_the_place_of_the_old(ranking: Ranking) -> None:
    ranking.show_lines(LINES[:1])
    assert ranking.lines() == [("The model", "0.875", "0.812 to 0.921")]
    kept = set(labels(ranking))
    assert len(kept) == 3
    assert all(one in kept or one.isHidden() for one in ranking.findChildren(QLabel))
    ranking.show_lines(())
    assert ranking.lines() == [] and labels(ranking) == []


def test_a_long_name_leaves_the_numbers_their_room(ranking: Ranking, qtbot: Any) -> None:
    ranking.show_lines([Ranked("a name " * 10, "0.875", "0.812 to 0.921"), LINES[2]])
    ranking.resize(220, 300)
    name, value, within, other, *_ = labels(ranking)
    qtbot.waitUntil(lambda: 0 < within.geometry().right() < 220 and other.y() > 0)
    assert value.width() >= value.sizeHint().width()
    lines = name.height() / name.fontMetrics().lineSpacing()
    assert lines >= 4 and name.geometry().bottom() < other.y()
