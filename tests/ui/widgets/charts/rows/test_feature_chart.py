"""A row of a table: where names, values and marks stand, scrolling, tooltips, focus, colours."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explorer.data.dataset import Preparation
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.rows import feature_chart
from explorer.ui.widgets.charts.rows.feature_chart import FOOT, HEAD, LEAST_TRACK, FeatureChart
from explorer.ui.widgets.charts.rows.feature_layout import LINE, SECOND
from explorer.ui.widgets.charts.rows.series import Series, colour_of
from tests.ui import painted

TABLE = Preparation(
    1, 4, kind="table", levels=1,
    names=("mass (kg)", "height (mm)", "region=Alba", "region=Asti"),
    centre=(10.0, 1000.0, 0.5, 0.5), scale=(2.0, 300.0, 0.5, 0.5),
)  # fmt: skip
ROW = np.array([1.0, -2.0, -1.0, 1.0], np.float32)
OTHER = np.array([-1.0, 9.0, 1.0, -1.0], np.float32)
SERIES = (Series("sample", "sample 7", ROW), Series("z", "at z", OTHER, "MSE 0.5"))


@pytest.fixture
def chart(qtbot: Any) -> FeatureChart:
    made = FeatureChart()
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    made.show_rows(TABLE, SERIES)
    return made


def long_table(count: int) -> Preparation:
    return Preparation(1, count, kind="table", names=tuple(f"f{i}" for i in range(count)))


def written(chart: FeatureChart, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    return painted.written(monkeypatch, feature_chart, chart.viewport().grab)


def test_each_feature_has_its_name_and_values_on_one_line(
    chart: FeatureChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = written(chart, monkeypatch)
    for i, texts in enumerate(
        (("mass (kg)", "12.0", "8.0"), ("height (mm)", "400", "3,700"), ("region", "Asti", "Alba"))
    ):
        boxes = {text: box for text, box in said if box.top() == HEAD + i * LINE}
        assert tuple(boxes) == texts
        assert [boxes[text].right() for text in texts[1:]] == list(chart._places.ends)


def test_heads_stand_over_their_columns_with_their_notes(
    chart: FeatureChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = dict(written(chart, monkeypatch))
    assert [said[text].right() for text in ("sample 7", "at z")] == list(chart._places.ends)
    assert said["MSE 0.5"].top() == said["at z"].bottom() < HEAD


@pytest.mark.parametrize("name", ["light", "dark"])
def test_marks_lie_on_the_axis_where_the_values_are(
    light: None, chart: FeatureChart, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    tokens, seen = theme.tokens_of(chart), painted.pixels(chart.viewport())
    ink = painted.rgb(colour_of("sample", tokens))
    places = chart._places
    for i, place in enumerate((1.0, -2.0, 2.0)):  # the last category lies at +2
        x, y = round(places.x(place)), HEAD + i * LINE + LINE // 2
        assert tuple(seen[y, x]) == ink, i
        ground = round(places.x(-2.5)), round(places.x(2.6))
        assert all(tuple(seen[y - 3, x]) == painted.rgb(tokens.surface) for x in ground)
    beyond = painted.of_colour(seen, tokens.accent, near=60)[HEAD + LINE : HEAD + 2 * LINE]
    beyond[:, :4] = beyond[:, -4:] = False  # the ring of the keyboard
    left, _, right, _ = painted.box_of(beyond)
    middle = (left + right) / 2
    assert middle == pytest.approx(places.x(3.0), abs=1.5)  # 9 deviations away: at the end


def test_where_a_line_has_no_room_values_stand_below_names(
    chart: FeatureChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart.resize(170, 200)
    assert chart._places.below and chart._places.height == LINE + SECOND
    said = dict(written(chart, monkeypatch))
    assert said["12.0"].top() == HEAD + LINE - 2 and said["mass (kg)"].top() == HEAD
    assert chart._places.right - chart._places.left >= LEAST_TRACK


def test_it_scrolls_as_far_as_there_are_features_and_no_farther(
    chart: FeatureChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = chart.verticalScrollBar()
    assert bar.maximum() == 0
    chart.show_rows(long_table(50), [Series("z", "at z", np.zeros(50, np.float32))])
    room = chart.viewport().height() - HEAD - FOOT
    assert bar.maximum() == 50 * LINE - room and bar.pageStep() == room
    bar.setValue(bar.maximum())
    names = [text for text, _ in written(chart, monkeypatch) if text.startswith("f")]
    assert names[-1] == "f49" and len(names) <= room // LINE + 2
    last = dict(written(chart, monkeypatch))["f49"]
    assert last.bottom() == pytest.approx(chart.viewport().height() - FOOT, abs=1)


def test_what_scrolls_is_not_painted_over_head_and_foot(chart: FeatureChart) -> None:
    chart.show_rows(long_table(50), [Series("z", "at z", np.zeros(50, np.float32))])
    before = painted.pixels(chart.viewport())
    chart.verticalScrollBar().setValue(LINE // 2)
    after = painted.pixels(chart.viewport())
    assert (before[: HEAD - 1] == after[: HEAD - 1]).all()
    assert (before[-FOOT:] == after[-FOOT:]).all()
    assert (before[HEAD:-FOOT] != after[HEAD:-FOOT]).any()


def test_keys_scroll_it(chart: FeatureChart) -> None:
    chart.show_rows(long_table(50), SERIES[:0])
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.verticalScrollBar().value() == LINE
    QTest.keyClick(chart, Qt.Key.Key_End)
    QTest.keyClick(chart, Qt.Key.Key_PageDown)
    assert chart.verticalScrollBar().value() >= LINE


def test_the_tooltip_is_that_of_the_line_below_the_pointer(chart: FeatureChart) -> None:
    view = chart.viewport()
    assert painted.tooltip(view, QPoint(20, HEAD + 1)) == (
        "mass (kg)\nmean \u00b1 sd: 10.0 \u00b1 2.0 kg\nsample 7: 12.0 kg\nat z: 8.0 kg"
    )
    assert painted.tooltip(view, QPoint(20, HEAD + LINE)).startswith("height (mm)\n")
    said = painted.tooltip(view, QPoint(20, HEAD + 2 * LINE + 3))
    assert said == "region\none of Alba, Asti\nsample 7: Asti\nat z: Alba"
    for y in (HEAD - 1, HEAD + 3 * LINE, view.height() - FOOT, view.height() - 1):
        assert painted.tooltip(view, QPoint(20, y)) == "", y


def test_the_tooltip_follows_the_scrolling(chart: FeatureChart) -> None:
    chart.show_rows(long_table(50), SERIES[:0])
    chart.verticalScrollBar().setValue(10 * LINE)
    assert painted.tooltip(chart.viewport(), QPoint(20, HEAD + 1)).startswith("f10\n")


def test_the_keyboard_s_ring_comes_and_goes(chart: FeatureChart) -> None:
    chart.clearFocus()
    accent = theme.tokens_of(chart).accent
    assert not painted.of_colour(painted.pixels(chart.viewport()), accent)[:, 1].any()
    chart.activateWindow()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    edge = painted.of_colour(painted.pixels(chart.viewport()), accent)[:, 1]
    assert edge[10:-10].all()
    chart.clearFocus()
    assert not painted.of_colour(painted.pixels(chart.viewport()), accent)[:, 1].any()


def test_a_reader_hears_the_first_features_and_a_table_has_all(chart: FeatureChart) -> None:
    assert chart.accessibleDescription() == (
        "mass (kg): sample 7 12.0, at z 8.0; height (mm): sample 7 400, at z 3,700;"
        " region: sample 7 Asti, at z Alba"
    )
    assert chart.table().splitlines() == [
        "\tsample 7\tat z", "mass (kg)\t12.0\t8.0", "height (mm)\t400\t3,700", "region\tAsti\tAlba",
    ]  # fmt: skip
    chart.show_rows(long_table(50), SERIES[:0])
    assert chart.accessibleDescription().count(";") == feature_chart.READ_ALOUD - 1


def test_it_asks_for_the_room_of_a_dozen_features_at_most(chart: FeatureChart) -> None:
    assert chart.sizeHint().height() == HEAD + FOOT + 3 * LINE
    chart.show_rows(long_table(50), SERIES[:0])
    assert chart.sizeHint().height() == HEAD + FOOT + 12 * LINE


def test_a_value_that_is_missing_has_no_mark(chart: FeatureChart) -> None:
    chart.show_rows(TABLE, [Series("z", "at z", np.full(4, np.nan, np.float32))])
    seen = painted.of_colour(painted.pixels(chart.viewport()), theme.tokens_of(chart).accent, 60)
    assert not seen[HEAD : HEAD + 2 * LINE, 4:-4].any()
