"""A chart that paints itself follows the theme, and reads what stands under the pointer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from explorer.ui.widgets.charts.painted import PaintedChart
from tests.ui import painted


class Reading(PaintedChart):
    """Says where the pointer is, on its right half."""

    painted = 0

    def words_at(self, x: float) -> str:
        return f"at {x:g}" if x > 50 else ""

    def paintEvent(self, event: Any) -> None:
        self.painted += 1


@pytest.fixture
def chart(qtbot: Any) -> Reading:
    made = Reading()
    qtbot.addWidget(made)
    made.resize(100, 40)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.painted > 0)
    return made


def help_at(chart: PaintedChart, x: int) -> bool:
    at = QPoint(x, 5)
    return QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, at, chart.mapToGlobal(at)))


def test_what_is_under_the_pointer_is_said(chart: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda at, text, of: said.append(text))
    assert help_at(chart, 70) and said == ["at 70"]
    help_at(chart, 20)
    assert said == ["at 70"], "there it is the widget's own tooltip"
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.WhatsThis, QPoint(70, 5), QPoint(70, 5)))
    assert said == ["at 70"]


def test_another_theme_and_another_text_are_painted(chart: Reading, qtbot: Any) -> None:
    for change in (
        lambda: QApplication.sendEvent(chart, QEvent(QEvent.Type.PaletteChange)),
        lambda: chart.set_empty_text("nothing yet"),
    ):
        chart.painted = 0
        change()
        qtbot.waitUntil(lambda: chart.painted > 0)
    assert chart._empty == "nothing yet" and PaintedChart.words_at(chart, 70) == ""


class Empty(PaintedChart):
    """Has nothing to draw."""

    def paintEvent(self, event: Any) -> None:
        self.paint_empty(self.begun(event))


def test_where_there_is_nothing_it_is_said_in_the_middle(light: None, qtbot: Any) -> None:
    chart = Empty()
    qtbot.addWidget(chart)
    chart.resize(200, 60)
    with qtbot.waitExposed(chart):
        chart.show()
    assert len(np.unique(painted.pixels(chart).reshape(-1, 3), axis=0)) == 1, "the ground"
    chart.set_empty_text("nothing yet")
    ink = painted.pixels(chart)
    dark = np.argwhere((ink != ink[0, 0]).any(axis=2))
    assert dark.mean(axis=0) == pytest.approx((30, 100), abs=6)
