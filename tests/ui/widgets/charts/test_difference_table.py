"""A table of two and their differences: what stands where, what is marked, what leaves."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from explorer.task import NO_TASK
from explorer.ui.widgets.charts.difference_table import HEADS, DifferenceTable, Differing

SURE = Differing("ELBO", "1.00", "0.50", "0.50", "0.25 to 0.75", "this is ahead", True, "the bound")
ALIKE = Differing("MSE", "0.10", "0.11", "0.00", "-0.1 to 0.1", "no different")


@pytest.fixture
def table(qtbot: Any, light: None) -> DifferenceTable:
    made = DifferenceTable()
    qtbot.addWidget(made)
    made.resize(600, 140)
    made.show()
    made.show_rows([SURE, ALIKE])
    return made


def labels(table: DifferenceTable) -> dict[str, QLabel]:
    QApplication.processEvents()  # Qt shows new children as the loop comes round
    return {one.text(): one for one in table.findChildren(QLabel) if one.isVisible()}


def test_only_what_is_sure_is_marked(table: DifferenceTable) -> None:
    assert table.lines() == [
        ("ELBO", "1.00", "0.50", "0.50", "0.25 to 0.75", "\u25cf this is ahead"),
        ("MSE", "0.10", "0.11", "0.00", "-0.1 to 0.1", "no different"),
    ]
    seen = labels(table)
    assert seen["\u25cf this is ahead"].property("role") == "head"
    assert seen["0.00"].property("role") == "" and seen["no different"].property("role") == "quiet"
    assert {"this model", "the other", "difference", "95 % interval"} <= set(seen)
    assert seen["ELBO"].toolTip() == "the bound" == seen["1.00"].toolTip()


def test_numbers_end_at_one_line_below_their_heads(table: DifferenceTable) -> None:
    seen = labels(table)
    for head, one, other in (("this model", "1.00", "0.10"), ("95 % interval", "0.25 to 0.75",
                             "-0.1 to 0.1")):  # fmt: skip
        assert len({seen[text].geometry().right() for text in (head, one, other)}) == 1
        assert seen[one].alignment() & Qt.AlignmentFlag.AlignRight
    assert seen["ELBO"].alignment() & Qt.AlignmentFlag.AlignLeft
    assert seen["this model"].y() < seen["1.00"].y() < seen["0.10"].y()


def test_rows_take_the_place_of_those_before(table: DifferenceTable) -> None:
    table.show_rows([ALIKE])
    assert set(labels(table)) == {*HEADS, *table.lines()[0]}
    assert table.accessibleDescription() == "MSE 0.10 0.11 0.00 -0.1 to 0.1 no different"
    table.show_rows([])
    assert labels(table) == {} and table.thing() is None and table.lines() == []


def test_rows_stand_close_however_many_there_were(table: DifferenceTable) -> None:
    table.resize(600, 300)
    table.show_rows([])
    table.show_rows([SURE, ALIKE])
    seen = labels(table)
    down = [seen[text].y() for text in ("difference", "ELBO", "MSE")]
    assert max(down[1] - down[0], down[2] - down[1]) < 24


def test_a_row_a_number_leaves(table: DifferenceTable) -> None:
    thing = table.thing()
    assert thing is not None and thing.table is not None
    columns = thing.table(NO_TASK)
    assert list(columns) == [
        "number", "this model", "the other", "difference", "95 % interval", "ahead"
    ]  # fmt: skip
    assert list(columns["difference"]) == ["0.50", "0.00"]
