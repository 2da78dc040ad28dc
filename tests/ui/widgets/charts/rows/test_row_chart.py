"""Rows of tables and signals: names, units, values and an axis, at every width, in both themes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.data.dataset import Preparation
from explorer.data.features import features_of
from explorer.task import NO_TASK
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.rows.feature_chart import FOOT, HEAD, LINE, FeatureChart
from explorer.ui.widgets.charts.rows.row_chart import RowChart
from explorer.ui.widgets.charts.rows.series import Series, colour_of
from explorer.ui.widgets.charts.rows.signal_chart import SignalChart, _thinned, _whole_parts

TABLE = Preparation(
    1, 5, kind="table", levels=1,
    names=("mass (kg)", "a name that is much too long for any column (mm)", "region=Alba",
           "region=Asti", "hue"),
    centre=(10.0, 1000.0, 0.5, 0.5, 1.0), scale=(2.0, 300.0, 0.5, 0.5, 0.2),
)  # fmt: skip
ROW = np.array([1.0, -1.0, -1.0, 1.0, 0.0], np.float32)
SIGNAL = Preparation(
    1, 40, 2, kind="signals", levels=1, names=("left", "right"),
    centre=(5.0, 50.0) * 40, scale=(1.0, 10.0) * 40, axis=tuple(400.0 + 5.0 * np.arange(40)),
)  # fmt: skip
WAVE = (
    np.stack([np.sin(np.arange(40) / 5), np.cos(np.arange(40) / 5)], 1).ravel().astype(np.float32)
)
ROLES = (("sample", "sample 7", ""), ("model", "VAE", "MSE 0.5172"),
         ("pca", "PCA 2", "MSE 0.6000"), ("z", "at z", ""))  # fmt: skip


def series(row: np.ndarray, count: int = 4) -> list[Series]:
    return [
        Series(role, name, row + np.float32(0.5 * i), note)
        for i, (role, name, note) in enumerate(ROLES[:count])
    ]


@pytest.fixture
def chart(qtbot: Any) -> RowChart:
    made = RowChart()
    qtbot.addWidget(made)
    made.resize(320, 300)
    made.show()
    return made


def written(chart: RowChart, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float, float]]:
    """Every text that a paint writes, with its place."""
    from PySide6.QtGui import QPainter

    from explorer.ui.widgets.charts.rows import feature_chart, signal_chart

    said: list[tuple[str, float, float]] = []

    class Listening(QPainter):
        def drawText(self, *args: Any) -> None:
            said.append((args[-1], args[0].left(), args[0].top()))
            super().drawText(*args)

    for module in (feature_chart, signal_chart):
        monkeypatch.setattr(module, "QPainter", Listening)
    chart.grab()
    monkeypatch.undo()
    return said


def test_a_table_has_names_units_and_values_of_the_file_in_the_order_of_the_data(
    chart: RowChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart.resize(900, 300)
    chart.show_rows(TABLE, series(ROW, 2))
    said = written(chart, monkeypatch)
    texts = [text for text, _, _ in said]
    lines = [t for t, _, y in said if y >= HEAD]
    assert lines[:9] == [
        "mass (kg)", "12.0", "13.0", TABLE.names[1], "700", "850", "region", "Asti", "Asti"
    ]  # fmt: skip
    assert {"sample 7", "VAE", "MSE 0.5172", "\u22122", "mean", "+2 sd"} <= set(texts)
    ys = [y for text, _, y in said if text in ("mass (kg)", TABLE.names[1], "region", "hue")]
    assert ys == sorted(ys) and len(ys) == 4


@pytest.mark.parametrize("width", [112, 160, 240, 320, 500, 900])
@pytest.mark.parametrize("count", [1, 2, 4])
def test_nothing_of_a_table_stands_over_anything_else_at_any_width(
    qtbot: Any, width: int, count: int
) -> None:
    made = FeatureChart()
    qtbot.addWidget(made)
    made.resize(width, 200)
    made.show()
    made.show_rows(TABLE, series(ROW, count))
    places = made._places
    wide = made.viewport().width()
    assert 0 < places.name <= places.left <= places.right <= wide
    starts = [end - w for end, w in zip(places.ends, places.columns, strict=True)]
    assert starts[0] >= (0 if places.below else places.right)
    assert all(b >= a + 4 for a, b in zip(places.ends, starts[1:], strict=False))
    assert places.ends[-1] <= wide and 1 <= len(places.ends) <= count
    assert places.right - places.left >= 40  # the axis is there at every width
    assert places.left <= places.x(-9.0) < places.x(0.0) < places.x(9.0) <= places.right
    told = [made._told(feature) for feature in features_of(TABLE)]
    for texts, room in zip(zip(*told, strict=True), places.columns, strict=False):
        assert all(made._wide(text) <= room + 2 for text in texts if "." in text or "," in text)


def test_values_stand_still_while_z_moves(chart: RowChart) -> None:
    seen = set()
    for step in np.linspace(-3, 3, 9, dtype=np.float32):
        chart.show_rows(TABLE, [*series(ROW, 3), Series("z", "at z", ROW * step)])
        seen.add(chart.features._places)
    assert len(seen) == 1


def test_a_long_table_scrolls_and_its_head_stays(
    chart: RowChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = Preparation(1, 200, kind="table", names=tuple(f"f{i}" for i in range(200)))
    chart.show_rows(long, series(np.zeros(200, np.float32), 1))
    bar = chart.features.verticalScrollBar()
    assert bar.maximum() == 200 * LINE - (300 - HEAD - FOOT)
    before = {t for t, _, _ in written(chart, monkeypatch)}
    at = QPoint(50, 100)
    wheel = QWheelEvent(
        at, chart.features.viewport().mapToGlobal(at), QPoint(), QPoint(0, -1200),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(chart.features.viewport(), wheel)
    after = {t for t, _, _ in written(chart, monkeypatch)}
    assert "f0" in before and "f0" not in after and "f20" in after and "sample 7" in after


def test_the_tooltip_says_all_of_one_feature(chart: RowChart) -> None:
    chart.show_rows(TABLE, series(ROW, 2))
    assert chart.features.words_of(0) == (
        "mass (kg)\nmean \u00b1 sd: 10.0 \u00b1 2.0 kg\nsample 7: 12.0 kg\nVAE: 13.0 kg"
    )
    assert "one of Alba, Asti" in chart.features.words_of(2)


def test_marks_lie_where_the_values_are(chart: RowChart) -> None:
    chart.resize(900, 300)
    chart.show_rows(TABLE, [Series("sample", "a", ROW)])
    places, image = chart.features._places, chart.features.viewport().grab().toImage()
    ink = colour_of("sample", theme.tokens_of(chart))
    for i, feature in enumerate(features_of(TABLE)):
        at = QPoint(round(places.x(feature.place(ROW))), HEAD + i * LINE + LINE // 2)
        assert image.pixelColor(at) == ink, feature.title


def test_a_signal_has_the_axis_of_its_header_and_the_units_of_its_data(
    chart: RowChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart.show_rows(SIGNAL, series(WAVE, 2))
    texts = [text for text, _, _ in written(chart, monkeypatch)]
    assert {"400", "500", "left", "right", "sample 7", "VAE MSE 0.5172"} <= set(texts)
    numbers = [float(t.replace("\u2212", "-")) for t in texts if t.replace("\u2212", "").isdigit()]
    assert any(3 <= v <= 7 for v in numbers) and any(30 <= v <= 70 for v in numbers)
    words = chart.curves.words_at(chart.curves._across(chart.curves._boxes(0.0)[0])[10])
    assert words.splitlines()[0] == "at 450"


@pytest.mark.parametrize("size", [(112, 112), (320, 260), (900, 500)])
def test_every_curve_of_a_signal_is_seen(qtbot: Any, size: tuple[int, int]) -> None:
    made = SignalChart()
    qtbot.addWidget(made)
    made.resize(*size)
    made.show_rows(SIGNAL, series(WAVE))
    image = made.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(size[0]) for y in range(60, size[1])}
    for role in ("sample", "z"):
        assert colour_of(role, theme.tokens_of(made)).name() in seen


@pytest.mark.parametrize(("made", "row"), [(TABLE, ROW), (SIGNAL, WAVE)])
def test_both_themes_colour_it(light: None, qtbot: Any, made: Preparation, row: np.ndarray) -> None:
    app = QApplication.instance()
    for name, tokens in (("dark", theme.DARK), ("light", theme.LIGHT)):
        theme.apply(app, name)
        chart = RowChart()
        qtbot.addWidget(chart)
        chart.resize(320, 260)
        chart.show()
        chart.show_rows(made, series(row))
        image = chart.picture()
        corner = image.pixelColor(2, image.height() - 2)
        assert corner == QColor(tokens.surface)
        inks = {
            image.pixelColor(x, y).name()
            for x in range(image.width()) for y in range(image.height())
        }  # fmt: skip
        assert QColor(tokens.text).name() in inks


@pytest.mark.parametrize(("made", "row", "first"), [(TABLE, ROW, "mass (kg)\t12.0\t13.0"),
                                              (SIGNAL, WAVE, "400\t5\t60\t5.5\t65")])  # fmt: skip
def test_values_are_copied_as_a_table_and_leave_as_one(
    chart: RowChart, made: Preparation, row: np.ndarray, first: str
) -> None:
    chart.show_rows(made, series(row, 2))
    inner = chart.curves if made is SIGNAL else chart.features
    inner.setFocus()
    QTest.keyClick(inner, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().splitlines()[1] == first
    chart.copy_as_shown()
    assert QApplication.clipboard().image().width() == chart.width()
    thing, shown = chart.thing(), first.split("\t")
    assert thing is not None and thing.picture(NO_TASK).shape[1] == inner.width()
    columns = thing.table(NO_TASK)
    assert [column[0] for column in columns.values()] == shown and "name" in columns
    assert not chart.is_empty() and chart.copied() == "values"
    QApplication.clipboard().clear()


def test_nothing_to_draw_says_why_and_cannot_be_copied(chart: RowChart) -> None:
    chart.set_empty_text("Train a model")
    chart.show_rows(None, ())
    assert chart.is_empty() and chart.thing() is None
    chart.show_rows(TABLE, series(ROW, 1))
    chart.show_rows(TABLE, ())
    assert chart.series() == ()


@pytest.mark.parametrize("value", [1e25, -1e25, np.inf, np.nan])
def test_values_beyond_all_reason_do_no_harm(chart: RowChart, value: float) -> None:
    for made, row in ((TABLE, ROW), (SIGNAL, WAVE)):
        chart.show_rows(made, series(row, 1))
        before = chart.grab().toImage()
        chart.show_rows(made, [Series("z", "at z", np.full_like(row, value))])
        chart.grab()
        chart.show_rows(made, series(row, 1))
        assert chart.grab().toImage() == before


@pytest.mark.parametrize("count", [3, 700, 20_000])
def test_a_curve_of_many_values_keeps_its_peaks_and_few_points(count: int) -> None:
    ys = np.zeros(count)
    ys[count // 2] = 7.0
    ys[-1] = -3.0
    curve = np.array(_thinned(np.arange(count, dtype=float), ys, 300.0))
    assert len(curve) <= max(count if count <= 600 else 0, 602)
    assert curve[:, 1].max() == 7.0 and curve[:, 1].min() == -3.0
    assert (np.diff(curve[:, 0]) >= 0).all()


def test_a_gap_in_a_signal_is_a_gap(chart: RowChart) -> None:
    assert [(p.start, p.stop) for p in _whole_parts(np.array([1, 2, np.nan, 3, np.inf]))] == [
        (0, 2), (3, 4)
    ]  # fmt: skip
